import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import {
  EXPORT_END_CHARACTERS,
  type ExportFormat,
  exportFormats,
  isWholeExport,
} from "#lib/contract/transfer.ts";
import type { OddRequest } from "#tests/fixtures/odd-requests.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { residentMib } from "#tests/helpers/peak-memory.ts";
import { sendOddRequests } from "#tests/helpers/send-odd.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

let database: TestDatabase;
let server: TestServer;
let bin: BinMinted;
let sent: OddRequest[];

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
  bin = await mintAt(server.origin, { name: "Orders / dev" });
  sent = await sendOddRequests(server.port, bin.id);
}, 120_000);

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const get = (path: string, key = bin.key) =>
  fetch(`${server.origin}/api/bins/${bin.id}/export${path}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
const exported = async (format: ExportFormat, q = "") =>
  (await get(`?format=${format}${q && `&q=${encodeURIComponent(q)}`}`)).text();

type Line = CapturedRequest & { bodyBase64: string };
const linesOf = (ndjson: string) => ndjson.trimEnd().split("\n");
const requestsOf = (ndjson: string): Line[] =>
  linesOf(ndjson)
    .slice(1, -1)
    .map((line) => JSON.parse(line) as Line);

describe("an export", () => {
  test("as NDJSON holds every request to the byte, oldest first, and says how many there were", async () => {
    const text = await exported("ndjson");
    const lines = requestsOf(text);
    expect(lines.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
    for (const [index, odd] of sent.entries()) {
      const line = lines[index] as Line;
      expect({
        ...line,
        body: Buffer.from(line.bodyBase64, "base64").equals(odd.body),
      }).toMatchObject({
        method: odd.method,
        requestTarget: odd.requestTarget,
        headers: odd.headers,
        trailers: odd.trailers,
        body: true,
      });
    }
    expect(JSON.parse(linesOf(text).at(-1) ?? "")).toEqual({
      hooklens: "end",
      requests: sent.length,
    });
  });

  test.each(exportFormats)(
    "as %s ends with what tells a whole file from a cut one",
    async (format) => {
      const text = await exported(format, "size<1kb");
      expect(isWholeExport(format, text.slice(-EXPORT_END_CHARACTERS))).toBe(true);
      const cuts = Array.from({ length: 200 }, (_, index) => text.slice(0, -1 - index));
      expect(
        cuts.filter((cut) => isWholeExport(format, cut.slice(-EXPORT_END_CHARACTERS))),
      ).toEqual([]);
    },
  );

  test.each(exportFormats)("of nothing as %s is a whole file all the same", async (format) => {
    expect(isWholeExport(format, await exported(format, "path:/nothing/like/it"))).toBe(true);
  });

  test("by a filter holds what the list shows under it", async () => {
    const q = "method:GET or size>200kb";
    const listed = await createApiClient({ origin: server.origin, key: bin.key }).requests(bin.id, {
      q: q.replace("or", "OR"),
      limit: 200,
    });
    const seqs = requestsOf(await exported("ndjson", q.replace("or", "OR"))).map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(4);
    expect(seqs).toEqual(listed.items.map(({ seq }) => seq).reverse());
    const size = (await (
      await get(`/size?q=${encodeURIComponent(q.replace("or", "OR"))}`)
    ).json()) as object;
    expect(size).toMatchObject({ requests: seqs.length, isExact: true });
  });

  test("is a download with a name that is safe everywhere", async () => {
    const answer = await get("?format=har&q=id:1");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="hooklens-orders-dev-\d{4}-\d\d-\d\d-\d{6}\.har"$/,
    );
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    await answer.body?.cancel();
  });

  test("that can't begin is a problem, not half a file", async () => {
    const codes = await Promise.all(
      [get("?format=xml"), get("?format=har&q=method:"), get("?format=har", "hlk_x"), get("")].map(
        async (answer) => ((await (await answer).json()) as { code: string }).code,
      ),
    );
    expect(codes).toEqual(["invalid_query", "invalid_query", "forbidden", "invalid_query"]);
  });

  test("that is only asked for its head, or left, gives its place back", async () => {
    for (let count = 0; count < 5; count++) {
      const head = await fetch(`${server.origin}/api/bins/${bin.id}/export?format=ndjson`, {
        method: "HEAD",
        headers: { Authorization: `Bearer ${bin.key}` },
      });
      expect(head.status).toBe(200);
      const left = await get("?format=ndjson");
      expect(left.status).toBe(200);
      await left.body?.cancel();
    }
  });

  test("that breaks off is no whole answer: its bin was deleted meanwhile", async () => {
    const api = createApiClient({ origin: server.origin });
    const doomed = await api.mint();
    const body = Buffer.alloc(1024 * 1024, "x").toString();
    const url = `${server.origin}/in/${doomed.id}`;
    for (let count = 0; count < 40; count++) await fetch(url, { method: "POST", body });
    const owner = createApiClient({ origin: server.origin, key: doomed.key });
    const answer = await fetch(`${server.origin}/api/bins/${doomed.id}/export?format=har`, {
      headers: { Authorization: `Bearer ${doomed.key}` },
    });
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await owner.deleteBin(doomed.id);
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readOn()).rejects.toThrow();
  });

  test("of 80 MiB holds a little of it in memory, however slowly it is read", async () => {
    const large = await mintAt(server.origin);
    const body = Buffer.alloc(2 * 1024 * 1024, "x").toString();
    for (let count = 0; count < 40; count++) {
      await fetch(`${server.origin}/in/${large.id}`, { method: "POST", body });
    }
    const before = residentMib(server.pid);
    const answer = await fetch(`${server.origin}/api/bins/${large.id}/export?format=ndjson`, {
      headers: { Authorization: `Bearer ${large.key}` },
    });
    let most = 0;
    let bytes = 0;
    let chunks = 0;
    for await (const piece of answer.body ?? []) {
      bytes += (piece as Uint8Array).length;
      if (chunks++ % 50 === 0) await sleep(5);
      most = Math.max(most, residentMib(server.pid));
    }
    expect(bytes).toBeGreaterThan(106 * 1024 * 1024);
    console.log(`export: ${Math.round(bytes / 1024 / 1024)} MiB of file`, { before, most });
    expect(most - before).toBeLessThan(80);
  });
});
