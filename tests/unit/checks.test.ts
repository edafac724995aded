import { afterAll, describe, expect, test } from "vitest";
import { createChecker } from "#lib/checks/checker.ts";
import { offsetAt } from "#lib/shapes/locate.ts";

const checker = createChecker({ openMs: 1_000, checkMs: 500 });
afterAll(checker.stop);

const request = (value: unknown, more: object = {}) => ({
  json: JSON.stringify(value),
  event: null,
  method: "POST",
  path: "/",
  ...more,
});
let documents = 0;
const check = (text: string, asked: ReturnType<typeof request>, entry: string | null = null) => {
  documents += 1;
  return checker.check({ key: `document ${documents}`, entry }, async () => text, asked);
};
const schema = (more: object) => JSON.stringify({ type: "object", ...more }, null, 2);

const order = {
  type: "object",
  required: ["id", "total"],
  properties: {
    id: { type: "string", format: "uuid" },
    total: { type: "integer", minimum: 1 },
    state: { enum: ["open", "paid"] },
    lines: { type: "array", items: { $ref: "#/$defs/line" } },
  },
  $defs: {
    line: {
      type: "object",
      required: ["sku"],
      additionalProperties: false,
      properties: { sku: {} },
    },
  },
};

describe("a request is checked by a JSON Schema", () => {
  test.each([
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
    undefined,
  ])("of the dialect %s, each mistake told at its value", async ($schema) => {
    const text = JSON.stringify({ $schema, ...order });
    const good = { id: "0192d2b1-8a7e-7c3a-9b1e-0123456789ab", total: 2, lines: [{ sku: 1 }] };
    expect(await check(text, request(good))).toEqual({ kind: "valid" });
    const bad = {
      id: "0192d2b1-8a7e-7c3a-9b1e-0123456789ab",
      total: "2",
      state: "x",
      lines: [{ sku: 1 }, { a: 1 }],
    };
    const outcome = await check(text, request(bad));
    expect(outcome).toMatchObject({ kind: "invalid", isCut: false });
    const told =
      outcome.kind === "invalid" ? outcome.errors.map(({ at, message }) => `${at} ${message}`) : [];
    expect(told).toEqual(
      expect.arrayContaining([
        "/total Should be integer",
        "/state Should be one of open, paid",
        "/lines/1 Lacks sku",
        "/lines/1/a Is not allowed here",
      ]),
    );
  });

  test("and the value is found again in the body as it was sent", () => {
    const text = '{ "a": [1, {"b/c": "x"}],\n "d": null }';
    expect(text.slice(offsetAt(text, "/a/1/b~1c"))).toMatch(/^"x"/);
    expect(text.slice(offsetAt(text, "/a/1/gone"))).toMatch(/^\{"b/);
    expect(offsetAt(text, "")).toBe(0);
  });
});

const openApi = (version: string, more: object) =>
  JSON.stringify({ openapi: version, info: { title: "t", version: "1" }, paths: {}, ...more });
const body = (value: object) => ({
  requestBody: { content: { "application/json": { schema: value } } },
});
const responses = { responses: { "200": { description: "ok" } } };

describe("a request is checked by an OpenAPI document", () => {
  const nullable = {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", nullable: true } },
  };
  const v30 = openApi("3.0.3", {
    paths: {
      "/orders/{id}": {
        post: { ...responses, requestBody: { $ref: "#/components/requestBodies/Order" } },
      },
    },
    components: {
      requestBodies: {
        Order: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
        },
      },
      schemas: { Order: nullable },
    },
  });
  const v31 = openApi("3.1.0", {
    webhooks: {
      "order.paid": { post: { ...responses, ...body({ type: "object", required: ["id"] }) } },
      "order.gone": { post: { ...responses, ...body({ type: "object", required: ["why"] }) } },
    },
  });

  test("3.0: the operation by method and path, whatever stands before it", async () => {
    const at = { path: "/v1/orders/42" };
    expect(await check(v30, request({ id: null }, at))).toEqual({ kind: "valid" });
    expect(await check(v30, request({ id: 1 }, at))).toMatchObject({ errors: [{ at: "/id" }] });
    expect(await check(v30, request({}, { path: "/other" }))).toMatchObject({ kind: "unchecked" });
    expect(await check(v30, request({}), "/components/schemas/Order")).toMatchObject({
      errors: [{ at: "", message: "Lacks id" }],
    });
  });

  test("3.1: the webhook by the event's name, in YAML too", async () => {
    const gone = { event: "order.gone" };
    expect(await check(v31, request({ id: 1 }, gone))).toMatchObject({
      errors: [{ message: "Lacks why" }],
    });
    expect(await checker.open(v31, null)).toMatchObject({
      kind: "opened",
      dialect: "OpenAPI 3.1",
      entries: [{ title: "order.paid" }, { title: "order.gone" }],
    });
    const yaml =
      "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\nrequired:\n  - a\n";
    expect(await check(yaml, request({}))).toMatchObject({ errors: [{ message: "Lacks a" }] });
  });
});

describe("a document that can't be used is refused with what is wrong and where", () => {
  test.each([
    ['{\n  "type": "object",\n}', /Expected/, 3],
    ["a: 1\n  b: 2: 3", /./, 2],
    ["[]", /no object/, null],
    [schema({ properties: { a: { $ref: "https://example.com/a.json" } } }), /not fetched/, 5],
    [schema({ properties: { a: { $ref: "file:///etc/passwd" } } }), /not fetched/, 5],
    [schema({ $id: "https://json-schema.org/draft/2020-12/schema" }), /name of a dialect/, 3],
    [schema({ $vocabulary: {} }), /dialect of its own/, 3],
    [schema({ $schema: "https://example.com/dialect" }), /not known here/, null],
    [schema({ properties: { a: { type: "strin" } } }), /not valid by its own dialect/, 5],
    [schema({ $ref: "#/$defs/none" }), /./, null],
    ['{"swagger":"2.0"}', /convert it/, null],
    ['{"openapi":"4.0.0"}', /not known here/, null],
    [openApi("3.1.0", {}), /No operation/, null],
  ])("%s", async (text, detail, line) => {
    const outcome = await checker.open(text, null);
    expect(outcome).toMatchObject({ kind: "unusable", line });
    expect(outcome.kind === "unusable" && outcome.detail).toMatch(detail);
  });
});

test("what a hostile document does to its thread is told, and the next check has a new one", async () => {
  const slow = schema({ properties: { a: { type: "string", pattern: "^(a+)+$" } } });
  const hostile = request({ a: `${"a".repeat(40)}!` });
  const asked = { key: "slow", entry: null };
  expect(await checker.check(asked, async () => slow, hostile)).toMatchObject({
    kind: "unchecked",
  });
  // It rests: the same document is not tried again at once.
  const readAgain = async () => expect.fail("It was tried again.");
  expect(await checker.check(asked, readAgain, hostile)).toMatchObject({ kind: "unchecked" });
  const endless = schema({
    $ref: "#/$defs/a",
    $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } },
  });
  expect((await check(endless, request({}))).kind).toBe("unchecked");
  const names = "abcdefghijklm".split("");
  const bomb = names
    .map((name, at) =>
      at === 0
        ? `a: &a [x,x,x,x,x,x,x,x,x]`
        : `${name}: &${name} [${`*${names[at - 1]},`.repeat(9)}]`,
    )
    .join("\n");
  expect((await checker.open(bomb, null)).kind).toBe("unusable");
  expect(await check(schema({}), request({}))).toEqual({ kind: "valid" });
});
