import { type Flags, readArgs, type Values } from "./args.ts";
import type { ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";

/** One of hooklens' commands: what help and completions know of it, and how it runs. */
export type Command = {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What stands behind the command's name. */
  usage: string;
  flags: Flags;
  /** What its first word may be, where that is one of a few. */
  choices?: readonly string[];
  /** More that a person should know, in paragraphs. */
  notes: string[];
  examples: { line: string; says: string }[];
  run: (args: string[], io: Io) => Promise<ExitCode>;
};

type Definition<Of extends Flags> = Omit<Command, "run"> & {
  flags: Of;
  /** `words` are the arguments that are no flags. */
  run: (given: { values: Values<Of>; words: string[]; io: Io }) => Promise<ExitCode>;
};

export function defineCommand<const Of extends Flags>(definition: Definition<Of>): Command {
  return {
    ...definition,
    run: (args, io) => definition.run({ ...readArgs(args, definition.flags), io }),
  };
}
