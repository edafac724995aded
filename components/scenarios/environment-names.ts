import type { Environment } from "#lib/contract/scenarios.ts";

/** The names beneath `environments:` in a source that may be half typed, with those that the bin keeps. */
export function environmentNames(source: string, kept: readonly Environment[]): string[] {
  const block = /^environments:[ \t]*\n((?:[ \t]+.*\n|[ \t]*\n)*)/m.exec(source)?.[1] ?? "";
  const [, indent = ""] = /^([ \t]+)\S/m.exec(block) ?? [];
  const written = block
    .split("\n")
    .flatMap((line) => /^([ \t]+)([A-Za-z_][\w-]*):/.exec(line) ?? [])
    .flatMap((part, place, parts) =>
      place % 3 === 2 && parts[place - 1] === indent ? [part] : [],
    );
  return [...new Set([...written, ...kept.map(({ name }) => name)])];
}
