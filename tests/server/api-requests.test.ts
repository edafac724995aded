import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bin, BinMinted, Page } from "#lib/contract/bins.ts";
import { FILTERS_MAX, type SavedFilter } from "#lib/contract/filters.ts";
import type { Suggestions } from "#lib/contract/suggestions.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type Call, createCall, mint } from "#tests/helpers/call.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { HttpConnection, headerOf, postTo } from "#tests/helpers/http-connection.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { queryText } from "#tests/helpers/search-samples.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

const SOON = { timeout: 10_000 };

let database: TestDatabase;
let server: TestServer;
let call: Call;

beforeAll(async () => {
  database = await createDatabase();
  const env = { MAX_PINS_PER_BIN: "2", MAX_PINNED_BYTES_PER_BIN: "2097152" };
  server = await startServer({ databaseUrl: database.url, env });
  call = createCall(server);
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const list = async ({ id, key }: BinMinted, query = "") =>
  (await call("GET", `/api/bins/${id}/requests${query}`, { key })).json<Page<RequestSummary>>();
const seqs = (page: Page<RequestSummary>) => page.items.map((item) => item.seq);
const send = (bin: BinMinted, count: number) =>
  Promise.all(Array.from({ length: count }, () => call("POST", `/in/${bin.id}`)));
const counts = async ({ id, key }: BinMinted) => {
  const bin = (await call("GET", `/api/bins/${id}`, { key })).json<Bin>();
  return [bin.requestCount, bin.oldestSeq, bin.lastSeq, bin.revision];
};

describe("a body with content codings", () => {
  const stored = async (body: Buffer, coding: string) => {
    const bin = await mint(call);
    const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
    const captured = await call("POST", `/in/${bin.id}`, { body, headers });
    const path = `/api/bins/${bin.id}/requests/${captured.headers["hooklens-request-id"]}/body`;
    return (query: string) => call("GET", `${path}${query}`, { key: bin.key });
  };

  test("comes as sent, and decoded when asked for", async () => {
    const body = brotliCompressSync(gzipSync('{"n":1}'));
    const read = await stored(body, "gzip, br");
    expect((await read("")).bytes.equals(body)).toBe(true);
    const decoded = await read("?decoded=true");
    expect(decoded.status).toBe(200);
    expect(decoded.bytes.toString()).toBe('{"n":1}');
    expect(decoded.headers).toMatchObject({
      "hooklens-decoded": "whole",
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(/^attachment/),
      "content-length": "7",
      "x-content-type-options": "nosniff",
    });
  });

  test("is refused where the codings can't be undone, and for a word it does not know", async () => {
    const read = await stored(Buffer.from("plain"), "br");
    expect((await read("?decoded=true")).json()).toMatchObject({
      status: 422,
      code: "undecodable_body",
    });
    expect((await read("?decoded=maybe")).json()).toMatchObject({ code: "invalid_query" });
  });

  test("is cut at 64 MiB, however far it would unfold", async () => {
    const read = await stored(gzipSync(Buffer.alloc(80 * 1024 * 1024)), "gzip");
    const decoded = await read("?decoded=true");
    expect(decoded.headers["hooklens-decoded"]).toBe("cut");
    expect(decoded.bytes.length).toBe(64 * 1024 * 1024);
  });
});

describe("one request", () => {
  test("is shown whole, and its summary is a part of it", async () => {
    const bin = await mint(call, {
      response: { status: 202, headers: [["X-A", "1"]], body: "ok" },
    });
    const captured = await call("PUT", `/in/${bin.id}/a//b?x=%zz`, {
      body: '{"n": 1}',
      headers: { "X-Odd": "caf\u00e9" },
    });
    const [summary] = (await list(bin)).items;
    const id = summary?.id;
    expect(captured.headers["hooklens-request-id"]).toBe(id);
    const path = `/api/bins/${bin.id}/requests/${id}`;
    await expect
      .poll(async () => (await call("GET", path, { key: bin.key })).json().answered, SOON)
      .toEqual({ outcome: "sent", respondedMs: expect.any(Number) });
    const request = (await call("GET", path, { key: bin.key })).json<CapturedRequest>();
    expect(request).toEqual({
      id,
      binId: bin.id,
      seq: 1,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      method: "PUT",
      target: "/a//b?x=%zz",
      requestTarget: `/in/${bin.id}/a//b?x=%zz`,
      url: `http://127.0.0.1:${server.port}/in/${bin.id}/a//b?x=%zz`,
      httpVersion: "1.1",
      headers: expect.arrayContaining([["X-Odd", "caf\u00e9"]]),
      trailers: [],
      contentType: "application/json",
      bodySize: 8,
      bodyDeclaredSize: 8,
      bodyTruncated: false,
      bodyIncomplete: false,
      bodySha256: createHash("sha256").update('{"n": 1}').digest("hex"),
      remoteAddress: "127.0.0.1",
      redacted: [],
      provider: null,
      thread: { id: expect.stringMatching(/^[\w-]{22}$/), by: "body", place: 1, count: 1 },
      signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
      response: {
        status: 202,
        headers: expect.arrayContaining([
          ["Hooklens-Request-Id", id],
          ["Content-Security-Policy", "sandbox"],
          ["X-A", "1"],
        ]),
        bodySize: 2,
      },
      answered: { outcome: "sent", respondedMs: expect.any(Number) },
      timing: {
        headMs: expect.any(Number),
        bodyMs: expect.any(Number),
        storedMs: expect.any(Number),
      },
    });
    const [settled] = (await list(bin)).items;
    expect(request).toMatchObject(settled as object);
  });

  test("its head is timed from the accepted connection; a further one on it has no such time", async () => {
    const bin = await mint(call);
    const connection = await HttpConnection.open(server.port);
    const [requestLine = "", rest = ""] = postTo(bin.id, "1")
      .toString()
      .split(/(?<=HTTP\/1\.1\r\n)/);
    await connection.write(requestLine);
    await sleep(300);
    const answers = [await connection.request(rest), await connection.request(postTo(bin.id, "2"))];
    connection.close();
    const timings = answers.map(async (answer) => {
      const path = `/api/bins/${bin.id}/requests/${headerOf(answer, "hooklens-request-id")}`;
      return (await call("GET", path, { key: bin.key })).json<CapturedRequest>().timing;
    });
    const [first, second] = await Promise.all(timings);
    expect(first?.headMs).toBeGreaterThanOrEqual(250);
    expect(second?.headMs).toBeNull();
  });

  test("another bin's request, a wrong id and no id are all simply not there", async () => {
    const [mine, theirs] = [await mint(call), await mint(call)];
    await send(theirs, 1);
    const foreign = (await list(theirs)).items[0]?.id;
    const unknown = "01a1fd44-94ba-75f9-a0b1-0ecee6017adc";
    for (const tail of ["", "/body", "/raw"]) {
      const answers = await Promise.all(
        [foreign, unknown, "x", "%00", "%F0%9F%A7%AA"].map((id) =>
          call("GET", `/api/bins/${mine.id}/requests/${id}${tail}`, { key: mine.key }),
        ),
      );
      for (const answer of answers) {
        expect([answer.status, answer.json().code]).toEqual([404, "request_not_found"]);
        expect(answer.bytes).toEqual(answers[0]?.bytes);
      }
    }
    const removal = await call("DELETE", `/api/bins/${mine.id}/requests/${foreign}`, {
      key: mine.key,
    });
    expect(removal.status).toBe(404);
    expect(await counts(theirs)).toEqual([1, 1, 1, 0]);
  });
});

describe("downloads", () => {
  test.each([
    ["nothing", Buffer.alloc(0)],
    ["all 256 values", Buffer.from(Array.from({ length: 256 }, (_, value) => value))],
    ["300 KiB, stored apart", randomBytes(300 * 1024)],
    ["3 MiB, in many pieces", randomBytes(3 * 1024 * 1024 + 17)],
  ])("the body to the byte: %s", async (_, body) => {
    const bin = await mint(call);
    const headers = { "Content-Type": "text/html" };
    await call("POST", `/in/${bin.id}`, { body, headers });
    const path = `/api/bins/${bin.id}/requests/${(await list(bin)).items[0]?.id}`;
    const download = await call("GET", `${path}/body`, { key: bin.key });
    expect(download.bytes.equals(body)).toBe(true);
    expect(download.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="request-1-body.bin"',
      "content-length": String(body.length),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    const head = await call("HEAD", `${path}/body`, { key: bin.key });
    expect([head.status, head.headers["content-length"]]).toEqual([200, String(body.length)]);
    const raw = await call("GET", `${path}/raw`, { key: bin.key });
    const start = `POST /in/${bin.id} HTTP/1.1\r\nContent-Type: text/html\r\n`;
    expect(raw.bytes.subarray(0, start.length).toString()).toBe(start);
    expect(raw.bytes.subarray(raw.bytes.indexOf("\r\n\r\n") + 4).equals(body)).toBe(true);
    expect(raw.headers["content-disposition"]).toBe('attachment; filename="request-1.http"');
  });
});

describe("lists", () => {
  test("newest first, in pages; a parameter that can't be is refused", async () => {
    const bin = await mint(call);
    await send(bin, 7);
    const first = await list(bin, "?limit=3");
    const second = await list(bin, `?limit=3&cursor=${first.next}`);
    const third = await list(bin, `?limit=3&cursor=${second.next}`);
    expect([first, second, third].map(seqs)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(third.next).toBeNull();
    expect((await list(bin, "?limit=7")).next).toBeNull();
    for (const query of [
      "limit=0",
      "limit=201",
      "limit=x",
      "limit=1e2",
      "limit=",
      "limit=1&limit=2",
      "cursor=x",
      "cursor=-1",
      "cursor=1.5",
      "cursor=9999999999999999",
      "page=2",
      "q=a&q=b",
    ]) {
      const answer = await call("GET", `/api/bins/${bin.id}/requests?${query}`, { key: bin.key });
      expect([answer.status, answer.json().code], query).toEqual([400, "invalid_query"]);
    }
  });

  test("what comes while one pages disturbs nothing", async () => {
    const bin = await mint(call);
    await send(bin, 40);
    let stop = false;
    const sender = (async () => {
      while (!stop) await send(bin, 5);
    })();
    const seen: number[] = [];
    let { items, next } = await list(bin, "?limit=6");
    for (;;) {
      seen.push(...items.map((item) => item.seq));
      if (!next) break;
      ({ items, next } = await list(bin, `?limit=6&cursor=${next}`));
    }
    stop = true;
    await sender;
    const newest = seen[0] ?? 0;
    expect(newest).toBeGreaterThanOrEqual(40);
    expect(seen).toEqual(Array.from({ length: newest }, (_, place) => newest - place));
  });
});

describe("removal", () => {
  test("of one leaves a gap and raises the revision", async () => {
    const bin = await mint(call);
    await send(bin, 3);
    const middle = (await list(bin)).items[1];
    const path = `/api/bins/${bin.id}/requests/${middle?.id}`;
    const removed = await call("DELETE", path, { key: bin.key });
    expect([removed.status, removed.bytes.length]).toEqual([204, 0]);
    expect(seqs(await list(bin))).toEqual([3, 1]);
    expect(await counts(bin)).toEqual([2, 1, 3, 1]);
    expect((await call("DELETE", path, { key: bin.key })).json().code).toBe("request_not_found");
    expect(await counts(bin)).toEqual([2, 1, 3, 1]);
  });

  test("of all is at once, and numbers go on", async () => {
    const bin = await mint(call);
    await send(bin, 3);
    const old = (await list(bin)).items[0]?.id;
    expect((await call("DELETE", `/api/bins/${bin.id}/requests`, { key: bin.key })).status).toBe(
      204,
    );
    expect(await counts(bin)).toEqual([0, null, 3, 1]);
    expect((await list(bin)).items).toEqual([]);
    for (const tail of ["", "/body", "/raw"]) {
      const path = `/api/bins/${bin.id}/requests/${old}${tail}`;
      expect((await call("GET", path, { key: bin.key })).status).toBe(404);
    }
    await call("DELETE", `/api/bins/${bin.id}/requests`, { key: bin.key });
    expect(await counts(bin)).toEqual([0, null, 3, 1]);
    await send(bin, 1);
    expect(await counts(bin)).toEqual([1, 4, 4, 1]);
  });
});

describe("what people say of a request", () => {
  const idsOf = async (bin: BinMinted) => (await list(bin)).items.map(({ id }) => id).toReversed();
  const change = (bin: BinMinted, id: string, body: unknown) =>
    call("PATCH", `/api/bins/${bin.id}/requests/${id}`, { key: bin.key, body });
  const changeMarked = (bin: BinMinted, body: unknown) =>
    call("PATCH", `/api/bins/${bin.id}/requests`, { key: bin.key, body });
  const found = async (bin: BinMinted, q: string) =>
    seqs(await list(bin, `?q=${encodeURIComponent(q)}`));

  test("is shown with it and found by it, and null takes it away", async () => {
    const bin = await mint(call);
    await send(bin, 2);
    const [first = ""] = await idsOf(bin);
    const note = `Look here\n\u202e\u05d0 <b>`;
    const labels = [" To do ", "to  DO", "\u{1f9ea}", "\u05d0\u05d1"];
    const changed = (await change(bin, first, { note, labels })).json<CapturedRequest>();
    const kept = ["To do", "\u{1f9ea}", "\u05d0\u05d1"];
    expect(changed).toMatchObject({ seq: 1, note, noteLine: "Look here", labels: kept });
    expect(changed).not.toHaveProperty("pinned");
    const [, summary] = (await list(bin)).items;
    expect(summary).toMatchObject({ noteLine: "Look here", labels: kept });
    expect(summary).not.toHaveProperty("note");
    for (const q of ["label:TO*", "label:\u{1f9ea}", "note:here", "note:*", "-pinned:yes id:1"]) {
      expect([q, await found(bin, q)]).toEqual([q, [1]]);
    }
    expect(await found(bin, "-label:* pinned:no")).toEqual([2]);
    const listed = await call("GET", `/api/bins/${bin.id}/labels`, { key: bin.key });
    expect(listed.json()).toEqual({
      items: kept.toSorted().map((label) => ({ label, count: 1 })),
      next: null,
    });
    const plain = (await change(bin, first, { note: null, labels: [] })).json<CapturedRequest>();
    for (const name of ["note", "noteLine", "labels"]) expect(plain).not.toHaveProperty(name);
    expect(await found(bin, "note:* OR label:*")).toEqual([]);
  });

  test("that can't be kept is refused with its pointer, and nothing is changed", async () => {
    const bin = await mint(call);
    await send(bin, 1);
    const [id = ""] = await idsOf(bin);
    const many = Array.from({ length: 21 }, (_, at) => `l${at}`);
    for (const [body, pointer] of [
      [{ note: "x".repeat(4_097) }, "/note"],
      [{ note: "a\0b" }, "/note"],
      [{ labels: ["ok", "x".repeat(41)] }, "/labels/1"],
      [{ labels: ["  "] }, "/labels/0"],
      [{ labels: ["a,b"] }, "/labels/0"],
      [{ labels: ["a\u202eb"] }, "/labels/0"],
      [{ labels: ["a\nb"] }, "/labels/0"],
      [{ labels: many }, "/labels"],
      [{ pinned: "yes" }, "/pinned"],
      [{ colour: "red" }, "/colour"],
      [{ note: "not kept", provider: "nobody-known" }, "/provider"],
    ] as const) {
      const answer = await change(bin, id, body);
      expect([body, answer.json()]).toEqual([
        body,
        expect.objectContaining({ code: "invalid_fields", status: 422 }),
      ]);
      expect([body, answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer]).toEqual([
        body,
        pointer,
      ]);
    }
    expect((await change(bin, id, {})).json()).not.toHaveProperty("note");
    expect((await change(bin, "nope", { pinned: true })).json()).toMatchObject({ status: 404 });
    const other = await mint(call);
    expect((await change(other, id, { note: "x" })).json()).toMatchObject({ status: 404 });
  });

  test("of several at once: each that can be is changed, and the others are told with why", async () => {
    const bin = await mint(call);
    await send(bin, 4);
    const ids = await idsOf(bin);
    const gone = "01998877-6655-7443-8221-1100ffeeddcc";
    const asked = { ids: [...ids.slice(0, 3), gone], addLabels: ["a", "b"], pinned: true };
    expect((await changeMarked(bin, asked)).json()).toMatchObject({
      changed: ids.slice(0, 2),
      refused: [
        { id: ids[2], code: "pins_full", detail: expect.stringContaining("MAX_PINS_PER_BIN") },
        { id: gone, code: "request_not_found" },
      ],
    });
    const labels = { ids, addLabels: ["c"], removeLabels: ["A"] };
    expect((await changeMarked(bin, labels)).json()).toEqual({ changed: ids, refused: [] });
    expect((await list(bin)).items.map(({ labels: each, pinned }) => [each, pinned])).toEqual([
      [["c"], undefined],
      [["c"], undefined],
      [["b", "c"], true],
      [["b", "c"], true],
    ]);
    for (const body of [{ ids: [] }, { ids: ["x"] }, { ids, nope: 1 }]) {
      expect((await changeMarked(bin, body)).status).toBe(422);
    }
    expect((await call("PATCH", `/api/bins/${bin.id}/requests`, { body: asked })).status).toBe(401);
  });

  test("pins have room for so much, and a clear leaves them unless it is told not to", async () => {
    const bin = await mint(call);
    await call("POST", `/in/${bin.id}`, { body: Buffer.alloc(1024 * 1024) });
    await call("POST", `/in/${bin.id}`, { body: Buffer.alloc(1024 * 1024) });
    const [first = "", second = ""] = await idsOf(bin);
    expect((await change(bin, first, { pinned: true })).json()).toMatchObject({ pinned: true });
    expect((await change(bin, second, { pinned: true, note: "x" })).json()).toMatchObject({
      status: 409,
      code: "pins_full",
      detail: expect.stringContaining("MAX_PINNED_BYTES_PER_BIN"),
    });
    const requests = `/api/bins/${bin.id}/requests`;
    expect((await call("DELETE", requests, { key: bin.key })).status).toBe(204);
    expect(seqs(await list(bin))).toEqual([1]);
    expect((await call("GET", `/api/bins/${bin.id}`, { key: bin.key })).json()).toMatchObject({
      requestCount: 1,
      pinnedCount: 1,
      oldestSeq: 1,
    });
    expect((await change(bin, first, { pinned: false })).json()).toMatchObject({
      status: 409,
      code: "pin_keeps_it",
    });
    await call("DELETE", `${requests}?pinned=true`, { key: bin.key });
    expect([await counts(bin), seqs(await list(bin))]).toEqual([[0, null, 2, 2], []]);
  });
});

describe("a plain search", () => {
  test("looks in method, target, headers and the body's beginning, in any letter case", async () => {
    const bin = await mint(call);
    const put = (path: string, body?: Buffer | string, headers = {}) =>
      call(body === undefined ? "GET" : "POST", `/in/${bin.id}${path}`, { body, headers });
    await put("/orders/100%25?x=a_b", "Hello W\u00f6rld");
    await put("/x", Buffer.from([0, 1, 0xff, 0x41, 0x42, 0x43]), { "X-Sig": "t=1,v1=AbC" });
    await put(
      "/y",
      Buffer.concat([Buffer.alloc(65_530, "."), Buffer.from("inside"), Buffer.from("beyond")]),
    );
    await put(
      "/z",
      Buffer.concat([Buffer.from("early"), Buffer.alloc(300 * 1024, "."), Buffer.from("late")]),
    );
    await put("/plain");
    const found = async (q: string) => seqs(await list(bin, `?q=${encodeURIComponent(q)}`));
    expect(await found("")).toEqual([5, 4, 3, 2, 1]);
    expect(await found("hello")).toEqual([1]);
    expect(await found("W\u00f6rld")).toEqual([1]);
    expect(await found('"x-sig: T=1"')).toEqual([2]);
    expect(await found("abc")).toEqual([2]);
    expect(await found("get")).toEqual([5]);
    expect(await found("orders post")).toEqual([1]);
    expect(await found("orders get")).toEqual([]);
    expect(await found('"hello w\u00f6rld"')).toEqual([1]);
    expect(await found("insid")).toEqual([3]);
    expect(await found("beyond")).toEqual([]);
    expect(await found("early")).toEqual([4]);
    expect(await found("late")).toEqual([]);
    expect(await found("100%")).toEqual([1]);
    expect(await found("a_b")).toEqual([1]);
    expect(await found("a%b")).toEqual([]);
    const paged = await list(bin, "?q=post&limit=3");
    expect(seqs(paged)).toEqual([4, 3, 2]);
    expect(seqs(await list(bin, `?q=post&limit=3&cursor=${paged.next}`))).toEqual([1]);
  });

  test("asks for fields, with OR, not and comparisons", async () => {
    const bin = await mint(call);
    const post = (path: string, body: string, headers = {}) =>
      call("POST", `/in/${bin.id}${path}`, { body, headers });
    await post("/a?page=2", '{"amount": 1500, "lines": [{"sku": "x-1"}]}', {
      "Content-Type": "text/plain",
      "X-Kind": "order",
    });
    await post("/b", '{"amount": 99.5, "lines": []}', { "Content-Type": "application/json" });
    await post("/b/c", "amount=7&card[last]=4242", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    const found = async (q: string) => seqs(await list(bin, `?q=${encodeURIComponent(q)}`));
    expect(await found("body.amount>100")).toEqual([1]);
    expect(await found("body.amount<=99.5")).toEqual([3, 2]);
    expect(await found("body.lines[0].sku:X-*")).toEqual([1]);
    expect(await found("body.card.last:4242")).toEqual([3]);
    expect(await found("query.page:2 OR path:/b")).toEqual([2, 1]);
    expect(await found("-path:/b* method:post")).toEqual([1]);
    expect(await found("header.x-kind:order")).toEqual([1]);
    expect(await found("type:application/json")).toEqual([2]);
    expect(await found("status:200 -(id:1 OR id:2)")).toEqual([3]);
    expect(await found("forward:*")).toEqual([]);
    expect(await found("at>-10m size>20b")).toEqual([3, 2, 1]);
  });

  test.each([
    ["evnt:ping", "Column 1: expected a field, not evnt"],
    ["push size>big", "Column 11: expected a size in bytes"],
    ["(a OR", "Column 6: expected a term after OR."],
  ])("a mistake is told with its column: %s", async (query, expected) => {
    const { id, key } = await mint(call);
    const answer = await call("GET", `/api/bins/${id}/requests?q=${encodeURIComponent(query)}`, {
      key,
    });
    expect(answer.status).toBe(400);
    const detail = expect.stringContaining(expected) as string;
    expect(answer.json()).toMatchObject({
      code: "invalid_query",
      detail,
      errors: [{ pointer: "?q", detail }],
    });
  });

  test("a quote left open is told with its column", async () => {
    const { id, key } = await mint(call);
    const answer = await call("GET", `/api/bins/${id}/requests?q=a%20%22b`, { key });
    const detail = 'Column 5: expected a closing " for the one at column 3.';
    expect(answer.json()).toMatchObject({
      code: "invalid_query",
      detail,
      errors: [{ pointer: "?q", detail }],
    });
  });
});

describe("saved filters", () => {
  test("are kept under names, which are one of a kind, and told to open pages", async () => {
    const { id, key } = await mint(call);
    const path = `/api/bins/${id}/filters`;
    const tap = await tapLive(server.origin, { bin: id, key });
    await tap.next("requests");
    const saved = await call("POST", path, { key, body: { name: " Big ", q: "size>10kb" } });
    expect(saved.status).toBe(201);
    await tap.next("bin");
    const big = saved.json<SavedFilter>();
    expect(big).toMatchObject({ name: "Big", q: "size>10kb" });
    const paid = { name: "\u00c4 paid", q: 'event:"invoice paid" OR -body.n>1' };
    expect((await call("POST", path, { key, body: paid })).status).toBe(201);
    const taken = await call("POST", path, { key, body: { name: "BIG", q: "x" } });
    expect(taken.json()).toMatchObject({ code: "filter_exists", errors: [{ pointer: "/name" }] });

    const change = (patch: object) => call("PATCH", `${path}/${big.id}`, { key, body: patch });
    expect((await change({ q: "size>20kb", name: "big" })).json()).toMatchObject({ name: "big" });
    expect((await change({ name: paid.name })).status).toBe(409);
    expect((await change({})).status).toBe(422);
    const names = async () =>
      (await call("GET", path, { key })).json<Page<SavedFilter>>().items.map(({ name }) => name);
    expect(await names()).toEqual([paid.name, "big"]);
    expect((await call("DELETE", `${path}/${big.id}`, { key })).status).toBe(204);
    for (const gone of [big.id, "nobody"]) {
      const answer = await call("DELETE", `${path}/${gone}`, { key });
      expect(answer.json()).toMatchObject({ code: "filter_not_found" });
    }
    expect(await names()).toEqual([paid.name]);
    const other = await mint(call);
    const foreign = await call("GET", `/api/bins/${other.id}/filters`, { key: other.key });
    expect(foreign.json()).toEqual({ items: [], next: null });
    tap.close();
  });

  test("are refused where the query can't be read, and beyond fifty", async () => {
    const { id, key } = await mint(call);
    const save = (name: string, q: string) =>
      call("POST", `/api/bins/${id}/filters`, { key, body: { name, q } });
    expect((await save("x", "a event:")).json()).toMatchObject({
      code: "invalid_fields",
      errors: [{ pointer: "/q", detail: "Column 9: expected a value after event:" }],
    });
    for (const [name, q] of [
      ["", "a"],
      ["x".repeat(61), "a"],
      ["x", " "],
      ["x", "a".repeat(1001)],
    ] as const) {
      expect((await save(name, q)).status).toBe(422);
    }
    // They wait for each other; a busy machine would be out of patience with all of them at once.
    const early = FILTERS_MAX - 5;
    for (let at = 0; at < early; at += 1) {
      expect((await save(`n${at}`, "a")).status).toBe(201);
    }
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, at) => save(`n${early + at}`, "a")),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(all.find(({ status }) => status !== 201)?.json()).toMatchObject({
      code: "too_many_filters",
    });
  });
});

test("what a query may ask for is told by the newest requests, and no more once they are cleared", async () => {
  const bin = await mint(call);
  const told = async () => {
    const { id, key } = bin;
    const answer = await call("GET", `/api/bins/${id}/search/suggestions`, { key });
    return answer.json<Suggestions>();
  };
  expect(await told()).toEqual({ looked: 0, places: [] });
  const headers = { "X-GitHub-Event": "push", "Content-Type": "application/json" };
  const body = '{"ref": "refs/heads/main", "n": [1, 2], "s": "7"}';
  await call("PUT", `/in/${bin.id}/hook?a=b%20c`, { body, headers });
  const { looked, places } = await told();
  expect(looked).toBe(1);
  expect(places).toEqual(
    expect.arrayContaining([
      { field: "method", type: "text", values: ["PUT"] },
      { field: "header.x-github-event", type: "text", values: ["push"] },
      { field: "query.a", type: "text", values: ['"b c"'] },
      { field: "body.n[*]", type: "number", values: ["1", "2"] },
      { field: "body.s", type: "text", values: ['"7"'] },
    ]),
  );
  await call("DELETE", `/api/bins/${bin.id}/requests`, { key: bin.key });
  expect(await told()).toEqual({ looked: 0, places: [] });
});

describe("any text as a query", () => {
  test("is a page or a mistake with its column, and never more: nothing else comes of it", async () => {
    const bin = await mint(call);
    const other = await mint(call);
    const bodies = [
      "a".repeat(9_000),
      `{"a":${"[".repeat(3000)}`,
      '{"a":{"b":"\\u0000 1"}}',
      "\0%_",
    ];
    for (const body of bodies) await call("POST", `/in/${bin.id}/a'%_a"`, { body });
    await call("POST", `/in/${other.id}/other`, { body: "aaaa" });
    const ask = async (text: string) => {
      const q = encodeURIComponent(text.toWellFormed());
      const answer = await call("GET", `/api/bins/${bin.id}/requests?q=${q}`, { key: bin.key });
      if (answer.status === 200) {
        const { items } = answer.json<Page<RequestSummary>>();
        expect(items.length).toBeLessThanOrEqual(bodies.length);
        expect(items.every(({ target }) => target.startsWith("/a"))).toBe(true);
      } else {
        const { code, detail } = answer.json<{ code: string; detail: string }>();
        expect([text, answer.status, code]).toEqual([text, 400, "invalid_query"]);
        expect(detail).toMatch(/^Column \d+: expected|^\?q: At most/);
      }
    };
    const sign = fc.constantFrom(..."\"\\'()-:<>=.*[]%_; \t\0#/a1{}|$?+^".split(""));
    const broken = fc.tuple(queryText, fc.nat(), sign, fc.nat(3)).map(([text, at, char, cut]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + char + text.slice(place + cut);
    });
    const injected = fc.constantFrom(
      "event:' OR 1=1 --",
      `path:"'; DROP TABLE requests; --"`,
      "method:$1",
      "ip:\\",
      "event:%",
      'type:"\\\\%"',
    );
    const any = fc.oneof(
      { weight: 3, arbitrary: broken },
      { weight: 2, arbitrary: fc.string({ unit: sign, maxLength: 40 }) },
      fc.string({ unit: "binary", maxLength: 40 }),
      injected,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 8, maxLength: 8 }), async (texts) => {
        await Promise.all(texts.map(ask));
      }),
      { numRuns: 9 },
    );
    expect(await counts(bin)).toEqual([bodies.length, 1, bodies.length, 0]);
    expect(await counts(other)).toEqual([1, 1, 1, 0]);
  });

  test("with many wildcards takes one look at each place, whatever stands between them", async () => {
    const bin = await mint(call);
    const path = "a".repeat(8000);
    for (let at = 0; at < 30; at++) {
      await call("POST", `/in/${bin.id}/${path}`, { body: `{"a":"${"a".repeat(60_000)}"}` });
    }
    // A matcher that goes back would take longer than the sun has left.
    const stars = "a*".repeat(240);
    const none = [`${stars}b`, `path:*${stars}b`, `body.a:*${stars}b`, `header.*:*${stars}b`];
    const each = [`path:/${stars}`, `body.a:${stars}`, `-path:*${stars}b`];
    none.push(`(${"-(".repeat(8)}path:*${stars}b${")".repeat(8)})`);
    for (const q of [...none, ...each]) {
      let found = 0;
      for (let next: string | null = ""; next !== null; ) {
        const cursor: string = next && `&cursor=${next}`;
        const page: Page<RequestSummary> = await list(bin, `?q=${encodeURIComponent(q)}${cursor}`);
        found += page.items.length;
        next = page.next;
      }
      expect([q, found]).toEqual([q, none.includes(q) ? 0 : 30]);
    }
  });
});
