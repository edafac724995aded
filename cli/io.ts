import type { ReadStream, WriteStream } from "node:tty";
import { createStyle, type Style } from "./terminal/style.ts";

/** The process as the commands see it. */
export type Io = {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream & Partial<Pick<ReadStream, "setRawMode">>;
  stdout: NodeJS.WriteStream & Partial<Pick<WriteStream, "columns">>;
  stderr: NodeJS.WriteStream;
  /** Colours for stdout. */
  style: Style;
  /** Colours for stderr. */
  errorStyle: Style;
  /** A line on stdout. */
  out: (line?: string) => void;
  /** A line on stderr: what is not the command's result. */
  note: (line: string) => void;
  /** Of the terminal; where there is none, what COLUMNS says, or 80. */
  columns: () => number;
};

const COLUMNS = 80;

export function createIo(process: NodeJS.Process): Io {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    stdin,
    stdout,
    stderr,
    style: createStyle(stdout, env),
    errorStyle: createStyle(stderr, env),
    out: (line = "") => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    columns: () => stdout.columns || Number(env["COLUMNS"]) || COLUMNS,
  };
}
