import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Answers,
  type Block,
  BLOCK_REQUESTS,
  candidatesOf,
  packBlock,
  questionsOf,
  SLICE_BYTES,
} from "#lib/search/block.ts";
import { OTHERS, RANGE_BYTES } from "#lib/search/block-numbers.ts";
import { indexRequest } from "#lib/search/index-request.ts";
import { type Narrowing, narrowingOf } from "#lib/search/narrowing.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import type { Subject } from "#lib/search/subject.ts";
import { givenRequest, queryText } from "#tests/helpers/search-samples.ts";
import { queryOf, subject } from "#tests/helpers/searched.ts";

/** What SQL reads of a block (lib/store/search/blocks.ts). */
function ask({ width, bits, numbers }: Block, narrowing: Narrowing): Answers {
  const { terms, ranges } = questionsOf(narrowing);
  const slices = terms.map((term) => {
    const at = (term & (width - 1)) * SLICE_BYTES;
    return bits.subarray(at, at + SLICE_BYTES);
  });
  const rows = ranges.map(({ scope }) => {
    const own = numbers.scopes.indexOf(scope);
    const row = own < 0 ? numbers.scopes.indexOf(OTHERS) : own;
    return row < 0
      ? new Uint8Array()
      : numbers.rows.subarray(row * RANGE_BYTES, (row + 1) * RANGE_BYTES);
  });
  return { slices: Buffer.concat(slices), ranges: rows };
}

const candidates = (block: Block, query: string) => {
  const narrowing = narrowingOf(queryOf(query));
  return new Set(candidatesOf(narrowing, ask(block, narrowing)));
};

const blockOf = (subjects: readonly (Subject | null)[]) =>
  packBlock(subjects.map((one) => one && indexRequest(one)));
const json = (body: string) => subject({ body });
const form = (body: string) => subject({ body, contentType: "application/x-www-form-urlencoded" });

test("whatever matches is a candidate", () => {
  const seed = Date.now() % 2 ** 31;
  const subjects = fc
    .sample(givenRequest, { numRuns: BLOCK_REQUESTS, seed })
    .map((given) => subject(given));
  const block = blockOf(subjects);
  let matches = 0;
  for (const text of fc.sample(queryText, { numRuns: 400, seed })) {
    const parsed = parseQuery(text);
    if (!parsed.ok) continue;
    const places = candidates(block, text);
    const matched = [...subjects.keys()].filter((place) =>
      compile(parsed.query)(subjects[place] as Subject),
    );
    matches += matched.length;
    const missed = matched.filter((place) => !places.has(place));
    if (missed.length > 0) expect([seed, text, missed]).toEqual([seed, text, []]);
  }
  expect(matches).toBeGreaterThan(1_000);
});

describe("a match that is hard to see is a candidate", () => {
  test.each([
    [
      "an escape in the middle of what is looked for",
      json('{"a":"n\\u0065\\u0065dles"}'),
      "body.a:*needles*",
    ],
    [
      "a value behind the first 64 KiB",
      json(`{"p":"${" ".repeat(70_000)}","a":"needle"}`),
      "body.a:*eedl*",
    ],
    ["a member behind a group that is broken", json('{"a":{"b":[nope]},"c":1}'), "body.c:1"],
    ["a number behind a group that is broken", json('{"a":{"b":[nope]},"c":5}'), "body.c>4"],
    ["a member behind a text that can't be read", json('{"a":"\\x","c":{"d":1}}'), "body.c.d:1"],
    ["the first of doubled names", json('{"a":1,"a":2}'), "body.a:1"],
    ["a number in another writing", json('{"a":1.50e2}'), "body.a:150"],
    ["a number by its text", json('{"a":1.50e2}'), 'body.a:"1.50E2"'],
    ["a number in a text", json('{"a":" 19.5 "}'), "body.a>19.4"],
    ["a number that no double holds", json('{"a":19.00000000000000000000001}'), "body.a>19"],
    ["a bound that no double holds", json('{"a":0.3}'), "body.a>0.29999999999999999999"],
    ["a number beyond all doubles", json('{"a":1e999}'), "body.a>1e400"],
    ["minus zero", json('{"a":-0.0}'), "body.a:0"],
    [
      "a number in the last of many places",
      json(`{${Array.from({ length: 400 }, (_, i) => `"k${i}":${i}`).join(",")}}`),
      "body.k399>398",
    ],
    ["a name of digits", json('{"0":{"a":1}}'), "body.0.a:1"],
    ["a place in a list", json('{"a":[[{"b":1}]]}'), "body.a[0][*].b:1"],
    ["a name with dots", json('{"a.b":1}'), 'body."a.b":1'],
    [
      "a depth beyond the index",
      json('{"a":'.repeat(80) + "1" + "}".repeat(80)),
      `body${".a".repeat(80)}:1`,
    ],
    ["a form's brackets", form("card%5Bexp%5D%5B0%5D=12"), "body.card.exp[0]:12"],
    ["a form's name as it stands", form("a.b[0]=x"), "body.a.b[0]:x"],
    ["a form's value with a plus", form("a=x+y"), 'body.a:"x y"*'],
    [
      "a query's value that is encoded",
      subject({ target: "/?q=%C3%B6%20x" }),
      'query.Q:*"\u00f6 "*',
    ],
    [
      "a header in latin1",
      subject({ headers: [["X-Name", "W\u00f6rld"]] }),
      "header.x-name:w\u00f6rld",
    ],
    ["a word in UTF-8", subject({ body: "W\u00f6rld" }), "w\u00f6rld"],
    ["a word in latin1", subject({ body: Buffer.from("W\u00f6rld", "latin1") }), "w\u00f6rld"],
    ["two letters", subject({ body: "x ab y" }), "ab"],
    ["a single letter", subject({ body: "x" }), "x"],
  ])("%s", (_, request, query) => {
    expect(compile(queryOf(query))(request)).toBe(true);
    expect(candidates(blockOf([null, request]), query)).toContain(1);
  });
});

test("most of what does not match is no candidate", () => {
  const body = (place: number) =>
    JSON.stringify({
      id: `evt_${place * 7919}`,
      amount: place,
      name: `customer ${place * 31}`,
      note: "x".repeat(place),
    });
  const subjects = Array.from({ length: BLOCK_REQUESTS }, (_, place) => json(body(place)));
  const block = blockOf(subjects);
  const queries = [
    "nowhere",
    "zzz",
    "body.id:evt_7919",
    "body.amount:5",
    "body.nope:*",
    "header.x-none:*",
  ];
  const most = Math.max(...queries.map((query) => candidates(block, query).size));
  expect(most).toBeLessThan(BLOCK_REQUESTS / 4);
  expect(candidates(block, "body.amount>120")).toEqual(
    new Set([121, 122, 123, 124, 125, 126, 127]),
  );
  expect(candidates(block, "body.amount<=1")).toEqual(new Set([0, 1]));
  expect(candidates(block, "body.amount<0").size).toBe(0);
});

test("a block without requests has no candidates", () => {
  const block = blockOf(Array.from({ length: BLOCK_REQUESTS }, () => null));
  expect(candidates(block, "any body.a>1").size).toBe(0);
  expect(block.bits).toHaveLength(0);
});
