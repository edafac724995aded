import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { oddRequests } from "#tests/fixtures/odd-requests.ts";
import { type BinFiles, binFiles, type ExportLine } from "#tests/helpers/bin-files.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { TestListener } from "#tests/helpers/listener.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { sendOddRequests } from "#tests/helpers/send-odd.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

let database: TestDatabase;
let server: TestServer;
let odd: BinFiles;

beforeAll(async () => {
  database = await createDatabase();
  const env = { MAX_REQUESTS_PER_BIN: "400", MINT_RATE: "0", MAX_PINS_PER_BIN: "2" };
  server = await startServer({ databaseUrl: database.url, env });
  const bin = await mint();
  odd = binFiles(server.origin, bin);
  await sendOddRequests(server.port, bin.id);
  const api = createApiClient({ origin: server.origin, key: bin.key });
  const all = (await api.requests(bin.id, { limit: 200 })).items.toReversed();
  const said = [
    { note: "Look at this,\n=1+1", labels: ["a b", "\u{1f9ea}"] },
    { pinned: true },
    PINNED,
  ];
  for (const [at, patch] of said.entries()) {
    await api.changeRequest(bin.id, all[at]?.id ?? "", patch);
  }
}, 120_000);

const PINNED = { pinned: true, labels: ["kept"] };

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const mint = () => mintAt(server.origin);
const fresh = async () => binFiles(server.origin, await mint());

/** What names a request here and not elsewhere is taken out of its line. */
const withoutNames = (line: string): string =>
  line
    .replace(/^\{"id":"[^"]*","seq":\d+,/, "{")
    .replace(/"imported":\{[^}]*\},/, "")
    .replace(/"binId":"[^"]*",/, "");

const read = (line: string) => JSON.parse(line) as ExportLine;

describe("an NDJSON export that is imported", () => {
  test("and exported again is the same byte for byte, but for the names that the bin gives", async () => {
    const lines = await odd.lines();
    const file = await odd.text("ndjson");
    const bin = await fresh();
    const report = await bin.import(file);
    expect(report).toEqual({
      format: "ndjson",
      taken: lines.length,
      firstSeq: 1,
      lastSeq: lines.length,
      refused: 0,
      refusals: [],
      notes: [],
      isWhole: true,
    });
    // What became of the answers is written within 250 ms.
    await until(
      async () => (await bin.lines()).every((line) => read(line).answered || !read(line).response),
      "the answers",
    );
    const again = await bin.lines();
    expect(again.length).toBe(lines.length);
    const differing = again.findIndex(
      (line, index) => withoutNames(line) !== withoutNames(lines[index] ?? ""),
    );
    expect(withoutNames(again[differing] ?? "").slice(0, 3000)).toBe(
      withoutNames(lines[differing] ?? "").slice(0, 3000),
    );
    expect(differing).toBe(-1);
    const first = read(again[0] ?? "");
    expect(first.imported).toMatchObject({ format: "ndjson", seq: 1, id: read(lines[0] ?? "").id });
    expect(first.receivedAt).toBe(read(lines[0] ?? "").receivedAt);
    expect(first.id).not.toBe(read(lines[0] ?? "").id);
  });

  test("shows the body, the raw message and the URL of where it was captured", async () => {
    const [line = ""] = await odd.lines("method:GET size>5");
    const bin = await mint();
    const files = binFiles(server.origin, bin);
    await files.import(line);
    const api = createApiClient({ origin: server.origin, key: bin.key });
    const { items } = await api.requests(bin.id);
    const request = await api.request(bin.id, items[0]?.id ?? "");
    expect(request.url).toBe(read(line).url);
    expect(request.requestTarget).toBe(read(line).requestTarget);
    expect(Buffer.from(await api.body(bin.id, request.id)).toString("base64")).toBe(
      read(line).bodyBase64,
    );
  });

  test("and was written before heads were timed is taken, with no such time", async () => {
    const [line = ""] = await odd.lines();
    const bin = await fresh();
    const report = await bin.import(line.replace(/"headMs":[^,]*,/, ""));
    expect(report).toMatchObject({ taken: 1, refused: 0 });
    const [taken = ""] = await bin.lines();
    expect(read(line).timing.headMs).toBeGreaterThan(0);
    expect(read(taken).timing).toMatchObject({ bodyMs: read(line).timing.bodyMs, headMs: null });
  });

  test("and was cut is told to be, with what came of it stored", async () => {
    const file = await odd.text("ndjson", "size<1kb");
    const bin = await fresh();
    const report = await bin.import(file.slice(0, file.length / 2));
    expect(report).toMatchObject({ isWhole: false, refused: 1 });
    expect(report.taken).toBeGreaterThan(10);
    expect((await bin.lines()).length).toBe(report.taken);
  });
});

describe("a HAR", () => {
  test("of ours keeps all that was captured of a request", async () => {
    const bin = await fresh();
    const report = await bin.import(await odd.text("har"));
    expect(report).toMatchObject({ format: "har", refused: 0, refusals: [], isWhole: true });
    const lines = (await bin.lines()).map(read);
    const expected = (await odd.lines()).map(read);
    const captured = (line: ExportLine) => ({
      receivedAt: line.receivedAt,
      method: line.method,
      target: line.target,
      requestTarget: line.requestTarget,
      url: line.url,
      httpVersion: line.httpVersion,
      headers: line.headers,
      trailers: line.trailers,
      bodySha256: line.bodySha256,
      bodyDeclaredSize: line.bodyDeclaredSize,
      marks: [line.bodyTruncated, line.bodyIncomplete, line.redacted],
      said: [line.note, line.noteLine, line.labels, line.pinned],
      remoteAddress: line.remoteAddress,
      headMs: line.timing.headMs,
      response: line.response && { status: line.response.status, headers: line.response.headers },
    });
    expect(lines.map(captured)).toEqual(expected.map(captured));
    expect(lines.length).toBe(oddRequests("x").length - 1);
  });

  test("of a browser is read, and what it does not tell is said", async () => {
    const entry = (request: object, more: object = {}) => ({
      startedDateTime: "2026-05-01T12:00:00.123+02:00",
      time: 12,
      request: {
        method: "POST",
        url: "https://shop.example/hook?a=1#part",
        httpVersion: "h2",
        headers: [],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
        ...request,
      },
      response: {
        status: 0,
        statusText: "",
        httpVersion: "",
        headers: [],
        cookies: [],
        content: { size: 0, mimeType: "" },
        redirectURL: "",
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0.5, wait: 10, receive: 1 },
      ...more,
    });
    const har = {
      log: {
        version: "1.2",
        creator: { name: "Some Browser", version: "1" },
        pages: [{ entries: [{ not: "an entry" }], comment: "}]{" }],
        entries: [
          entry({
            headers: [
              { name: ":method", value: "POST" },
              { name: "content-type", value: "application/json" },
            ],
            postData: { mimeType: "application/json", text: '{"\u00e9":"\\"}]"}' },
          }),
          entry({
            postData: {
              mimeType: "application/x-www-form-urlencoded",
              params: [{ name: "a b", value: "1&2" }],
            },
          }),
          entry({ url: "ws://shop.example/socket" }),
          entry({ headers: [{ name: "x-evil", value: "a\r\nHost: other" }] }),
          entry({ method: "POST /x HTTP/1.1\r\nA:" }),
        ],
      },
    };
    const bin = await fresh();
    const report = await bin.import(JSON.stringify(har, null, 2));
    expect(report).toMatchObject({ taken: 2, refused: 3, isWhole: true });
    expect(report.refusals.map(({ place }) => place)).toEqual([3, 4, 5]);
    expect(report.notes.length).toBe(4);
    const [first, second] = (await bin.lines()).map(read);
    expect(first).toMatchObject({
      receivedAt: "2026-05-01T10:00:00.123000Z",
      target: "/hook?a=1",
      url: "https://shop.example/hook?a=1",
      headers: [["content-type", "application/json"]],
      remoteAddress: "",
      response: null,
    });
    expect(Buffer.from(first?.bodyBase64 ?? "", "base64").toString()).toBe('{"é":"\\"}]"}');
    expect(Buffer.from(second?.bodyBase64 ?? "", "base64").toString()).toBe("a+b=1%262");
  });
});

describe("a hostile file", () => {
  test("is refused line by line, and what is sound between is taken", async () => {
    const [sound = ""] = await odd.lines("size<20 size>1");
    const changed = (change: object) => JSON.stringify({ ...read(sound), ...change });
    const hostile: [string, RegExp][] = [
      ["{", /no JSON/],
      ["[]", /expected object/i],
      ['{"__proto__":{"id":"x"}}', /expected/i],
      [`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /nested deeper/],
      [`{"a":[${"{},".repeat(200_000)}0]}`, /more than 100000 values/],
      [changed({ method: "GET / HTTP/1.1\r\nX: y\r\n\r\n" }), /method/],
      [changed({ headers: [["A", "b\r\nC: d"]] }), /headers/],
      [changed({ headers: [["A\r\nB", "c"]] }), /headers/],
      [changed({ headers: [["A", "\u0000"]] }), /headers/],
      [changed({ headers: [["A", "\u{1f600}"]] }), /headers/],
      [changed({ headers: Array.from({ length: 9_000 }, () => ["Name", "value"]) }), /64 KiB/],
      [changed({ target: "/a b" }), /target/],
      [changed({ requestTarget: "/elsewhere" }), /requestTarget/],
      [changed({ url: "javascript:alert(1)" }), /url/],
      [changed({ bodyBase64: "AAAA" }), /bodySha256/],
      [changed({ bodyBase64: "no base64" }), /base64/],
      [changed({ receivedAt: "yesterday" }), /time/],
      [changed({ receivedAt: "+275760-01-01T00:00:00Z" }), /time/],
      [changed({ remoteAddress: "\u0000" }), /remoteAddress: holds a NUL/],
      [changed({ bodyBase64: Buffer.alloc(11 * 1024 * 1024).toString("base64") }), /at most|bytes/],
      [changed({ response: { status: 99, headers: [], bodySize: 0 } }), /response/],
    ];
    const bin = await fresh();
    const file = hostile.flatMap(([line]) => [line, sound]).join("\n");
    const report = await bin.import(file);
    expect(report).toMatchObject({ taken: hostile.length, refused: hostile.length });
    for (const [index, [, reason]] of hostile.entries()) {
      expect(report.refusals[index]).toEqual({
        place: 2 * index + 1,
        reason: expect.stringMatching(reason),
      });
    }
  });

  test("with a line of 100 MB is read past it, and holds none of it", async () => {
    const [sound = ""] = await odd.lines("size<20 size>1");
    const megabyte = Buffer.alloc(1024 * 1024, "x");
    async function* file() {
      yield Buffer.from('{"a":"');
      for (let count = 0; count < 100; count++) yield megabyte;
      yield Buffer.from(`"}\n${sound}\n`);
    }
    const bin = await fresh();
    const report = await bin.import(
      Readable.toWeb(Readable.from(file())) as ReadableStream<Uint8Array>,
    );
    expect(report).toMatchObject({ taken: 1, refused: 1 });
    expect(report.refusals[0]?.reason).toMatch(/^It takes 104,857,608 bytes/);
  });

  test("that is no export at all, is compressed or of another type gets a problem", async () => {
    const bin = await fresh();
    const [line = ""] = await odd.lines("size<20 size>1");
    const answers = await Promise.all([
      bin.send("").then((answer) => answer.json()),
      bin.send("hello\nworld").then((answer) => answer.json()),
      bin.send('{"log":{"entries":[').then((answer) => answer.json()),
      bin.send(line, { "Content-Encoding": "gzip" }).then((answer) => answer.json()),
      bin.send(line, { "Content-Type": "text/html" }).then((answer) => answer.json()),
      bin.send(line, { Origin: "https://evil.example" }).then((answer) => answer.json()),
      bin.send(line, {}, "?format=zip").then((answer) => answer.json()),
    ]);
    const codes = answers.map((answer) => (answer as { code: string }).code);
    const busy = new Set(["unreadable_file", "no_room"]);
    expect(codes.slice(0, 3).filter((code) => !busy.has(code))).toEqual([]);
    expect(codes.slice(3)).toEqual([
      "unsupported_media_type",
      "unsupported_media_type",
      "cross_site",
      "invalid_query",
    ]);
    expect((await bin.lines()).length).toBe(0);
  });
});

test("what people said comes along, and pins as far as there is room for them", async () => {
  const { id, key } = await mint();
  const bin = binFiles(server.origin, { id, key });
  const one = (await odd.lines("pinned:yes")).slice(0, 1);
  const file = [...one, ...(await odd.lines("label:* OR pinned:yes"))].join("\n");
  const report = await bin.import(file);
  expect(report).toMatchObject({ taken: 4, refused: 0 });
  expect(report.notes).toEqual([
    { text: expect.stringContaining("MAX_PINS_PER_BIN"), requests: 1 },
  ]);
  const lines = (await bin.lines()).map(read);
  expect(lines.map(({ note, labels, pinned }) => [note, labels, pinned])).toEqual([
    [undefined, undefined, true],
    ["Look at this,\n=1+1", ["a b", "\u{1f9ea}"], undefined],
    [undefined, undefined, true],
    [undefined, ["kept"], undefined],
  ]);
  const csv = await bin.text("csv", "note:look");
  expect(csv).toContain('"","a b, \u{1f9ea}","Look at this,\n=1+1"');
  const har = JSON.parse(await bin.text("har", "note:look")) as {
    log: { entries: { comment: string; _hooklens?: object }[] };
  };
  expect(har.log.entries).toMatchObject([{ comment: "Look at this,\n=1+1" }]);
  // Somebody else's file has a comment, and nothing of ours beside it.
  for (const each of har.log.entries) delete each._hooklens;
  const other = await fresh();
  await other.import(JSON.stringify(har));
  expect((await other.lines()).map((line) => read(line).note)).toEqual(["Look at this,\n=1+1"]);

  const wrong = JSON.stringify({ ...read(one[0] ?? ""), labels: ["a\u0000b"] });
  expect(await other.import(wrong).catch((error: Error) => error.message)).toMatch(/labels/);

  const ids = lines.slice(1, 3).map((line) => line.id);
  const exported = (body: object) =>
    fetch(`${server.origin}/api/bins/${id}/export`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  const marked = await (await exported({ format: "ndjson", ids: ids.toReversed() })).text();
  const seqs = marked
    .trimEnd()
    .split("\n")
    .slice(1, -1)
    .map((line) => read(line).seq);
  expect(seqs).toEqual([2, 3]);
  expect((await exported({ format: "ndjson", ids: [] })).status).toBe(422);
  expect((await exported({ format: "xml", ids })).status).toBe(422);
});

test("an import never pushes out what is there: beyond the bin's cap it is refused", async () => {
  const [sound = ""] = await odd.lines("size<20 size>1");
  const bin = await fresh();
  expect(await bin.import(`${sound}\n`.repeat(390))).toMatchObject({ taken: 390, refused: 0 });
  const report = await bin.import(`${sound}\n`.repeat(20));
  expect(report).toMatchObject({ taken: 10, refused: 10, firstSeq: 391, lastSeq: 400 });
  expect(report.refusals[0]?.reason).toMatch(/full/);
});

test("who watches gets an import in few pushes, who listens gets none of it", async () => {
  const [sound = ""] = await odd.lines("size<20 size>1");
  const bin = await mint();
  const tap = await tapLive(server.origin, { bin: bin.id, key: bin.key });
  const listener = new TestListener(server.origin, bin);
  await listener.ready();
  await binFiles(server.origin, bin).import(`${sound}\n`.repeat(300));
  await until(() => tap.seqs().length === 300, "the rows");
  expect(tap.all("requests").length).toBeLessThan(60);
  expect(tap.all("requests").flatMap(({ items }) => items)[0]?.imported).toMatchObject({
    format: "ndjson",
  });
  await until(
    () => listener.passed.reduce((sum, { count }) => sum + count, 0) === 300,
    "what was passed over",
  );
  expect(new Set(listener.passed.map(({ why }) => why))).toEqual(new Set(["imported"]));
  expect(listener.deliveries).toEqual([]);
  tap.close();
  listener.close();
});
