import { readFileSync, writeFileSync } from "node:fs";

const PAGE = new URL("../../docs/providers.md", import.meta.url);

const around = (name: string) =>
  new RegExp(`(<!-- ${name}: made by tests/write-tables.ts -->\\n)[^]*?(\\n<!-- end -->)`);

/** The lines of a made table in docs/providers.md. */
export function readSection(name: string): string[] {
  const [, begin = "", end = ""] = around(name).exec(page()) ?? [];
  const from = page().indexOf(begin) + begin.length;
  return page().slice(from, page().indexOf(end, from)).split("\n");
}

export const writeSection = (name: string, lines: readonly string[]): void =>
  writeFileSync(
    PAGE,
    page().replace(around(name), (_, begin: string, end: string) => begin + lines.join("\n") + end),
  );

const page = () => readFileSync(PAGE, "utf8");
