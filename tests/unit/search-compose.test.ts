import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addTerm,
  composeAny,
  composeTerm,
  type PathKey,
  type SeenValue,
} from "#lib/search/compose.ts";
import type { BodyValue } from "#lib/search/json-values.ts";
import { QUERY_CHARACTERS_MAX } from "#lib/search/limits.ts";
import { isMatch } from "#tests/helpers/searched.ts";

type Given = Parameters<typeof isMatch>[1];

/** Signs of the language, of JSON and of LIKE; what no query can hold; what is long. */
const odd = fc.constantFrom(
  ...'a|A|b c|"|\\|\\"|*|(|)|-|.|[0]|:|<|>|%|_|OR|\u00f6|\u{1f600}|\u05e9|\t|\n|\u00a0|10|1.50|true|null|\ufffd'.split(
    "|",
  ),
  "\0",
  "\ud800",
  "",
  "x".repeat(150),
);
const text = fc.oneof(
  fc.array(odd, { maxLength: 6 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "binary", minLength: 250, maxLength: 400 }),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom(0, -1.5, 1e21, 12_345, true, false, null),
  fc.constantFrom({}, []),
);
const path = fc.array(fc.oneof({ weight: 3, arbitrary: text }, fc.constant(null)), {
  minLength: 1,
  maxLength: 4,
});

function seenValue(held: unknown): BodyValue {
  if (typeof held === "string") return { kind: "text", text: held };
  if (typeof held === "object" && held !== null) return { kind: "group" };
  return { kind: "literal", text: JSON.stringify(held) };
}

/** A document that holds the value at the path, beside others. */
function documentOf(keys: readonly PathKey[], held: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return held;
  const inner = documentOf(rest, held);
  return key === null
    ? ["other", inner]
    : Object.fromEntries([
        ["other", 1],
        [key, inner],
      ]);
}

/** The term and its opposite, asked of the request that the value was seen in. */
function agrees(seen: SeenValue, given: Given): void {
  const term = composeTerm(seen);
  if (term === null) return;
  const any = composeAny(seen);
  expect([term, isMatch(term, given), any && isMatch(any, given)]).toEqual([term, true, true]);
  expect(isMatch(addTerm("", term, "without"), given)).toBe(false);
  expect(isMatch(addTerm("-nowhere", term, "with"), given)).toBe(true);
}

describe("a term composed of a value", () => {
  test("matches the JSON body that it was seen in, and its opposite does not", () => {
    fc.assert(
      fc.property(path, value, (keys, held) => {
        // An object's own setter: no member of that name comes of it.
        fc.pre(!keys.includes("__proto__"));
        const body = JSON.stringify(documentOf(keys, held));
        agrees({ field: "body", path: keys, value: seenValue(held) }, { body });
      }),
      { numRuns: 400 },
    );
  });

  test("matches the form, the query and the header that it was seen in", () => {
    const encoded = text.filter((each) => each.isWellFormed());
    fc.assert(
      fc.property(encoded, encoded, (name, held) => {
        const pair = `${encodeURIComponent(name)}=${encodeURIComponent(held)}`;
        const contentType = "application/x-www-form-urlencoded";
        agrees({ field: "form", name, value: held }, { body: `x=1&${pair}`, contentType });
        agrees({ field: "query", name, value: held }, { target: `/a?y=2&${pair}` });
        const wire = Buffer.from(held.replaceAll("\0", "")).toString("latin1");
        const given: Given = { target: `/${wire.replace(/[?]/g, "")}`, headers: [["X-A", wire]] };
        agrees({ field: "header", name: "X-A", value: wire }, given);
        agrees({ field: "path", value: `/${wire.replace(/[?]/g, "")}` }, given);
      }),
      { numRuns: 400 },
    );
  });

  test("is told from a value that is only like it", () => {
    const of = (held: unknown) =>
      composeTerm({ field: "body", path: ["a"], value: seenValue(held) }) ?? "";
    const pairs: [unknown, unknown][] = [
      ["10", "10.0"],
      ["a*b", "axb"],
      ["a", "a "],
      ["", " "],
      [10, 11],
      [null, "nil"],
      ['a" OR "b', "b"],
    ];
    for (const [held, other] of pairs) {
      expect([held, isMatch(of(held), { body: JSON.stringify({ a: other }) })]).toEqual([
        held,
        false,
      ]);
    }
  });

  test.each<[SeenValue, string | null]>([
    [{ field: "method", value: "POST" }, "method:POST"],
    [{ field: "header", name: "X-Sig", value: "t=1,v1=a b" }, 'header.X-Sig:"t=1,v1=a b"'],
    [{ field: "query", name: "a b", value: "" }, 'query."a b":""'],
    [{ field: "header", name: "X-N", value: "\u00c3\u00b6" }, "header.X-N:\u00f6"],
    [{ field: "form", name: "card[no]", value: "42" }, 'body."card[no]":42'],
    [
      { field: "body", path: ["items", null, "a.b"], value: { kind: "text", text: "10" } },
      'body.items[*]."a.b":"10"',
    ],
    [{ field: "body", path: ["n"], value: { kind: "literal", text: "1.5e2" } }, "body.n:1.5e2"],
    [{ field: "body", path: ["o"], value: { kind: "group" } }, "body.o:*"],
    [{ field: "body", path: [], value: { kind: "group" } }, null],
    [{ field: "body", path: Array(200).fill("deep"), value: { kind: "group" } }, null],
  ])("of %j is %s", (seen, term) => expect(composeTerm(seen)).toBe(term));
});

describe("a term added to a query", () => {
  test.each<[string, "with" | "without", string]>([
    ["", "with", "event:ping"],
    ["push", "with", "push event:ping"],
    ["push", "without", "push -event:ping"],
    ["event:ping", "with", "event:ping"],
    ["-event:ping push", "with", "push event:ping"],
    ["a event:ping b", "without", "a b -event:ping"],
    ["a OR b", "with", "(a OR b) event:ping"],
    ["a OR b", "without", "(a OR b) -event:ping"],
    ["(event:ping OR b) c", "without", "(event:ping OR b) c -event:ping"],
    ["evnt:x", "with", "event:ping"],
    ["x".repeat(QUERY_CHARACTERS_MAX), "with", "event:ping"],
  ])("%j %s it is %j", (query, how, whole) => {
    expect(addTerm(query, "event:ping", how)).toBe(whole);
  });
});
