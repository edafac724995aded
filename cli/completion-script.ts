import type { Flag } from "./args.ts";
import type { Command } from "./command.ts";

type Known = Pick<Command, "name" | "summary" | "flags" | "choices">;

/** Words that no command's flags name. */
const GLOBAL: Record<string, Flag> = {
  help: { type: "boolean", short: "h", says: "what the command does" },
  "no-color": { type: "boolean", says: "without colours" },
};

/** A script that completes commands, their flags and the values of flags that have only some. */
export function completionScript(
  shell: "bash" | "zsh" | "fish",
  commands: readonly Known[],
): string {
  return scripts[shell](commands);
}

const flagsOf = ({ flags }: Known) => Object.entries({ ...flags, ...GLOBAL });
const wordsOf = (command: Known) => [
  ...(command.choices ?? []),
  ...flagsOf(command).map(([name]) => `--${name}`),
];

function bash(commands: readonly Known[]): string {
  const cases = commands.flatMap((command) => [
    `    ${command.name}) words='${wordsOf(command).join(" ")}' ;;`,
  ]);
  const choices = choicesOf(commands).map(
    ([name, values]) => `    --${name}) words='${values.join(" ")}' ;;`,
  );
  return `_hooklens() {
  local words='' current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${commands.map(({ name }) => name).join(" ")} --help --version'
  else
    case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    esac
  fi
  case "$previous" in
${choices.join("\n")}
    --config) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _hooklens hooklens`;
}

function zsh(commands: readonly Known[]): string {
  const list = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  const cases = commands.map((command) => {
    const flags = flagsOf(command).map(([name, flag]) => `      ${quote(zshFlag(name, flag))}`);
    // The command's own name is the first word.
    const words = command.choices ? [`      '2:word:(${command.choices.join(" ")})'`] : [];
    return `    ${command.name}) _arguments \\\n${[...words, ...flags].join(" \\\n")} ;;`;
  });
  return `#compdef hooklens
_hooklens() {
  local -a commands
  commands=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${cases.join("\n")}
  esac
}
compdef _hooklens hooklens`;
}

function zshFlag(name: string, { type, says, value, choices, multiple }: Flag): string {
  const text = says.replace(/[[\]:]/g, " ");
  const what =
    type === "boolean"
      ? ""
      : `:${value ?? "value"}:${choices ? `(${choices.join(" ")})` : name === "config" ? "_files" : ""}`;
  return `${multiple ? "*" : ""}--${name}[${text}]${what}`;
}

function fish(commands: readonly Known[]): string {
  const top = commands.map(
    ({ name, summary }) =>
      `complete -c hooklens -n __fish_use_subcommand -f -a ${name} -d ${quote(summary)}`,
  );
  const rest = commands.flatMap((command) =>
    flagsOf(command).map(([name, { type, says, short, choices }]) => {
      const value =
        type === "boolean"
          ? ""
          : choices
            ? ` -x -a ${quote(choices.join(" "))}`
            : name === "config"
              ? " -r -F"
              : " -x";
      return `complete -c hooklens -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${short ? ` -s ${short}` : ""}${value} -d ${quote(says)}`;
    }),
  );
  const words = commands.flatMap(({ name, choices }) =>
    choices
      ? [
          `complete -c hooklens -n '__fish_seen_subcommand_from ${name}' -f -a ${quote(choices.join(" "))}`,
        ]
      : [],
  );
  return [...top, ...rest, ...words].join("\n");
}

const scripts = { bash, zsh, fish };

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function choicesOf(commands: readonly Known[]): [string, readonly string[]][] {
  const all = commands.flatMap(({ flags }) => Object.entries(flags));
  return all.flatMap(([name, { choices }]) =>
    choices ? [[name, choices] as [string, readonly string[]]] : [],
  );
}
