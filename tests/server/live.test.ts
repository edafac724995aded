import { afterEach, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { PING_INTERVAL_MS, PING_TIMEOUT_MS, SOCKET_PATH } from "#lib/contract/events.ts";
import { SESSION_COOKIE } from "#lib/contract/session.ts";
import { sendCapture, sendCaptures } from "#tests/helpers/captures.ts";
import { closeAllSockets, refusalOf, tapLive } from "#tests/helpers/live-socket.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { StallingReader } from "#tests/helpers/stalling-reader.ts";
import { until } from "#tests/helpers/until.ts";

afterEach(closeAllSockets);
/** How often a channel looks for itself. */
const POLL_MS = 4_000;
const api = (key?: string) => createApiClient({ origin: server.origin, ...(key ? { key } : {}) });
const mint = () => api().mint();
const captureUrl = (bin: BinMinted) => `${server.origin}/in/${bin.id}`;
const auth = (bin: BinMinted) => ({ bin: bin.id, key: bin.key });
const tap = (bin: BinMinted, after?: number) =>
  tapLive(server.origin, { ...auth(bin), ...(after === undefined ? {} : { after }) });
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A bin that a browser remembers, and that browser's Cookie header. */
async function mintInBrowser(): Promise<{ bin: BinMinted; cookie: string }> {
  const headers = { Origin: server.origin };
  const response = await fetch(`${server.origin}/api/bins`, { method: "POST", headers });
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  expect(cookie).toContain(SESSION_COOKIE);
  return { bin: (await response.json()) as BinMinted, cookie };
}

describe("the handshake", () => {
  test("refuses whoever may not read the bin, with the code that the API would give", async () => {
    const [bin, other, deleted] = await Promise.all([mint(), mint(), mint()]);
    await api(deleted.key).deleteBin(deleted.id);
    const second = await api(bin.key).mintKey(bin.id, "second");
    await api(bin.key).revokeKey(bin.id, second.id);
    const { bin: held, cookie } = await mintInBrowser();
    const foreign = { Origin: "https://elsewhere.example" };
    const own = { Origin: server.origin };

    const refused: [string, object, Record<string, string>, number, string][] = [
      ["nothing", {}, {}, 422, "invalid_fields"],
      ["a bin alone", { bin: bin.id }, {}, 401, "unauthenticated"],
      [
        "the capture URL as the key",
        { bin: bin.id, key: captureUrl(bin) },
        {},
        401,
        "unauthenticated",
      ],
      ["a wrong key", { bin: bin.id, key: "hlk_wrong" }, {}, 403, "forbidden"],
      ["another bin's key", { bin: bin.id, key: other.key }, {}, 403, "forbidden"],
      ["a revoked key", { bin: bin.id, key: second.key }, {}, 403, "forbidden"],
      ["an unknown bin", { bin: "a".repeat(20), key: bin.key }, {}, 404, "bin_not_found"],
      ["a deleted bin", auth(deleted), {}, 410, "bin_gone"],
      ["a key from a foreign page", auth(bin), foreign, 403, "cross_site"],
      ["a key from a page without an origin", auth(bin), { Origin: "null" }, 403, "cross_site"],
      ["a cookie from a foreign page", { bin: held.id }, { cookie, ...foreign }, 403, "cross_site"],
      ["a cookie without an Origin", { bin: held.id }, { cookie }, 403, "cross_site"],
      [
        "a browser that does not hold the bin",
        { bin: bin.id },
        { cookie, ...own },
        403,
        "forbidden",
      ],
      ["a seq that is none", { ...auth(bin), after: -1 }, {}, 422, "invalid_fields"],
      ["an unknown field", { ...auth(bin), admin: true }, {}, 422, "invalid_fields"],
    ];
    for (const [name, given, headers, status, code] of refused) {
      const refusal = await refusalOf(server.origin, given, headers);
      expect({ name, ...refusal }).toEqual({ name, code, status });
    }
  });

  test("takes a key without an Origin or from our own page, and a browser's cookie from our own page", async () => {
    const { bin, cookie } = await mintInBrowser();
    const own = { Origin: server.origin };
    for (const [given, headers] of [
      [auth(bin), {}],
      [auth(bin), own],
      [{ bin: bin.id }, { cookie, ...own }],
    ] as const) {
      const live = await tapLive(server.origin, given, headers);
      expect(await live.next("requests")).toEqual({ items: [], lastSeq: 0, revision: 0 });
    }
  });

  test("nothing else is served on the sockets' path", async () => {
    const bin = await mint();
    expect(await refusalOf(server.origin, auth(bin), {}, "/")).toEqual({
      code: "not_found",
      status: 404,
    });
    expect(await refusalOf(server.origin, auth(bin), { Host: "evil.example" })).toBeNull();
    const polling = await fetch(`${server.origin}${SOCKET_PATH}/?EIO=4&transport=polling`);
    expect(polling.status).toBe(400);
    expect(polling.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("what a client sends is dropped, and a long message ends it", async () => {
    const bin = await mint();
    const live = await tap(bin);
    const socket = live.socket as unknown as { emit(event: string, ...rest: unknown[]): void };
    socket.emit("requests", { items: [{ seq: 1 }] });
    await sendCapture(captureUrl(bin));
    await until(() => live.seqs().length > 0, "the capture");
    socket.emit("requests", "x".repeat(10_000));
    await until(() => live.socket.disconnected, "the end of the socket");
    expect(live.seqs()).toEqual([1]);
  });
});

test("a connection has one handshake: a second one ends it", async () => {
  const bin = await mint();
  const reader = new StallingReader(server.port, { bin: bin.id, key: "hlk_wrong" });
  reader.onOpen = () => reader.handshake(auth(bin));
  await until(() => reader.isClosed, "the end of the connection");
  expect(reader.events).toEqual([]);
});

describe("pushes", () => {
  test("a capture is pushed at once, as the list shows it, and then what became of its answer", async () => {
    const bin = await mint();
    const live = await tap(bin);
    await live.next("requests");
    await sendCapture(`${captureUrl(bin)}/orders?x=1`);
    const pushed = await live.next("requests", ({ items }) => items.length === 1);
    const { items } = await live.next("answered");
    expect(items).toMatchObject([
      { seq: 1, id: pushed.items[0]?.id, answered: { outcome: "sent" } },
    ]);
    expect(items[0]?.storedMs).toBeGreaterThan(0);
    const [listed] = (await api(bin.key).requests(bin.id)).items;
    // On a busy machine the answer is known by the time that the capture is pushed.
    expect({ ...listed, answered: null }).toEqual({ ...pushed.items[0], answered: null });
    // Told, not found by the poll, which would bring each one a round later.
    const startedAt = performance.now();
    for (const seq of range(2, 6)) {
      await sendCapture(captureUrl(bin));
      await until(() => live.seqs().at(-1) === seq, "the capture");
    }
    expect(performance.now() - startedAt).toBeLessThan(4 * POLL_MS);
  });

  test("under load events hold at most 200 rows and come about 50 ms apart, each seq once", async () => {
    const bin = await mint();
    const live = await tap(bin);
    const begunAt = performance.now();
    const count = 1_500;
    expect(await sendCaptures(captureUrl(bin), count, { atOnce: 32 })).toBe(count);
    await until(() => live.seqs().length >= count, "all rows");
    const took = performance.now() - begunAt;
    expect(live.seqs()).toEqual(range(1, count));
    expect(live.all("behind")).toEqual([]);
    const batches = live.all("requests");
    expect(Math.max(...batches.map(({ items }) => items.length))).toBeLessThanOrEqual(200);
    expect(batches.length).toBeLessThanOrEqual(took / 50 + 2);
  });

  test("removals, settings and forwards are told", async () => {
    const bin = await mint();
    const live = await tap(bin);
    await sendCaptures(captureUrl(bin), 3, { atOnce: 1 });
    await until(() => live.seqs().length === 3, "three rows");
    const [, second] = live.all("requests").flatMap(({ items }) => items);
    await api(bin.key).deleteRequest(bin.id, second?.id ?? "");
    expect(await live.next("removed")).toEqual({ seqs: [2], revision: 1 });
    await api(bin.key).clear(bin.id);
    expect(await live.next("removed", (told) => told.revision === 2)).toEqual({
      through: 3,
      revision: 2,
    });
    await sendCapture(captureUrl(bin));
    const after = await live.next("requests", ({ lastSeq }) => lastSeq === 4);
    expect(after).toMatchObject({ revision: 2, items: [{ seq: 4 }] });

    await api(bin.key).change(bin.id, { name: "Orders" });
    expect(await live.next("bin")).toMatchObject({ id: bin.id, name: "Orders" });
    const forward = await api(bin.key).forward(bin.id, after.items[0]?.id ?? "", {
      to: `${server.origin}/api/health`,
    });
    expect(await live.next("forward")).toEqual(forward);
  });
});

describe("resuming", () => {
  test("gets all that was missed, once each, before anything new, while captures go on", async () => {
    const bin = await mint();
    await sendCaptures(captureUrl(bin), 450);
    const load = sendCaptures(captureUrl(bin), 400, { atOnce: 8 });
    const live = await tap(bin, 50);
    await load;
    await until(() => live.seqs().at(-1) === 850, "the last row");
    expect(live.seqs()).toEqual(range(51, 850));
    expect(live.all("behind")).toEqual([]);
  });

  test("tells the position at once: nothing missed, a removal meanwhile, a seq that was never given", async () => {
    const bin = await mint();
    await sendCaptures(captureUrl(bin), 2);
    expect(await (await tap(bin, 2)).next("requests")).toEqual({
      items: [],
      lastSeq: 2,
      revision: 0,
    });
    await api(bin.key).clear(bin.id);
    expect(await (await tap(bin, 1)).next("requests")).toEqual({
      items: [],
      lastSeq: 2,
      revision: 1,
    });
    expect(await (await tap(bin, 77)).next("behind")).toEqual({ lastSeq: 2, revision: 1 });
  });

  test("more than 1,000 behind: is sent to the list, and goes on from there", async () => {
    const bin = await mint();
    await sendCaptures(captureUrl(bin), 1_002, { atOnce: 32 });
    const far = await tap(bin, 1);
    expect(await far.next("behind")).toEqual({ lastSeq: 1_002, revision: 0 });
    const near = await tap(bin, 2);
    await near.next("requests");
    await sendCapture(captureUrl(bin));
    await until(() => near.seqs().length === 1_001, "the rows of the nearer one");
    expect(near.seqs()).toEqual(range(3, 1_003));
    expect(far.seqs()).toEqual([1_003]);
  });
});

test("a slow reader gets nothing more than fits, and then hears where the bin stands", async () => {
  const bin = await mint();
  const reader = new StallingReader(server.port, auth(bin));
  await until(() => reader.all("requests").length > 0, "the position");
  expect(reader.opened).toMatchObject({
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxPayload: 4_096,
  });
  reader.stall();
  const swift = await tap(bin);
  // 25 MB of rows; the system's own buffers take some of it.
  const target = (index: number) => `/${"x".repeat(50_000)}${index}`;
  await sendCaptures(captureUrl(bin), 500, { atOnce: 8, target });
  await until(() => swift.seqs().at(-1) === 500, "the rows of a swift reader");
  reader.resume();
  const [behind] = await until(() => {
    const told = reader.all("behind");
    return told.length > 0 && told;
  }, "behind");
  expect(behind).toEqual({ lastSeq: 500, revision: 0 });
  expect(reader.bytes).toBeLessThan(10 * 1024 * 1024);
  await sendCapture(captureUrl(bin));
  const seqs = () => reader.all("requests").flatMap(({ items }) => items.map((row) => row.seq));
  await until(() => seqs().at(-1) === 501, "the next row");
  expect(seqs()).toEqual([...range(1, seqs().length - 1), 501]);
  await reader.close();
});

describe("the end", () => {
  test("a revoked key's sockets are told and closed, another key's stay", async () => {
    const bin = await mint();
    const second = await api(bin.key).mintKey(bin.id, "second");
    const kept = await tap(bin);
    const ended = await tapLive(server.origin, { bin: bin.id, key: second.key });
    await ended.next("requests");
    await api(bin.key).revokeKey(bin.id, second.id);
    expect(await ended.next("gone")).toEqual({ code: "key_revoked" });
    await until(() => ended.socket.disconnected, "the end of the socket");
    await sendCapture(captureUrl(bin));
    await until(() => kept.seqs().length === 1, "the capture");
    expect(ended.seqs()).toEqual([]);
  });

  test("a browser's socket ends with the key by which it remembers the bin", async () => {
    const { bin, cookie } = await mintInBrowser();
    const live = await tapLive(server.origin, { bin: bin.id }, { cookie, Origin: server.origin });
    await live.next("requests");
    const second = await api(bin.key).mintKey(bin.id, "second");
    const [first] = (await api(bin.key).keys(bin.id)).items.filter(({ id }) => id !== second.id);
    await api(second.key).revokeKey(bin.id, first?.id ?? "");
    expect(await live.next("gone")).toEqual({ code: "key_revoked" });
  });

  test("a bin that is deleted or expires tells its sockets", async () => {
    const [deleted, expiring] = await Promise.all([mint(), api().mint({ expiresInSeconds: 4 })]);
    const first = await tap(deleted);
    const second = await tap(expiring);
    await first.next("requests");
    await api(deleted.key).deleteBin(deleted.id);
    expect(await first.next("gone")).toEqual({ code: "bin_gone" });
    expect(await second.next("gone", undefined, 12_000)).toEqual({ code: "bin_gone" });
    await until(() => first.socket.disconnected && second.socket.disconnected, "their end");
  });
});
