import { ApiError } from "#lib/contract/calls.ts";
import { commands } from "./commands/all.ts";
import { didYouMean } from "./did-you-mean.ts";
import { CliError, Exit, type ExitCode, usageError } from "./exit.ts";
import { printCommandHelp, printHelp } from "./help.ts";
import { createIo, type Io } from "./io.ts";
import { VERSION } from "./own.ts";
import { visible } from "./terminal/visible.ts";

/** What happened, where the server's words only say what to do about it. */
const WHAT: Partial<Record<ApiError["code"], string>> = {
  bin_not_found: "There is no such bin",
  forbidden: "The key does not open this bin",
};
const HELP = new Set(["--help", "-h"]);
const NO_COLOUR = new Set(["--no-color", "--no-colour"]);

/** Runs one command line, to its exit code. What goes wrong is told on stderr, in one line when it was to be expected. */
export async function runCommandLine(args: string[], process: NodeJS.Process): Promise<ExitCode> {
  if (ownFlags(args).some((arg) => NO_COLOUR.has(arg))) process.env["NO_COLOR"] = "1";
  const io = createIo(process);
  const given = withoutFlags(args, NO_COLOUR);
  try {
    return await run(given, io);
  } catch (error) {
    return tell(error, io);
  }
}

/** Those before `--`; what stands behind it is no flag. */
function ownFlags(args: string[]): string[] {
  const end = args.indexOf("--");
  return end < 0 ? args : args.slice(0, end);
}

const withoutFlags = (args: string[], flags: ReadonlySet<string>) => {
  const own = ownFlags(args);
  return [...own.filter((arg) => !flags.has(arg)), ...args.slice(own.length)];
};

async function run(args: string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || HELP.has(name) || name === "help") {
    const wanted = name === "help" ? rest[0] : undefined;
    if (wanted === undefined) printHelp(commands, io);
    else printCommandHelp(find(wanted), io);
    return name === undefined ? Exit.usage : Exit.done;
  }
  if (name === "--version" || name === "-v" || name === "version") {
    io.out(VERSION);
    return Exit.done;
  }
  const command = find(name);
  if (ownFlags(rest).some((arg) => HELP.has(arg))) {
    printCommandHelp(command, io);
    return Exit.done;
  }
  return command.run(rest, io);
}

function find(name: string) {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  const names = commands.map((one) => one.name);
  const what = name.startsWith("-")
    ? "A command comes first, then its flags"
    : `There is no command "${name}"`;
  throw usageError(`${what}.${didYouMean(name, names)} \`--help\` lists them.`);
}

function tell(error: unknown, io: Io): ExitCode {
  const known =
    error instanceof CliError ? error : error instanceof ApiError ? fromApi(error) : null;
  const mark = io.errorStyle.bad("hooklens:");
  if (known) {
    io.note(`${mark} ${visible(known.message)}`);
    return known.exitCode;
  }
  const said = error instanceof Error ? error.stack : error;
  io.note(`${mark} this should not happen. ${visible(String(said), undefined, "\n")}`);
  return Exit.unexpected;
}

/** An API call's failure as the end of the command, in the server's words. */
function fromApi(error: ApiError): CliError {
  const what = WHAT[error.code];
  if (what) return new CliError(exitOf(error.status), `${what}. ${error.message}`);
  const fields = error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; ");
  return new CliError(
    exitOf(error.status),
    fields ? `${error.message} (${fields})` : error.message,
  );
}

function exitOf(status: number): ExitCode {
  if (status === 0) return Exit.unreachable;
  if (status === 401 || status === 403) return Exit.key;
  return status === 404 || status === 410 ? Exit.notFound : Exit.refused;
}
