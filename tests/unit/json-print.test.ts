import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonTokens, printJsonLine, scanJson } from "#lib/body/json-lines.ts";
import { type JsonLines, JsonScanner } from "#lib/body/json-scan.ts";
import { clipTokens, lineLength } from "#lib/body/lines.ts";
import { positionOf } from "#lib/body/text-lines.ts";

function linesOf(text: string, sequence = false): JsonLines {
  const outcome = scanJson(text, sequence);
  if (outcome.kind === "fault") throw new Error(outcome.fault.message);
  return outcome.lines;
}

function print(text: string, sequence = false): string {
  const lines = linesOf(text, sequence);
  return Array.from({ length: lines.count }, (_, line) => printJsonLine(lines, line)).join("\n");
}

/** Drops white space outside strings; strings of JSON never hold a raw line end. */
function squeeze(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? "");
}

function faultOf(text: string) {
  const outcome = scanJson(text);
  if (outcome.kind === "lines") throw new Error("This should not be JSON");
  return { ...positionOf(text, outcome.fault.offset), message: outcome.fault.message };
}

describe("printing JSON", () => {
  test("puts each member and element on a line of its own", () => {
    expect(print('{"a":[1,{"b":null}],"c":{},"d":[ ]}')).toBe(
      [
        "{",
        '  "a": [',
        "    1,",
        "    {",
        '      "b": null',
        "    }",
        "  ],",
        '  "c": {},',
        '  "d": []',
        "}",
      ].join("\n"),
    );
  });

  test("keeps numbers, escapes, key order and duplicate keys as sent", () => {
    const text =
      '{"z":12345678901234567890,"a":1.0,"a":1e400,"é":"\\u00e9\\/\\ud83d","2":-0,"1":1E+2}';
    expect(squeeze(print(text))).toBe(text);
  });

  test("shows a scalar as it is", () => {
    for (const text of ['"x"', "12.50", "true", "null"]) expect(print(` ${text} `)).toBe(text);
  });

  test("skips a byte order mark", () => {
    expect(print("\ufeff[1]")).toBe("[\n  1\n]");
  });

  test("prints several values only where they are expected", () => {
    expect(print('{"a":1}\n[2]\n', true)).toBe('{\n  "a": 1\n}\n[\n  2\n]');
    expect(faultOf("1 2")).toMatchObject({ line: 1, column: 3 });
  });

  test("gives back the tokens that were sent, whatever the white space between them", () => {
    const space = fc.constantFrom("", " ", "\n", "\r\n", "\t  ");
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.array(space, { minLength: 1 }), (json, spaces) => {
        let place = 0;
        const spread = squeeze(json).replace(
          /"(?:[^"\\]|\\.)*"|[{}[\],:]/g,
          (token) => `${spaces[place++ % spaces.length]}${token}${spaces[place++ % spaces.length]}`,
        );
        expect(squeeze(print(spread))).toBe(squeeze(json));
      }),
    );
  });

  test("agrees with JSON.parse on what is JSON", () => {
    const char = fc.constantFrom(...'{}[]",:\\ \n\t0123.-+eEtrufalsn/x\u0001é');
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 12 }), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(scanJson(text).kind).toBe(valid ? "lines" : "fault");
      }),
      { numRuns: 5_000 },
    );
  });

  test("knows where each block closes", () => {
    const lines = linesOf('{"a":[1,2],"b":{"c":[]}}');
    expect(Array.from({ length: lines.count }, (_, line) => lines.closes.at(line))).toEqual([
      8, 4, -1, -1, -1, 7, -1, -1, -1,
    ]);
  });

  test("tells keys from strings", () => {
    const kinds = jsonTokens(linesOf('{"a":"b"}'), 1).map((token) => token.kind);
    expect(kinds).toEqual(["key", "mark", "string"]);
  });
});

describe("what is no JSON", () => {
  test.each([
    ['{"a":1,}', 1, 8, "Expected a string as the next key"],
    ['{\n  "a" 1\n}', 2, 7, "Expected : after the key"],
    ["[1 2]", 1, 4, "Expected , or ]"],
    ['{"a":1', 1, 7, "The text ends before all brackets are closed"],
    ["", 1, 1, "There is no value"],
    ["[01]", 1, 2, "A number can't start with 0 and go on"],
    ["[1.]", 1, 4, "A digit must follow the point"],
    ["[-]", 1, 3, "A digit must follow the minus sign"],
    ["[1e]", 1, 4, "A digit must follow the exponent's mark"],
    ['["\\x"]', 1, 3, "This is no escape that JSON knows"],
    ['["a\nb"]', 1, 4, "A control character inside a string must be escaped"],
    ['["abc', 1, 6, "The text ends inside a string"],
    ["[nul]", 1, 2, "Expected a value"],
    ["{'a':1}", 1, 2, "Expected a string as the key, or }"],
  ])("%j fails at line %i, column %i", (text, line, column, message) => {
    expect(faultOf(text)).toEqual({ line, column, message });
  });
});

describe("hostile JSON", () => {
  test("100,000 nested brackets end quickly", () => {
    const lines = linesOf(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(lines.count).toBe(199_999);
    expect(lines.closes.at(0)).toBe(199_998);
    expect(lines.depths.at(99_999)).toBe(99_999);
  });

  test("100,000 brackets that are never closed end quickly", () => {
    expect(scanJson('{"a":['.repeat(100_000)).kind).toBe("fault");
  });

  test("a string of 1 MB is one token on one line", () => {
    const lines = linesOf(`["${"x".repeat(1_000_000)}"]`);
    expect(lineLength(jsonTokens(lines, 1))).toBe(1_000_002);
    expect(clipTokens(lines.text, jsonTokens(lines, 1), 500_000, 100)).toEqual([
      { from: 500_001, to: 500_101, kind: "string", gap: false },
    ]);
  });

  test("a cut never falls within a surrogate pair", () => {
    const lines = linesOf(`["${"😀".repeat(1_000)}"]`);
    const tokens = jsonTokens(lines, 1);
    const pieces = [0, 7, 14].map((skip) => {
      const [piece] = clipTokens(lines.text, tokens, skip, 7);
      return lines.text.slice(piece?.from, piece?.to);
    });
    expect(pieces).toEqual(['"😀😀😀', "😀😀😀😀", "😀😀😀"]);
  });

  test("10 MiB of small numbers are read in steps", () => {
    const scanner = new JsonScanner(`[${"1,".repeat(5_000_000)}1]`);
    let steps = 0;
    let outcome = scanner.step(250_000);
    for (; !outcome; outcome = scanner.step(250_000)) steps += 1;
    expect(steps).toBeGreaterThan(30);
    expect(outcome.kind === "lines" && outcome.lines.count).toBe(5_000_003);
  });
});
