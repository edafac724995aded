import { readFileSync, writeFileSync } from "node:fs";

type Document = "fidelity" | "providers";

const pathOf = (document: Document) => new URL(`../../docs/${document}.md`, import.meta.url);

const around = (name: string) =>
  new RegExp(`(<!-- ${name}: made by tests/write-tables.ts -->\\n)[^]*?(\\n<!-- end -->)`);

/** The lines of a made table in docs/. */
export function readSection(name: string, document: Document = "providers"): string[] {
  const page = read(document);
  const [, begin = "", end = ""] = around(name).exec(page) ?? [];
  const from = page.indexOf(begin) + begin.length;
  return page.slice(from, page.indexOf(end, from)).split("\n");
}

export const writeSection = (
  name: string,
  lines: readonly string[],
  document: Document = "providers",
): void =>
  writeFileSync(
    pathOf(document),
    read(document).replace(
      around(name),
      (_, begin: string, end: string) => begin + lines.join("\n") + end,
    ),
  );

const read = (document: Document) => readFileSync(pathOf(document), "utf8");
