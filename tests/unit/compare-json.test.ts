import { describe, expect, test } from "vitest";
import { printJsonLine } from "#lib/body/json-lines.ts";
import type { JsonLines } from "#lib/body/json-scan.ts";
import { comparedJson } from "#tests/helpers/compared.ts";
import { createRandom, type Random, seedFromEnvironment } from "#tests/helpers/random.ts";

const differences = (before: string, after: string) =>
  comparedJson(before, after).entries.map(({ kinds, label, before: old, after: now }) =>
    [kinds.join("+"), label, old, now].join(" "),
  );

describe("JSON", () => {
  test.each([
    [
      "members by name",
      '{"a":1,"b":2}',
      '{"b":3,"c":4}',
      ["removed $.a 1 ", "changed $.b 2 3", "added $.c  4"],
    ],
    [
      "numbers as they are written",
      "[1, 12345678901234567890]",
      "[1.0, 12345678901234567891]",
      ["changed $[0] 1 1.0", "changed $[1] 12345678901234567890 12345678901234567891"],
    ],
    [
      "a type that changed",
      '{"a":"1","b":{},"c":null}',
      '{"a":1,"b":[],"c":false}',
      ['type $.a "1" 1', "type $.b {} []", "changed $.c null false"],
    ],
    [
      "doubled names one by one",
      '{"a":1,"a":2}',
      '{"a":1,"a":3,"a":4}',
      ["changed $.a 2 3", "added $.a  4"],
    ],
    [
      "elements by what is the same",
      "[1,2,3,4,5]",
      "[0,1,2,4,5]",
      ["added $[0]  0", "removed $[2] 3 "],
    ],
    [
      "elements by their id",
      '[{"id":"a","n":1},{"id":"b","n":1},{"id":"c"}]',
      '[{"id":"c"},{"id":"a","n":2},{"id":"d"}]',
      [
        "moved $[0]  ",
        "changed $[0].n 1 2",
        'added $[2]  {"id":"d"}',
        'removed $[1] {"id":"b","n":1} ',
      ],
    ],
    [
      "deep within, with odd names",
      '{"😀":{"a b":[[1]]}}',
      '{"😀":{"a b":[[2]]}}',
      ['changed $["😀"]["a b"][0][0] 1 2'],
    ],
    ["texts that differ", '"a"', '"b"', ['changed $ "a" "b"']],
  ])("%s", (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  test("written otherwise, or in another order, is the same", () => {
    const { entries, reordered } = comparedJson(
      '{"a":"\\u00e9","b":[{"x":1,"y":2}]}',
      '{ "b":[{"y":2,"x":1}], "\\u0061":"é" }',
    );
    expect(entries).toEqual([]);
    expect(reordered).toBe(2);
  });

  test("a moved element that changed says both", () => {
    const text = (ids: string[], extra: string) =>
      JSON.stringify(ids.map((id) => ({ id, v: id === "a" ? extra : "" })));
    const { entries } = comparedJson(text(["a", "b", "c"], "x"), text(["b", "c", "a"], "y"));
    expect(entries.map(({ label, kinds, moved }) => [label, kinds, moved])).toEqual([
      ["$[0]", ["moved"], { from: 1, to: 3 }],
      ["$[0].v", ["changed"], undefined],
    ]);
  });

  test("nesting of any depth, and a list of many, are gone through", () => {
    const deep = (inner: string) => "[".repeat(5_000) + inner + "]".repeat(5_000);
    expect(comparedJson(deep("1"), deep("2")).entries).toHaveLength(1);
    const many = (from: number) =>
      JSON.stringify(Array.from({ length: 12_000 }, (_, i) => ({ v: i * from })));
    const { entries, unlisted } = comparedJson(many(1), many(7));
    expect(entries).toHaveLength(10_000);
    expect(entries.length + unlisted).toBeGreaterThan(11_000);
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const KEYS = ["a", "id", "b c", "😀", 'q"', "data"] as const;

function madeJson(random: Random, depth: number): Json {
  const kind = random.between(0, depth > 0 ? 7 : 4);
  if (kind === 0) return random.pick([null, true, false]);
  if (kind === 1) return random.between(0, 4);
  if (kind < 4) return random.pick(["", "x", "yy", "z\\\n"]);
  const size = random.between(0, 5);
  if (kind === 4) {
    return Array.from({ length: size }, () => ({
      id: random.between(0, 30),
      v: madeJson(random, depth - 1),
    }));
  }
  if (kind === 5) return Array.from({ length: size }, () => madeJson(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [random.pick(KEYS), madeJson(random, depth - 1)]),
  );
}

/** The same with a few things changed, removed, added and moved. */
function turned(random: Random, value: Json, depth: number): Json {
  if (random.between(0, 12) === 0) return madeJson(random, depth);
  if (Array.isArray(value)) {
    const kept = value
      .filter(() => random.between(0, 10) > 0)
      .map((one) => turned(random, one, depth - 1));
    return random.between(0, 6) === 0 ? random.shuffled(kept) : kept;
  }
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).map(
    ([key, one]) => [key, turned(random, one, depth - 1)] as const,
  );
  return Object.fromEntries(random.between(0, 6) === 0 ? random.shuffled(members) : members);
}

const bare = (lines: JsonLines, line: number) =>
  printJsonLine(lines, line).trim().replace(/,$/, "");

describe("over random JSON", () => {
  const random = createRandom(seedFromEnvironment());
  const pairs = Array.from({ length: 400 }, () => {
    const before = madeJson(random, 4);
    return [before, turned(random, before, 4)] as const;
  });

  test(`a text has no difference to itself (seed ${random.seed})`, () => {
    for (const [value] of pairs) {
      const text = JSON.stringify(value);
      const { entries, runs } = comparedJson(text, JSON.stringify(value, null, 1));
      expect({ text, count: entries.length, runs: runs.length }).toEqual({
        text,
        count: 0,
        runs: 1,
      });
    }
  });

  test(`the first with the differences applied is the second (seed ${random.seed})`, () => {
    for (const [value, other] of pairs) {
      const [before, after] = [JSON.stringify(value), JSON.stringify(other)];
      const { old, now, runs, entries } = comparedJson(before, after);
      const made: string[] = Array.from({ length: now.count }, () => "");
      const seen = new Set<number>();
      for (let row = 0; row < runs.rowCount; row += 1) {
        const { kind, before: mine, after: theirs, entry } = runs.at(row);
        if (kind !== "same" && !entries[entry]) throw new Error(`No entry for ${before} ${after}`);
        if (mine >= 0) seen.add(mine);
        if (theirs < 0) continue;
        if (made[theirs]) throw new Error(`A line came twice: ${before} ${after}`);
        // What stays is taken from the first, but for empty brackets that were filled, or the other way round.
        const isKept = kind === "same" && mine >= 0 && !/[{}[\]]/.test(bare(old, mine));
        made[theirs] = isKept ? bare(old, mine) : bare(now, theirs);
      }
      expect({ before, after, lines: made }).toEqual({
        before,
        after,
        lines: Array.from({ length: now.count }, (_, line) => bare(now, line)),
      });
      expect(seen.size).toBe(old.count);
    }
  });

  test(`each listed value stands where its path says (seed ${random.seed})`, () => {
    for (const [value, other] of pairs) {
      const { entries } = comparedJson(JSON.stringify(value), JSON.stringify(other));
      for (const { kinds, label, before, after } of entries) {
        const at = readPath(kinds[0] === "added" ? other : value, label, kinds[0] === "added");
        const written = before ?? after;
        if (written === null || at === undefined) continue;
        expect({ label, at }).toEqual({ label, at: JSON.parse(written) as Json });
      }
    }
  });
});

/** What stands at a path. Nothing where it goes through elements that stand elsewhere on that side. */
function readPath(value: Json, label: string, isAfter: boolean): Json | undefined {
  if (isAfter && /\[\d+\]./.test(label)) return undefined;
  let at: Json | undefined = value;
  for (const [, name, index, quoted] of label.matchAll(
    /\.([\w$]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g,
  )) {
    const key = name ?? index ?? (JSON.parse(quoted ?? '""') as string);
    at = at !== null && typeof at === "object" ? (at as Record<string, Json>)[key] : undefined;
  }
  return at;
}
