import fc from "fast-check";
import { expect, test } from "vitest";
import { HooklensError } from "#lib/errors.ts";
import { parseWords } from "#lib/search/words.ts";

const texts = (query: string) => parseWords(query).map((word) => word.text);

test("bare words and quoted phrases, each with its column", () => {
  expect(parseWords('push  "exact words" x')).toEqual([
    { text: "push", column: 1 },
    { text: "exact words", column: 7 },
    { text: "x", column: 21 },
  ]);
  expect(texts("")).toEqual([]);
  expect(texts("   ")).toEqual([]);
  expect(texts('a"b c"d')).toEqual(["a", "b c", "d"]);
  expect(texts('""')).toEqual([]);
});

test("of a query only what a match has in it, in the parts that stand so", () => {
  expect(parseWords('event:ping (ab*c OR "d\\"*") -no -(x -y)')).toEqual([
    { text: "ab", column: 13 },
    { text: "c", column: 16 },
    { text: 'd"*', column: 21 },
  ]);
});

test.each([
  ['"open', 6, "column 1"],
  ['a "b', 5, "column 3"],
  ['"a" b"', 7, "column 6"],
])("an unbalanced quote is told with its column: %s", (query, column, opened) => {
  expect(() => parseWords(query)).toThrow(`Column ${column}: expected a closing "`);
  expect(() => parseWords(query)).toThrow(opened);
});

test("any text parses or is a told mistake, and columns point at their words", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (query) => {
      let words: ReturnType<typeof parseWords>;
      try {
        words = parseWords(query);
      } catch (error) {
        expect(error).toBeInstanceOf(HooklensError);
        return;
      }
      for (const { text, column } of words) {
        const at = query.slice(column - 1);
        const quoted = `"${text.replace(/["\\]/g, "\\$&")}"`;
        expect([text, `"${text}"`, quoted].some((written) => at.startsWith(written))).toBe(true);
      }
    }),
  );
});
