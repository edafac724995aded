import { type Command, defineCommand } from "../command.ts";
import { didYouMean } from "../did-you-mean.ts";
import { Exit, usageError } from "../exit.ts";
import { completionScript } from "../completion-script.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** @param commands all that there are, this one too. */
export const completionsCommand = (commands: () => readonly Command[]) =>
  defineCommand({
    name: "completions",
    summary: "the script that completes hooklens' commands in a shell",
    usage: "bash|zsh|fish",
    flags: {},
    choices: SHELLS,
    notes: [],
    examples: [
      {
        line: "hooklens completions bash > ~/.local/share/bash-completion/completions/hooklens",
        says: "",
      },
      {
        line: "hooklens completions zsh > ~/.zfunc/_hooklens",
        says: "with fpath+=~/.zfunc before compinit in ~/.zshrc",
      },
      { line: "hooklens completions fish > ~/.config/fish/completions/hooklens.fish", says: "" },
    ],
    async run({ words, io }) {
      const shell = SHELLS.find((one) => one === words[0]);
      if (!shell || words.length > 1) {
        throw usageError(
          `For which shell? bash, zsh or fish.${words[0] ? didYouMean(words[0], SHELLS) : ""}`,
        );
      }
      io.out(completionScript(shell, commands()));
      return Exit.done;
    },
  });
