import { describe, expect, test } from "vitest";
import type { Lines } from "#lib/body/lines.ts";
import { XmlScanner } from "#lib/body/xml-scan.ts";
import { expectLinear } from "#tests/helpers/growth.ts";

function scan(text: string) {
  const scanner = new XmlScanner(text);
  for (;;) {
    const outcome = scanner.step(1_000);
    if (outcome) return outcome;
  }
}

function linesOf(text: string): Lines {
  const outcome = scan(text);
  if (outcome.kind === "fault") throw new Error(outcome.fault.message);
  return outcome.lines;
}

function print(text: string): string[] {
  const lines = linesOf(text);
  return Array.from({ length: lines.count }, (_, line) => {
    const tokens = lines
      .tokens(line)
      .map(({ from, to, gap }) => (gap ? " " : "") + text.slice(from, to));
    return "  ".repeat(lines.depth(line)) + tokens.join("");
  });
}

describe("XML as lines", () => {
  test("has one for each tag, and one for an element with only text", () => {
    const text = `<?xml version="1.0"?><a  x='1>2'\n y="&lt;"><b>t &amp; u</b><c/><d><e/></d></a>`;
    expect(print(text)).toEqual([
      `<?xml version="1.0"?>`,
      `<a x='1>2' y="&lt;">`,
      "  <b>t &amp; u</b>",
      "  <c/>",
      "  <d>",
      "    <e/>",
      "  </d>",
      "</a>",
    ]);
    expect([0, 1, 2, 3, 4, 5].map((line) => linesOf(text).closes(line))).toEqual([
      -1, 7, -1, -1, 6, -1,
    ]);
  });

  test("keeps mixed content, comments, CDATA and a document type whole", () => {
    const text = `<!DOCTYPE a [<!ENTITY x "]>">]><a>one <b>two</b> three<!-- <c> \n\n  d --><![CDATA[<e>]]></a>`;
    expect(print(text)).toEqual([
      `<!DOCTYPE a [<!ENTITY x "]>">]>`,
      "<a>",
      "  one",
      "  <b>two</b>",
      "  three",
      "  <!-- <c>",
      "    d -->",
      "  <![CDATA[<e>]]>",
      "</a>",
    ]);
  });

  test.each([
    ["<a><b></a>", 6, "Expected </b> here"],
    ["<a>", 3, "The text ends before </a>"],
    ["<a b='", 6, "The text ends within a tag"],
    ["<a><!-- ", 8, "The text ends within a comment"],
    ["</a>", 0, "Expected no end tag here"],
    ["<a>1 < 2</a>", 5, "A name must follow <"],
    ["", 0, "There is no element"],
  ])("of %s stops at %i", (text, offset, message) => {
    expect(scan(text)).toEqual({ kind: "fault", fault: { offset, message } });
  });

  test("an offset's line is found", () => {
    const text = "<a><b>x</b><c/></a>";
    expect([0, 3, 7, 11, 15].map((offset) => linesOf(text).lineAt(offset))).toEqual([
      0, 1, 1, 2, 3,
    ]);
  });

  test.each<[string, (size: number) => void]>([
    [
      "elements within each other",
      (size) => {
        const deep = `${"<a>".repeat(size)}${"</a>".repeat(size)}`;
        expect(linesOf(deep).count).toBe(size * 2 - 1);
      },
    ],
    [
      "letters in a line",
      (size) => expect(linesOf(`<a>${"x".repeat(size * 10)}</a>`).count).toBe(1),
    ],
    ["blank lines", (size) => expect(linesOf(`<a>x${"\n".repeat(size * 10)}y</a>`).count).toBe(4)],
    [
      "attributes",
      (size) => expect(linesOf(`<a ${`b="c" `.repeat(size)}/>`).tokens(0)).toHaveLength(1),
    ],
  ])("a hundred thousand %s and more take one look at each", async (_, work) => {
    await expectLinear(work, 6_250);
  });
});
