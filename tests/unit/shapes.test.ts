import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeOf } from "#lib/shapes/add.ts";
import { breaksOf } from "#lib/shapes/breaks.ts";
import { ShapeFold } from "#lib/shapes/fold.ts";
import { SHAPE_LIMITS } from "#lib/shapes/limits.ts";
import { mergeShapes } from "#lib/shapes/merge.ts";
import { settle } from "#lib/shapes/settle.ts";
import { countNodes, type Shape } from "#lib/shapes/shape.ts";
import { readFormSample, readSample, type Value } from "#lib/shapes/value.ts";
import { writeJsonSchema } from "#lib/shapes/write/json-schema.ts";
import { typeName } from "#lib/shapes/write/names.ts";
import { writeTypeScript } from "#lib/shapes/write/typescript.ts";
import { writeZod } from "#lib/shapes/write/zod.ts";

function valueOf(text: string): Value {
  const read = readSample(text);
  if (!read) throw new Error(`No JSON: ${text}`);
  return read.value;
}

const shapeOfText = (text: string) => shapeOf(valueOf(text));
const shapeOfAll = (samples: readonly unknown[]): Shape => {
  const fold = new ShapeFold();
  for (const sample of samples) fold.add(valueOf(JSON.stringify(sample)));
  return fold.shape;
};
const times = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));
const typeScript = (shape: Shape) =>
  writeTypeScript({ name: "Sample", title: "Sample", settled: settle(shape) }).replace(/^.*\n/, "");
const schema = (shape: Shape) =>
  JSON.parse(writeJsonSchema({ name: "Sample", title: "S", settled: settle(shape) })) as {
    properties: Record<string, object>;
    required?: string[];
  };

/** Few names and few values, so that samples meet each other; and many of both, so that they go over the bounds. */
const few = fc.constantFrom("type", "id", "a", "__proto__", "x y");
const sample = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1, 2.5, 2 ** 60, 1_700_000_000, "a", "b", "2026-11-21", ""),
    fc.string({ maxLength: 60 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(few, tie("value"), { maxKeys: 4 }),
    fc.constantFrom(30, 300).map((size) => Object.fromEntries(times(size, (at) => [`k${at}`, at]))),
    fc.array(
      fc.integer({ max: 40, min: 0 }).map((kind) => ({ type: `t${kind}`, [`of${kind}`]: kind })),
      { maxLength: 40 },
    ),
  ),
})).value;

describe("shapes are put together", () => {
  test("in any order and grouping with the same outcome", () => {
    const shape = sample.map((value) => shapeOfText(JSON.stringify(value)));
    fc.assert(
      fc.property(shape, shape, shape, (a, b, c) => {
        expect(mergeShapes(a, b)).toEqual(mergeShapes(b, a));
        expect(mergeShapes(mergeShapes(a, b), c)).toEqual(mergeShapes(a, mergeShapes(b, c)));
      }),
      { numRuns: 150 },
    );
  });

  test("within their bound, however many places there are, and what was given up is open", () => {
    const wide = (at: number) =>
      Object.fromEntries(
        times(200, (key) => [`k${key}`, { [`of${at % 60}`]: { deep: { er: 1 } } }]),
      );
    const fold = new ShapeFold();
    for (const value of times(60, wide)) fold.add(valueOf(JSON.stringify(value)));
    expect(countNodes(fold.shape)).toBeLessThanOrEqual(SHAPE_LIMITS.nodes);
    expect(fold.levels).toBeLessThan(SHAPE_LIMITS.depth);
    expect(schema(fold.shape).properties["k1"]).toEqual({ $comment: "deeper than was looked at" });
    expect(breaksOf(fold.shape, valueOf(JSON.stringify(wide(61))))).toEqual([]);
  });

  test("of hostile samples: depth, breadth and doubled names neither fail nor grow without end", () => {
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
    expect(countNodes(shapeOfText(deep))).toBe(SHAPE_LIMITS.depth + 1);
    const long = JSON.stringify(times(60_000, (at) => ({ at })));
    expect(shapeOfText(long).arrays?.items?.unseen).toBeGreaterThan(0);
    const doubled = settle(shapeOfText('{"a":1,"a":"x"}')).kinds[0];
    expect(doubled).toMatchObject({
      fields: [{ key: "a", value: { kinds: [{ kind: "string" }] } }],
    });
    for (const none of ["", "{", "{a:1}", "nope", '{"a":1}{"b":2}'])
      expect(readSample(none)).toBeNull();
  });
});

describe("a shape says", () => {
  test("what is always there, what is sometimes, and what was null", () => {
    const shape = shapeOfAll([
      { a: 1, b: "x", c: null },
      { a: 2, c: null },
      { a: 3, b: null, c: null },
    ]);
    expect(typeScript(shape)).toBe(`export type Sample = {
  a: number;
  /** in 2 of 3 samples; null in 1 of 2 */
  b?: string | null;
  /** always null so far */
  c: null;
};
`);
    expect(schema(shape).required).toEqual(["a", "c"]);
    expect(schema(shape).properties["b"]).toMatchObject({ type: ["string", "null"] });
  });

  test("whole numbers, fractions, numbers beyond 2^53 as they were written, and times", () => {
    const text =
      '{"n":1,"f":1.5,"e":1e3,"big":9007199254740993,"created":1700000000,"sentAt":1700000000000}';
    const written = typeScript(shapeOfText(text));
    expect(written).toContain("/** goes beyond 2^53: JavaScript rounds it */\n  big: number;");
    expect(written).toContain("/** Unix time in seconds */\n  created: number;");
    expect(written).toContain("/** Unix time in milliseconds */\n  sentAt: number;");
    const { properties } = schema(shapeOfText(text));
    expect(properties["n"]).toEqual({ type: "integer" });
    expect(properties["e"]).toEqual({ type: "integer" });
    expect(properties["f"]).toEqual({ type: "number" });
  });

  test("choices where few words come again and again, and none where a new one is to be expected", () => {
    const states = ["open", "closed", "in_progress"];
    const shape = shapeOfAll(
      times(30, (at) => ({
        state: states[at % 3],
        login: "octocat",
        word: `w${at % 20}`,
        type: "User",
      })),
    );
    expect(schema(shape).properties).toMatchObject({
      state: { enum: ["closed", "in_progress", "open"] },
      // What names somebody is open, however few there were; `type` is a word of a program.
      login: { type: "string" },
      type: { const: "User" },
    });
    expect(schema(shape).properties["login"]).not.toHaveProperty("const");
    expect(schema(shape).properties["word"]).toEqual({ type: "string" });
    const early = shapeOfAll(times(9, (at) => ({ state: states[at % 3] })));
    expect(schema(early).properties["state"]).toEqual({ type: "string" });
  });

  test("kinds that a key tells apart, each with its own fields", () => {
    const kinds = times(8, (at) =>
      at % 2 ? { type: "card", last4: "4242" } : { type: "bank", iban: "DE", bic: null },
    );
    const shape = shapeOfAll(kinds.map((source) => ({ source })));
    expect(typeScript(shape)).toBe(`export type Sample = {
  source: {
    /** always null so far */
    bic: null;
    iban: string;
    type: "bank";
  } | {
    last4: string;
    type: "card";
  };
};
`);
    const zod = writeZod({ name: "Sample", title: "Sample", settled: settle(shape) });
    expect(zod).toContain('z.discriminatedUnion("type", [');
  });

  test("maps where the names are data, lists that were always empty, formats, and forms", () => {
    const at = "2026-11-21T10:00:00Z";
    const shape = shapeOfAll(
      times(3, (n) => ({
        byId: Object.fromEntries(times(3, (id) => [`cus_${n}${id}ABCDEFGHIJ`, { at }])),
        none: [],
        mail: "a.b@example.com",
        ip: "10.0.0.1",
        v6: "2001:db8::1",
        day: "2024-02-29",
        no: "2026-02-30",
        url: "https://example.com/a?b=c#d",
        id: "0192d2b1-8a7e-7c3a-9b1e-0123456789ab",
      })),
    );
    expect(typeScript(shape)).toMatch(
      /byId: Record<string, \{[^}]*date-time[^}]*at: string;\n {2}\}>;/,
    );
    expect(typeScript(shape)).toContain("/** always empty so far */\n  none: unknown[];");
    expect(schema(shape).properties).toMatchObject({
      mail: { format: "email" },
      ip: { format: "ipv4" },
      v6: { format: "ipv6" },
      day: { format: "date" },
      url: { format: "uri" },
      id: { format: "uuid" },
    });
    expect(schema(shape).properties["no"]).not.toHaveProperty("format");
    const form = settle(shapeOf(readFormSample("a=1&b%5B%5D=x&b%5B%5D=y").value));
    expect(form.kinds).toMatchObject([
      { fields: [{ key: "a" }, { key: "b[]", value: { kinds: [{ kind: "array" }] } }] },
    ]);
  });

  test("hostile names without breaking out of what is written", () => {
    const names = [
      "__proto__",
      "constructor",
      'a"b',
      "x\ny",
      "*/ evil /*",
      "\u202e",
      "\u2028",
      "${x}",
      "toString",
    ];
    const text = `{${names.map((name) => `${JSON.stringify(name)}:1`).join(",")}}`;
    const titled = {
      name: "Sample",
      title: "*/ alert(1) /*\n",
      settled: settle(shapeOfText(text)),
    };
    const written = writeTypeScript(titled);
    expect(written).toContain('"__proto__": number;'.replaceAll('"', ""));
    expect(written.split("\n").filter((line) => line.includes("*/"))).toHaveLength(2);
    expect(written).not.toMatch(/[\u202e\u2028]/);
    expect(Object.keys(schema(shapeOfText(text)).properties).sort()).toEqual([...names].sort());
    expect(writeZod(titled)).not.toContain("__proto__:");
    expect(typeName("acme", "order.paid/v2")).toBe("AcmeOrderPaidV2");
    expect(typeName("", "42 +?")).toBe("Event42");
  });
});

describe("a sample that differs for the first time is told with its place", () => {
  const samples = times(12, (at) => ({
    id: `id${at}`,
    state: at % 2 ? "open" : "closed",
    at: "2026-11-21T10:00:00Z",
    list: [{ n: at }],
    "a/b~c": 1,
  }));
  const shape = shapeOfAll(samples);
  const told = (change: object) =>
    breaksOf(shape, valueOf(JSON.stringify({ ...samples[0], ...change })));

  test("nothing when it is like the others", () => {
    expect(told({})).toEqual([]);
    expect(told({ id: "", list: [] })).toEqual([]);
  });

  test.each([
    [{ id: undefined }, { kind: "missing", at: "/id", of: 12 }],
    [{ more: 1 }, { kind: "new", at: "/more", of: 12 }],
    [{ id: 5 }, { kind: "type", at: "/id", of: 12, was: "string", is: "number" }],
    [{ id: null }, { kind: "type", at: "/id", of: 12, was: "string", is: "null" }],
    [{ state: "merged" }, { kind: "value", at: "/state", of: 12, is: "merged" }],
    [{ at: "today" }, { kind: "format", at: "/at", of: 12, was: "date-time" }],
    [
      { list: [{ n: 1 }, { n: "x" }] },
      { kind: "type", at: "/list/1/n", of: 12, was: "number", is: "string" },
    ],
    [{ "a/b~c": "x" }, { kind: "type", at: "/a~1b~0c", of: 12, was: "number", is: "string" }],
  ])("%j", (change, expected) => {
    expect(told(change)).toEqual([expected]);
  });

  test("and nothing while there are too few before it", () => {
    const early = shapeOfAll(samples.slice(0, 9));
    expect(breaksOf(early, valueOf('{"other":1}'))).toEqual([]);
  });

  test("each kind of an object is measured by its own, and another kind's field is new to it", () => {
    const kinds = shapeOfAll(
      times(40, (at) => (at % 2 ? { type: "card", last4: "1" } : { type: "bank", iban: "2" })),
    );
    expect(breaksOf(kinds, valueOf('{"type":"card","iban":"2"}'))).toEqual([
      { kind: "missing", at: "/last4", of: 20 },
      { kind: "new", at: "/iban", of: 20 },
    ]);
    expect(breaksOf(kinds, valueOf('{"type":"cash"}'))).toMatchObject([
      { kind: "value", at: "/type" },
    ]);
  });
});
