import { describe, expect, test } from "vitest";
import { linesOfJson } from "#lib/body/json-document.ts";
import { scanJson } from "#lib/body/json-lines.ts";
import { foldsOfLevel } from "#components/body/row-model.ts";
import { expectLinear } from "#tests/helpers/growth.ts";

function document(text: string, sequence = false) {
  const outcome = scanJson(text, sequence);
  if (outcome.kind === "fault") throw new Error(outcome.fault.message);
  const lines = linesOfJson(outcome.lines);
  return Array.from({ length: lines.count }, (_, line) => [
    lines.place?.path(line),
    lines.place?.value(line),
  ]);
}

describe("a line's path and value", () => {
  test("go by keys and places", () => {
    expect(
      document('{"a":{"b c":[1.0,{"d":"x\\"\\u00e9"},[]]},"a":null, "\\u0065":{}, "f":"["}'),
    ).toEqual([
      ["$", '{"a":{"b c":[1.0,{"d":"x\\"\\u00e9"},[]]},"a":null, "\\u0065":{}, "f":"["}'],
      ["$.a", '{"b c":[1.0,{"d":"x\\"\\u00e9"},[]]}'],
      ['$.a["b c"]', '[1.0,{"d":"x\\"\\u00e9"},[]]'],
      ['$.a["b c"][0]', "1.0"],
      ['$.a["b c"][1]', '{"d":"x\\"\\u00e9"}'],
      ['$.a["b c"][1].d', 'x"é'],
      ['$.a["b c"][1]', '{"d":"x\\"\\u00e9"}'],
      ['$.a["b c"][2]', "[]"],
      ['$.a["b c"]', '[1.0,{"d":"x\\"\\u00e9"},[]]'],
      ["$.a", '{"b c":[1.0,{"d":"x\\"\\u00e9"},[]]}'],
      ["$.a", "null"],
      ["$.e", "{}"],
      ["$.f", "["],
      ["$", '{"a":{"b c":[1.0,{"d":"x\\"\\u00e9"},[]]},"a":null, "\\u0065":{}, "f":"["}'],
    ]);
  });

  test("of a lone value, and of each value of a sequence, is the root's", () => {
    expect(document(' "x" ')).toEqual([["$", "x"]]);
    expect(document('{"a":1}\n["b"]', true).map(([path]) => path)).toEqual([
      "$",
      "$.a",
      "$",
      "$",
      "$[0]",
      "$",
    ]);
  });

  test("at the bottom of a hundred thousand brackets take one look at each", async () => {
    await expectLinear((depth) => {
      const outcome = scanJson(`${"[".repeat(depth)}7${"]".repeat(depth)}`);
      if (outcome.kind === "fault") throw new Error(outcome.fault.message);
      const path = linesOfJson(outcome.lines).place?.path(depth);
      expect(path?.length).toBe(depth * 3 + 1);
    }, 6_250);
  });
});

test("a level is folded with all that is deeper", () => {
  const outcome = scanJson('[[[1]],{"a":[2]},3]');
  if (outcome.kind === "fault") throw new Error(outcome.fault.message);
  const lines = linesOfJson(outcome.lines);
  expect([...foldsOfLevel(lines, 1)]).toEqual([
    [1, 5],
    [6, 10],
  ]);
  expect([...foldsOfLevel(lines, 2)]).toEqual([
    [2, 4],
    [7, 9],
  ]);
});
