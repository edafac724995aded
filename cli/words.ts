import { usageError } from "./exit.ts";

/** The one word that a command takes, the bin. @throws CliError usage */
export function onlyBin(words: readonly string[]): string | undefined {
  const [bin, second] = words;
  if (second === undefined) return bin;
  throw usageError(`"${second}" is one word too many: only the bin stands alone.`);
}
