import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { cookieOf, createCall } from "#tests/helpers/call.ts";
import { sendCapture, sendCaptures } from "#tests/helpers/captures.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllSockets, type LiveTap, tapLive } from "#tests/helpers/live-socket.ts";
import { startProxy } from "#tests/helpers/proxy.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

/** How often a channel looks for itself, and how long a bin's answer is kept in memory. */
const POLL_MS = 4_000;
const BIN_FRESH_MS = 5_000;
/** One after the other: by age alone each would take as long as an answer is kept. */
const ANSWERS = [201, 202, 203, 204, 200];
/** So many polls in a row take longer than any machine is late. */
const TOLD = 5;

// Two processes on one database: what happens in `near` is watched at `far`.
let database: TestDatabase;
let near: TestServer;
let far: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  const options = { databaseUrl: database.url, env: { MINT_RATE: "0" } };
  [near, far] = await Promise.all([startServer(options), startServer(options)]);
});
afterEach(closeAllSockets);
afterAll(async () => {
  await Promise.all([near?.stop(), far?.stop()]);
  await database?.drop();
});

const apiOf = ({ origin }: TestServer, key?: string) =>
  createApiClient({ origin, ...(key ? { key } : {}) });
const mint = () => apiOf(near).mint();
const watch = (bin: BinMinted) => tapLive(far.origin, { bin: bin.id, key: bin.key });
/** A browser that remembers these bins: its sockets are let in by its cookie. */
async function browserWith(...bins: BinMinted[]) {
  let cookie = "";
  const call = createCall(near);
  const headers = () => ({ Origin: near.origin, ...(cookie ? { Cookie: cookie } : {}) });
  for (const { id, key } of bins) {
    const answer = await call("PUT", `/api/session/bins/${id}`, { key, headers: headers() });
    cookie = cookieOf(answer);
  }
  return {
    watch: ({ origin }: TestServer, { id }: BinMinted) =>
      tapLive(origin, { bin: id }, { Origin: origin, Cookie: cookie }),
    forget: ({ id }: BinMinted) =>
      call("DELETE", `/api/session/bins/${id}`, { headers: headers() }),
  };
}

/** Captures into `near`, one after the other, come to `live` by a hint: the poll would bring each one a round later. */
async function expectTold(bin: BinMinted, live: LiveTap): Promise<void> {
  const startedAt = performance.now();
  for (let count = 0; count < TOLD; count++) {
    const seen = live.seqs().length;
    await sendCapture(`${near.origin}/in/${bin.id}`);
    await until(() => live.seqs().length > seen, "the capture");
  }
  expect(performance.now() - startedAt).toBeLessThan((TOLD - 1) * POLL_MS);
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const cutHints = () =>
  run(
    database.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'hooklens-hints' AND datname = current_database()`,
  );

test("captures into both are seen in order, without gaps or doubles", async () => {
  const bin = await mint();
  const live = await watch(bin);
  await live.next("requests");
  await expectTold(bin, live);
  await Promise.all([near, far].map(({ origin }) => sendCaptures(`${origin}/in/${bin.id}`, 400)));
  await until(() => live.seqs().length >= 800 + TOLD, "all rows");
  expect(live.seqs()).toEqual(range(1, 800 + TOLD));
  const answered = () => live.all("answered").flatMap(({ items }) => items.map(({ seq }) => seq));
  const pushedWithAnswer = live
    .all("requests")
    .flatMap(({ items }) => items.filter((row) => row.answered).map((row) => row.seq));
  await until(
    () => new Set([...answered(), ...pushedWithAnswer]).size === 800 + TOLD,
    "what became of the answers",
  );
});

test("also while the hint connections are cut again and again", async () => {
  const bin = await mint();
  const live = await watch(bin);
  // It is told of what comes after this; captures before it are for the list.
  await live.next("requests");
  let done = false;
  const load = sendCaptures(`${near.origin}/in/${bin.id}`, 1_500, { atOnce: 4 }).finally(() => {
    done = true;
  });
  while (!done) {
    await cutHints();
    await sleep(300);
  }
  const acknowledged = await load;
  expect(acknowledged).toBe(1_500);
  await until(() => live.seqs().at(-1) === 1_500, "the last row");
  expect(live.seqs()).toEqual(range(1, 1_500));
  // And hints work again afterwards.
  await sleep(1_500);
  await expectTold(bin, live);
});

test("removals, forwards, settings and the capture answer are told across", async () => {
  const bin = await mint();
  const api = apiOf(near, bin.key);
  const live = await watch(bin);
  await sendCaptures(`${near.origin}/in/${bin.id}`, 3, { atOnce: 1 });
  await until(() => live.seqs().length === 3, "three rows");
  const [first, second] = live.all("requests").flatMap(({ items }) => items);
  await api.deleteRequest(bin.id, second?.id ?? "");
  expect(await live.next("removed")).toEqual({ seqs: [2], revision: 1 });
  const forward = await api.forward(bin.id, first?.id ?? "", { to: `${far.origin}/api/health` });
  expect(await live.next("forward")).toEqual(forward);
  const said = { labels: ["billing"], note: "first\nsecond", pinned: true };
  await api.changeRequest(bin.id, first?.id ?? "", said);
  const isSaid = { items: [{ seq: 1, labels: ["billing"], noteLine: "first", pinned: true }] };
  expect(await live.next("changed")).toMatchObject(isSaid);
  await api.clear(bin.id);
  expect(await live.next("removed", ({ revision }) => revision === 2)).toEqual({
    through: 3,
    kept: [1],
    revision: 2,
  });
  await api.clear(bin.id, { pinned: true });
  expect(await live.next("removed", ({ revision }) => revision === 3)).toEqual({
    through: 3,
    revision: 3,
  });

  // `far` has the bin's answer in memory by now; changes must reach it long before that gets old.
  expect(await sendCapture(`${far.origin}/in/${bin.id}`)).toBe(200);
  await api.change(bin.id, { name: "Orders", response: { status: 204 } });
  expect(await live.next("bin")).toMatchObject({ name: "Orders", response: { status: 204 } });
  const startedAt = performance.now();
  for (const status of ANSWERS) {
    await api.change(bin.id, { response: { status } });
    const isAnswered = async () => (await sendCapture(`${far.origin}/in/${bin.id}`)) === status;
    await until(isAnswered, "the answer");
  }
  expect(performance.now() - startedAt).toBeLessThan((ANSWERS.length - 1) * BIN_FRESH_MS);
});

test("a revoked key and a deleted bin end sockets everywhere", async () => {
  const bin = await mint();
  const api = apiOf(near, bin.key);
  const second = await api.mintKey(bin.id, "second");
  const first = await watch(bin);
  const other = await tapLive(far.origin, { bin: bin.id, key: second.key });
  await other.next("requests");
  await api.revokeKey(bin.id, second.id);
  expect(await other.next("gone")).toEqual({ code: "key_revoked" });
  await api.deleteBin(bin.id);
  expect(await first.next("gone")).toEqual({ code: "bin_gone" });
});

test("a browser that forgets a bin loses its open pages of it everywhere, and nobody else does", async () => {
  const [bin, other] = await Promise.all([mint(), mint()]);
  const browser = await browserWith(bin, other);
  const [here, there, elsewhere, byKey] = await Promise.all([
    browser.watch(near, bin),
    browser.watch(far, bin),
    browser.watch(far, other),
    watch(bin),
  ]);
  const another = await (await browserWith(bin)).watch(far, bin);
  await browser.forget(bin);
  expect(await here.next("gone")).toEqual({ code: "forgotten" });
  expect(await there.next("gone")).toEqual({ code: "forgotten" });
  for (const live of [byKey, another, elsewhere]) {
    expect([live.socket.connected, live.all("gone")]).toEqual([true, []]);
  }
});

test("without any hint the poll tells all of it within its time", async () => {
  const [bin, revoked] = await Promise.all([mint(), mint()]);
  const live = await watch(bin);
  const ended = await watch(revoked);
  const forgetful = await (await browserWith(bin)).watch(far, bin);
  await Promise.all([live, ended, forgetful].map((each) => each.next("requests")));
  await sendCaptures(`${far.origin}/in/${bin.id}`, 2, { atOnce: 1 });
  await until(() => live.seqs().length === 2, "two rows");
  // Straight into the tables, as a process would whose hints are lost.
  await run(
    database.url,
    `UPDATE bins SET cleared_through = 1, revision = revision + 1, name = 'Quiet', version = version + 1
      WHERE id = '${bin.id}'`,
  );
  await run(database.url, `UPDATE keys SET revoked_at = now() WHERE bin_id = '${revoked.id}'`);
  await run(database.url, `DELETE FROM session_bins WHERE bin_id = '${bin.id}'`);
  expect(await live.next("requests", ({ revision }) => revision === 1, 6_000)).toMatchObject({
    items: [],
    lastSeq: 2,
  });
  expect(await live.next("bin")).toMatchObject({ name: "Quiet" });
  expect(await ended.next("gone")).toEqual({ code: "key_revoked" });
  expect(await forgetful.next("gone")).toEqual({ code: "forgotten" });
});

test("while the database is away sockets stay, and then get what they had not", async () => {
  const way = await startProxy(Number(new URL(database.url).port));
  const url = new URL(database.url);
  url.port = String(way.port);
  const third = await startServer({ databaseUrl: url.href, env: { LOG_LEVEL: "silent" } });
  const bin = await mint();
  const live = await tapLive(third.origin, { bin: bin.id, key: bin.key });
  await live.next("requests");
  way.stall();
  way.cut();
  await sendCaptures(`${near.origin}/in/${bin.id}`, 5, { atOnce: 1 });
  // Long enough for a poll and for a refused handshake in between.
  await sleep(4_500);
  expect(live.seqs()).toEqual([]);
  way.flow();
  await until(() => live.seqs().length === 5, "what was captured meanwhile");
  expect(live.seqs()).toEqual(range(1, 5));
  expect(live.socket.connected).toBe(true);
  await third.stop();
  await way.close();
});

test("a process that stops sends its sockets to another one", async () => {
  const bin = await mint();
  const live = await watch(bin);
  await live.next("requests");
  const reason = new Promise((resolve) => live.socket.once("disconnect", resolve));
  await far.stop();
  // The reason for which socket.io's client comes back by itself.
  expect(await reason).toBe("transport close");
});
