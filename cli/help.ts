import type { Flag } from "./args.ts";
import type { Command } from "./command.ts";
import type { Io } from "./io.ts";
import { VERSION } from "./own.ts";
import { padRight } from "./terminal/width.ts";
import { wrap } from "./terminal/wrap.ts";

const COLUMNS_MAX = 100;

/** What `hooklens` and `hooklens --help` print. */
export function printHelp(commands: readonly Command[], io: Io): void {
  const { style, out } = io;
  out(
    `${style.strong("hooklens")} ${VERSION}: every byte of every webhook, and its way to localhost\n`,
  );
  out(`${style.dim("Usage")}  hooklens COMMAND [ARGUMENTS]\n`);
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  for (const { name, summary } of commands) {
    table(`  ${padRight(style.strong(name), width)}`, summary, width + 2, io);
  }
  out();
  out(`hooklens COMMAND --help says more. --no-color and NO_COLOR take the colours away.`);
}

/** What `hooklens COMMAND --help` prints. */
export function printCommandHelp(command: Command, io: Io): void {
  const { style, out } = io;
  const columns = Math.min(io.columns(), COLUMNS_MAX);
  out(`${style.strong(`hooklens ${command.name}`)}: ${command.summary}\n`);
  out(`${style.dim("Usage")}  hooklens ${command.name} ${command.usage}`.trimEnd());
  const rows = Object.entries(command.flags).map(([name, flag]) => ({
    left: flagText(name, flag),
    says: flag.says,
  }));
  const width = Math.max(0, ...rows.map(({ left }) => left.length)) + 2;
  if (rows.length > 0) out();
  for (const { left, says } of rows) {
    table(`  ${padRight(style.strong(left), width)}`, says, width + 2, io);
  }
  for (const note of command.notes) {
    out();
    for (const line of wrap(note, columns)) out(line);
  }
  for (const { line, says } of command.examples) {
    out();
    if (says) out(style.dim(`  # ${says}`));
    out(`  ${line}`);
  }
}

function flagText(name: string, { short, value, type }: Flag): string {
  return `${short ? `-${short}, ` : ""}--${name}${type === "string" ? ` ${value ?? "VALUE"}` : ""}`;
}

/** A row of two columns; on a narrow terminal the second one goes below the first. */
function table(left: string, right: string, indent: number, io: Io): void {
  const columns = Math.min(io.columns(), COLUMNS_MAX);
  const isNarrow = columns - indent < 24;
  const lines = wrap(right, columns, isNarrow ? 6 : indent);
  if (isNarrow) io.out(left.trimEnd());
  for (const [at, line] of lines.entries()) {
    io.out(at === 0 && !isNarrow ? left + line.trimStart() : line);
  }
}
