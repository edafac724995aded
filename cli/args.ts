import { parseArgs } from "node:util";
import { didYouMean } from "./did-you-mean.ts";
import { usageError } from "./exit.ts";

export type Flag = {
  type: "boolean" | "string";
  /** One letter. */
  short?: string;
  multiple?: true;
  /** What stands for the value in the help. */
  value?: string;
  says: string;
  /** The only values that are taken; completions offer them. */
  choices?: readonly string[];
};
export type Flags = Record<string, Flag>;

export type Values<Of extends Flags> = {
  [Name in keyof Of]: Of[Name] extends { type: "boolean" }
    ? boolean
    : Of[Name] extends { multiple: true }
      ? string[]
      : string | undefined;
};

/**
 * Splits a command's arguments into its flags and the words beside them. A flag may stand anywhere; after `--` all are words.
 * @throws CliError usage, naming the flag that was probably meant.
 */
export function readArgs<Of extends Flags>(
  args: string[],
  flags: Of,
): { values: Values<Of>; words: string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short ? { short } : {}) },
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const isTaken = token.inlineValue === false && isFlag(token.value, flags);
    checkFlag(token.rawName, isTaken ? undefined : token.value, flags[token.name], flags);
  }
  const read = Object.entries(flags).map(([name, flag]) => {
    const absent = flag.type === "boolean" ? false : flag.multiple ? [] : undefined;
    return [name, values[name] ?? absent];
  });
  return { values: Object.fromEntries(read) as Values<Of>, words: positionals };
}

/** What stands behind a flag that has lost its value: `--env --json`. */
const isFlag = (word: string, flags: Flags): boolean =>
  Object.entries(flags).some(([name, { short }]) => word === `--${name}` || word === `-${short}`);

function checkFlag(
  given: string,
  value: string | undefined,
  flag: Flag | undefined,
  flags: Flags,
): void {
  if (!flag) {
    const known = Object.keys(flags).map((name) => `--${name}`);
    throw usageError(`There is no flag ${given}.${didYouMean(given, known)}`);
  }
  if (flag.type === "boolean" && value !== undefined) throw usageError(`${given} takes no value.`);
  if (flag.type === "string" && value === undefined)
    throw usageError(`${given} needs a value: ${given} ${flag.value ?? "VALUE"}.`);
  if (flag.choices && value !== undefined && !flag.choices.includes(value)) {
    throw usageError(
      `${given} is one of ${flag.choices.join(", ")}, not "${value}".${didYouMean(value, flag.choices)}`,
    );
  }
}

const UNITS_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `500ms`, `30s`, `10m`, `2h`, `1d`, or a bare number of seconds; in milliseconds. @throws CliError usage */
export function readDuration(name: string, text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h|d)?$/.exec(text.trim()) ?? [];
  if (amount === undefined)
    throw usageError(`${name} is a time such as 30s, 10m or 2h, not "${text}".`);
  return Math.round(Number(amount) * (UNITS_MS[unit] ?? 0));
}

/** A whole number. @throws CliError usage */
export function readCount(name: string, text: string, min: number, max: number): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (count >= min && count <= max) return count;
  throw usageError(`${name} is a whole number from ${min} to ${max}, not "${text}".`);
}
