import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { HttpConnection, headerOf, postTo } from "#tests/helpers/http-connection.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { createListing, seqs } from "#tests/helpers/listing.ts";
import { until } from "#tests/helpers/until.ts";

const SOON = { timeout: 10_000 };

const call = createCall(server);
const { list, send, counts } = createListing(call);

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
    const cut = async () => {
      const decoded = await read("?decoded=true");
      // On a busy machine the time for it may be over before.
      return decoded.headers["hooklens-decoded"] === "cut" && decoded;
    };
    expect((await until(cut, "the cut")).bytes.length).toBe(64 * 1024 * 1024);
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
