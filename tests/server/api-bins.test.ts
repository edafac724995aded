import { describe, expect, test } from "vitest";
import type { Bin, BinMinted } from "#lib/contract/bins.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

const call = createCall(server);

describe("minting", () => {
  test("without a body: the defaults, and the key this once", async () => {
    const answer = await call("POST", "/api/bins");
    const bin = answer.json<BinMinted>();
    expect(answer.status).toBe(201);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(bin).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{20}$/),
      name: null,
      listenerWaitMs: 0,
      handshakes: true,
      enforce: false,
      confirmSns: false,
      url: `http://localhost:${server.port}/in/${bin.id}`,
      dashboardUrl: `http://localhost:${server.port}/b/${bin.id}`,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      expiresAt: null,
      requestCount: 0,
      oldestSeq: null,
      pinnedCount: 0,
      lastSeq: 0,
      revision: 0,
      response: { status: 200, headers: [], body: "", delayMs: 0, strippedHeaders: [] },
      key: expect.stringMatching(/^hlk_[0-9a-zA-Z]{32}$/),
    });
    const { key, ...shown } = bin;
    expect((await call("GET", `/api/bins/${bin.id}`, { key })).json()).toEqual(shown);
  });

  test("with a name, an answer and an expiry", async () => {
    const response = { status: 202, headers: [["X-A", "1"]], body: "h\u00e9", delayMs: 7 };
    const bin = await mint(call, { name: " shop ", response, expiresInSeconds: 60 });
    expect(bin).toMatchObject({ name: "shop", response: { ...response, strippedHeaders: [] } });
    const livesMs = Date.parse(bin.expiresAt ?? "") - Date.parse(bin.createdAt);
    expect(Math.round(livesMs / 1000)).toBe(60);
  });

  test("an answer whose bytes are no UTF-8 comes back as base64", async () => {
    const bin = await mint(call, { response: { bodyBase64: "/wD+" } });
    expect(bin.response).toEqual({
      status: 200,
      headers: [],
      bodyBase64: "/wD+",
      delayMs: 0,
      strippedHeaders: [],
    });
  });

  test("the wrong field is told and nothing is minted", async () => {
    const answer = await call("POST", "/api/bins", { body: { expiresInSeconds: 0, nmae: "x" } });
    expect(answer.status).toBe(422);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json().errors).toEqual([
      { pointer: "/expiresInSeconds", detail: "At least one second" },
      { pointer: "/nmae", detail: "Unknown field" },
    ]);
  });
});

describe("a merge patch", () => {
  const change = async (bin: BinMinted, body: unknown) =>
    (await call("PATCH", `/api/bins/${bin.id}`, { key: bin.key, body })).json<Bin>();

  test("changes what it names and leaves the rest", async () => {
    const bin = await mint(call, { name: "a", expiresInSeconds: 600, response: { status: 201 } });
    const named = await change(bin, { name: "b" });
    expect(named).toMatchObject({ name: "b", expiresAt: bin.expiresAt, response: bin.response });
    const answered = await change(bin, { response: { body: "x" } });
    expect(answered.response).toMatchObject({ status: 201, body: "x" });
    const headed = await change(bin, { response: { headers: [["Set-Cookie", "a=b"]] } });
    expect(headed.response).toMatchObject({
      status: 201,
      body: "x",
      strippedHeaders: ["Set-Cookie"],
    });
  });

  test("null takes away: name, expiry, parts of the answer, the answer", async () => {
    const response = { status: 500, body: "x", delayMs: 3 };
    const bin = await mint(call, { name: "a", expiresInSeconds: 600, response });
    expect(await change(bin, { name: null, expiresInSeconds: null })).toMatchObject({
      name: null,
      listenerWaitMs: 0,
      handshakes: true,
      enforce: false,
      confirmSns: false,
      expiresAt: null,
    });
    const { response: partly } = await change(bin, { response: { status: null, body: null } });
    expect(partly).toMatchObject({ status: 200, body: "", delayMs: 3 });
    expect((await change(bin, { response: null })).response).toMatchObject({ delayMs: 0 });
  });

  test("nothing changes with an empty one, with or without a body", async () => {
    const bin = await mint(call, { name: "a" });
    const { key, ...shown } = bin;
    expect(await change(bin, {})).toEqual(shown);
    expect((await call("PATCH", `/api/bins/${bin.id}`, { key })).json()).toEqual(shown);
  });

  test("two at once both count", async () => {
    const bin = await mint(call);
    await Promise.all([
      change(bin, { response: { status: 418 } }),
      change(bin, { response: { body: "x" } }),
      change(bin, { response: { delayMs: 1 } }),
    ]);
    const { response } = await change(bin, {});
    expect(response).toMatchObject({ status: 418, body: "x", delayMs: 1 });
  });

  test("the next captured request gets the new answer", async () => {
    const bin = await mint(call, { response: { body: "old" } });
    expect((await call("POST", `/in/${bin.id}`)).bytes.toString()).toBe("old");
    await change(bin, { response: { body: "new", status: 203 } });
    const captured = await call("POST", `/in/${bin.id}`);
    expect([captured.status, captured.bytes.toString()]).toEqual([203, "new"]);
  });
});

describe("the end of a bin", () => {
  test("deleted: gone for every call and for captures, for ever", async () => {
    const { id, key } = await mint(call, { name: "secret" });
    await call("POST", `/in/${id}`, { body: "x" });
    const deleted = await call("DELETE", `/api/bins/${id}`, { key });
    expect([deleted.status, deleted.bytes.length]).toEqual([204, 0]);
    for (const [method, path] of [
      ["GET", `/api/bins/${id}`],
      ["DELETE", `/api/bins/${id}`],
      ["GET", `/api/bins/${id}/requests`],
      ["POST", `/in/${id}`],
    ] as const) {
      const answer = await call(method, path, { key });
      expect([answer.status, answer.json().code], `${method} ${path}`).toEqual([410, "bin_gone"]);
    }
  });

  test("expired: gone at its hour", async () => {
    const { id, key } = await mint(call, { expiresInSeconds: 3 });
    expect((await call("POST", `/in/${id}`)).status).toBe(200);
    const isGone = async () =>
      (await call("GET", `/api/bins/${id}`, { key })).json().code === "bin_gone";
    await until(isGone, "its hour");
    expect((await call("POST", `/in/${id}`)).status).toBe(410);
  });
});

describe("a body that can't be taken", () => {
  test.each([
    ["not JSON", '{"name": "x"', {}, 400, "invalid_json"],
    ["not UTF-8", Buffer.from([0x22, 0xff, 0x22]), {}, 400, "invalid_json"],
    ["another type", "{}", { "Content-Type": "text/plain" }, 415, "unsupported_media_type"],
    [
      "a form",
      "name=x",
      { "Content-Type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
    ["too long", Buffer.alloc(1024 * 1024 + 1, " "), {}, 413, "body_too_large"],
    ["an array", "[]", {}, 422, "invalid_fields"],
    ["null", "null", {}, 422, "invalid_fields"],
  ] as const)("%s", async (_, body, headers, status, code) => {
    const { id, key } = await mint(call);
    for (const [method, path] of [
      ["POST", "/api/bins"],
      ["PATCH", `/api/bins/${id}`],
      ["POST", `/api/bins/${id}/keys`],
    ] as const) {
      const answer = await call(method, path, { key, body, headers });
      expect([answer.status, answer.json().code], path).toEqual([status, code]);
    }
  });

  test("a type with a charset is JSON, and JSON of 1 MiB fits", async () => {
    const body = `{"name": "x"}${" ".repeat(1024 * 1024 - 13)}`;
    const headers = { "Content-Type": "Application/JSON; charset=utf-8" };
    expect((await call("POST", "/api/bins", { body, headers })).status).toBe(201);
  });

  test("unknown fields are pointed at, whatever their name", async () => {
    const body = '{"a/b~c": 1, "__proto__": 2, "response": {"constructor": 3}}';
    const errors = (await call("POST", "/api/bins", { body })).json<{
      errors: { pointer: string }[];
    }>();
    expect(errors.errors.map((error) => error.pointer)).toEqual([
      "/response/constructor",
      "/a~1b~0c",
      "/__proto__",
    ]);
  });
});

test("a name that Postgres could not hold is refused, other scripts are not", async () => {
  expect((await call("POST", "/api/bins", { body: { name: "a\0b" } })).status).toBe(422);
  expect((await mint(call, { name: "\u05d1\u05d3\u05d9\u05e7\u05d4 \u{1f9ea}" })).name).toBe(
    "\u05d1\u05d3\u05d9\u05e7\u05d4 \u{1f9ea}",
  );
  expect((await call("POST", "/api/bins", { body: { name: "x".repeat(101) } })).status).toBe(422);
});

test("health, unknown paths, methods that a path has not", async () => {
  expect((await call("GET", "/api/health")).json()).toEqual({
    status: "ok",
    version: expect.any(String),
    database: "up",
  });
  for (const path of ["/api", "/api/", "/api/nope", "/api/bins/x/y/z"]) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await call(method, path);
      expect([answer.status, answer.json().code], `${method} ${path}`).toEqual([404, "not_found"]);
    }
  }
  const put = await call("PUT", "/api/bins");
  expect([put.status, put.json().code, put.headers.allow]).toEqual([
    405,
    "method_not_allowed",
    "GET, HEAD, POST",
  ]);
  const head = await call("HEAD", "/api/health");
  expect([head.status, head.bytes.length]).toEqual([200, 0]);
});
