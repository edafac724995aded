import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SuggestedPlace } from "#lib/contract/suggestions.ts";
import { PlaceCollector } from "#lib/search/collect-places.ts";
import { complete, completionsOf } from "#lib/search/completions.ts";
import { fieldHelp } from "#lib/search/field-help.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { planCompletion } from "#lib/search/plan-completion.ts";
import { isMatch, subject } from "#tests/helpers/searched.ts";

/** The cursor as a `|` in the text. */
function planAt(marked: string) {
  return planCompletion(marked.replace("|", ""), marked.indexOf("|"));
}

const places: SuggestedPlace[] = [
  { field: "event", type: "text", values: ["charge.failed", '"odd one"'] },
  { field: "method", type: "text", values: ["POST"] },
  { field: "header.user-agent", type: "text", values: ["curl/8"] },
  { field: "body.data.object.amount", type: "number", values: ["4200", "7"] },
  { field: "body.items[*].sku", type: "text", values: ["a1"] },
];
const offered = (marked: string) => {
  const plan = planAt(marked);
  return plan ? completionsOf(plan, places).map(({ text }) => text) : null;
};

/** The text, with the cursor, after the first completion is taken. */
function taken(marked: string): string | null {
  const plan = planAt(marked);
  const [first] = plan ? completionsOf(plan, places) : [];
  if (!plan || !first) return null;
  const { text, cursor } = complete(marked.replace("|", ""), plan, first);
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

describe("what is being typed", () => {
  test.each([
    ["|", "field", ""],
    ["ev|", "field", "ev"],
    ["a -ev|ent:x b", "field", "ev"],
    ["(a OR bo|", "field", "bo"],
    ["a | b", "field", ""],
    ["body.data.|", "field", "body.data."],
    ['body."a b".c|:1', "field", 'body."a b".c'],
    ["event:|", "value", ""],
    ["event:ch|arge x", "value", "ch"],
    ['event:"odd o|', "value", "odd o"],
    ['event:"odd \\"o|', "value", 'odd "o'],
    ["-size>=10|", "value", "10"],
    ["a (event:x|)", "value", "x"],
  ])("at %j is a %s: %j", (marked, kind, typed) => {
    expect(planAt(marked)).toMatchObject({ kind, typed });
  });

  test("behind the end of a text that has just become shorter is at its end", () => {
    expect(planCompletion("ev", 9)).toEqual({ kind: "field", from: 0, to: 2, typed: "ev" });
    expect(planCompletion("", 9)).toMatchObject({ kind: "field", typed: "" });
    fc.assert(
      fc.property(fc.string(), fc.nat(40), (text, at) => {
        const plan = planCompletion(text, at);
        if (plan) expect(plan.from + plan.typed.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test("in a quoted phrase is nobody's guess, and neither is what stands within an operator", () => {
    expect([planAt('"exact wo|'), planAt("a size>|=3")]).toEqual([null, null]);
  });
});

describe("what is offered", () => {
  test("is every field at the start, each with a line of help", () => {
    expect(offered("|")?.toSorted()).toEqual(Object.keys(fieldHelp).toSorted());
  });

  test.each([
    ["ev|", ["event"]],
    ["header.|", ["header.user-agent"]],
    ["agent|", ["header.user-agent"]],
    ["body.data|", ["body.data.object.amount"]],
    ["sku|", ["body.items[*].sku"]],
    ["char|", ["event:charge.failed"]],
    ["event:od|", ['"odd one"']],
    ["body.items[3].sku:|", ["a1", "*"]],
    ["body.data.object.amount>|", ["4200", "7"]],
    ["at>|", ["-15m", "-1h", "-1d", "-1w"]],
    ["signature:|", ["verified", "failed", "unchecked", "*"]],
    ["status:4|", ["4*"]],
    ["nothing:|", []],
  ])("at %j: %j", (marked, texts) => expect(offered(marked)).toEqual(texts));

  test.each([
    ["ev|", "event:|"],
    ["ev|:x", "event|:x"],
    ["siz|:10", "size|:10"],
    ["header.u|", "header.user-agent:|"],
    ["event:ch|", "event:charge.failed |"],
    ["(event:ch|)", "(event:charge.failed|)"],
    ["-event:ch| x", "-event:charge.failed| x"],
    ['event:"od|', 'event:"odd one" |'],
  ])("at %j leads to %j", (marked, text) => expect(taken(marked)).toBe(text));

  test("is a query that can be read, whatever was typed before", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ev.:"\\( )-<>=*ab[0] ') }), (before) => {
        const plan = planCompletion(before, before.length);
        if (!plan) return;
        for (const each of completionsOf(plan, places)) {
          const { text, cursor } = complete(before, plan, each);
          expect(text.slice(0, cursor)).toContain(each.isWhole ? each.insert : "");
          if (each.isWhole && parseQuery(before.slice(0, plan.from)).ok) {
            expect([text, parseQuery(text).ok]).toEqual([text, true]);
          }
        }
      }),
    );
  });
});

test("places are told as a query writes them: each with its values matches the request that they came from", () => {
  const given = {
    target: "/orders/7?page=2&a%20b=c",
    headers: [["X-Sig", 't="1" *']] as [string, string][],
    provider: { id: "stripe", event: "charge failed", deliveryId: null },
    body: JSON.stringify({
      id: "10",
      n: 10,
      deep: { "a.b": [{ ok: true }, { ok: null }] },
      long: "x".repeat(500),
    }),
  };
  const collector = new PlaceCollector();
  collector.add(subject(given));
  const { places: told } = collector.result();
  expect(told.map(({ field }) => field)).toEqual(
    expect.arrayContaining([
      "event",
      "header.x-sig",
      "query.page",
      'query."a b"',
      "body.id",
      'body.deep."a.b"[*].ok',
    ]),
  );
  const terms = told.flatMap(({ field, values }) => values.map((value) => `${field}:${value}`));
  expect(terms.filter((term) => !isMatch(term, given))).toEqual([]);
  expect(told.find(({ field }) => field === "body.id")).toMatchObject({
    type: "text",
    values: ['"10"'],
  });
});
