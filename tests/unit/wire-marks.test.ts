import fc from "fast-check";
import { expect, test } from "vitest";
import { isCrowded, markUnseen, maskMarks } from "#components/request/wire-marks.ts";

const marks = (text: string) => markUnseen(text).flatMap((run) => run.mark ?? []);

test.each([
  ["invoice\u202efdp.exe", ["RLO"]],
  ["a\0b\x1b[31m", ["NUL", "ESC"]],
  ["\u2066x\u2069\u200b\ufeff\u00a0\u00ad", ["LRI", "PDI", "ZWSP", "BOM", "NBSP", "SHY"]],
  ["\x85\u2028\u3164\ud83d!", ["U+0085", "U+2028", "U+3164", "U+D83D"]],
  ["tab\tline\r\n", ["TAB", "CR", "LF"]],
  ["😀 👨‍👩‍👧‍👦 👍🏽 日本語 é שלום", []],
  ["a\u200db", ["ZWJ"]],
])("%j shows %j", (text, expected) => {
  expect(marks(text)).toEqual(expected);
});

test("what is kept is not marked", () => {
  expect(markUnseen("a\tb", "\t")).toEqual([{ text: "a\tb", mark: null }]);
});

test("what is heaped on one letter is marked from the ninth on", () => {
  expect(marks(`a${"\u0301".repeat(8)}b`)).toEqual([]);
  expect(marks(`a${"\u0301".repeat(10)}b`)).toEqual(["U+0301", "U+0301"]);
});

test("a crowd of unseen characters is masked: none of them is left to turn the text", () => {
  const runs = markUnseen("a\u202e".repeat(51));
  expect([isCrowded(runs), isCrowded(runs.slice(0, 100))]).toEqual([true, false]);
  expect(maskMarks(runs)).toBe("a\u25af".repeat(51));
});

test("the runs hold the whole text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(
        markUnseen(text)
          .map((run) => run.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
