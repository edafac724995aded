import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Removal } from "#lib/contract/events.ts";
import { createLog } from "#lib/log.ts";
import { readSearch } from "#lib/search/words.ts";
import type { AnnotationChange } from "#lib/store/annotations.ts";
import { createOrphanSweep } from "#lib/store/janitor/orphans.ts";
import { createPace } from "#lib/store/janitor/pace.ts";
import { createJanitor, type Janitor } from "#lib/store/janitor.ts";
import { openTestStore, type TestStore } from "#tests/helpers/store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NO_LIMITS = { days: 0, requestsPerBin: 0, bytesPerBin: 0 };
const SOON = { timeout: 10_000 };
const bin = "b".repeat(20);

let own: TestStore;
let janitor: Janitor | undefined;
let told: { removed: [string, Removal][]; gone: string[] };

beforeEach(async () => {
  own = await openTestStore();
  told = { removed: [], gone: [] };
});

afterEach(async () => {
  await janitor?.stop();
  await own.close();
});

/** Its next round at once. */
async function againJanitor(): Promise<void> {
  await janitor?.stop();
  startJanitor();
}

function startJanitor(retention: Partial<typeof NO_LIMITS> = {}): void {
  janitor = createJanitor({
    config: { retention: { ...NO_LIMITS, ...retention } },
    database: own.database,
    store: own.store,
    live: {
      removed: (binId, removal) => told.removed.push([binId, removal]),
      binGone: (binId) => told.gone.push(binId),
    },
    log: createLog("silent"),
  });
  janitor.start();
}

const seqs = async (binId = bin) =>
  (await own.store.requests.list(binId, { limit: 100 })).map((request) => request.seq);
const stored = async (table: string) => {
  const { rows } = await own.database.pool.query(`SELECT count(*)::int AS count FROM ${table}`);
  return Number(rows[0].count);
};
const many = (count: number, body = Buffer.from("x")) =>
  Array.from({ length: count }, () => ({ body }));

test("the oldest above the cap by count go, visibly and then from the disk", async () => {
  await own.addBin(bin);
  await own.add(bin, many(30));
  startJanitor({ requestsPerBin: 10 });
  await expect.poll(() => stored("requests"), SOON).toBe(10);
  expect(await seqs()).toEqual([30, 29, 28, 27, 26, 25, 24, 23, 22, 21]);
  expect(told.removed).toEqual([[bin, { through: 20, revision: 1 }]]);
});

test("the oldest above the cap by bytes go, large bodies too", async () => {
  await own.addBin(bin);
  await own.add(bin, many(4, Buffer.alloc(300 * 1024)));
  await own.add(bin, many(1));
  startJanitor({ bytesPerBin: 700 * 1024 });
  await expect.poll(() => stored("requests"), SOON).toBe(3);
  expect([await seqs(), await stored("bodies")]).toEqual([[5, 4, 3], 2]);
});

test("what a person removed counts no more, and nothing goes while all fits", async () => {
  await own.addBin(bin);
  const ids = await own.add(bin, many(12));
  for (const id of ids.slice(5, 8)) await own.store.removals.one(bin, id);
  const other = "c".repeat(20);
  await own.addBin(other);
  await own.add(other, many(11));
  startJanitor({ requestsPerBin: 10 });
  await expect.poll(() => seqs(other), SOON).toHaveLength(10);
  expect(await seqs()).toEqual([12, 11, 10, 9, 5, 4, 3, 2, 1]);
});

test("the oldest answers' bodies go when a bin's answers take over a quarter of its cap; their attempts stay", async () => {
  await own.addBin(bin);
  const ids = await own.add(bin, many(4));
  const old = Date.now() - HOUR_MS;
  for (const [index, id] of ids.entries())
    await hangOn(bin, id, { atMs: old + index, bytes: 100 * 1024 });
  startJanitor({ bytesPerBin: 1024 * 1024 });
  const attempts = async () => {
    const pages = ids.map((id) => own.store.forwards.list(bin, id, { limit: 1 }));
    return (await Promise.all(pages)).map(({ items }) => items[0]?.attempts[0]);
  };
  await expect
    .poll(async () => (await attempts()).map((attempt) => attempt?.bodyDropped), SOON)
    .toEqual([true, true, false, false]);
  const [first, , third] = await attempts();
  expect(first).toMatchObject({ bodySize: 100 * 1024, bodyBase64: "" });
  expect(third?.bodyBase64).toHaveLength(Math.ceil((100 * 1024) / 3) * 4);
});

test("what is older than retention goes, of all bins and however late it was stored", async () => {
  const old = Date.now() - 3 * DAY_MS;
  const other = "c".repeat(20);
  for (const id of [bin, other]) await own.addBin(id);
  await own.add(bin, [{ atMs: old }, { atMs: old + 1 }, {}]);
  // A slow upload: begun long ago, stored after a young one. It must not take the young one with it.
  await own.add(bin, [{ atMs: old + 2 }]);
  await own.add(other, [{ atMs: old }]);
  startJanitor({ days: 2 });
  await expect.poll(() => stored("requests"), SOON).toBe(2);
  expect([await seqs(), await seqs(other)]).toEqual([[4, 3], []]);
  expect(told.removed).toContainEqual([bin, { through: 2, revision: 1 }]);
});

const PINS = { perBin: 100, bytesPerBin: 0 };

async function annotate(binId: string, id: string, change: AnnotationChange): Promise<string> {
  const [outcome] = await own.store.annotations.change(binId, [{ id, change }], PINS);
  return outcome?.kind ?? "none";
}

test("what is pinned stays through caps, retention and a clear, and is seen by every read; the rest goes from the disk", async () => {
  const old = Date.now() - 3 * DAY_MS;
  await own.addBin(bin);
  const ids = await own.add(bin, [{ atMs: old }, { atMs: old + 1 }, ...many(28)]);
  const [first = "", second = "", , fourth = "", fifth = ""] = ids;
  for (const id of [first, fourth])
    expect(await annotate(bin, id, { pinned: true })).toBe("changed");
  for (const id of [second, fifth]) await annotate(bin, id, { note: "goes", labels: ["x"] });
  startJanitor({ days: 2, requestsPerBin: 10 });
  await expect.poll(() => stored("requests"), SOON).toBe(12);
  expect(await seqs()).toEqual([30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 4, 1]);
  expect(await stored("annotations")).toBe(2);
  const through = (removal: Removal) => ("through" in removal ? removal.through : 0);
  const last = told.removed
    .map(([, removal]) => removal)
    .toSorted((a, b) => through(a) - through(b));
  expect(last.at(-1)).toMatchObject({ through: 20, kept: [1, 4] });
  expect(await annotate(bin, fourth, { pinned: false })).toBe("kept_by_pin");

  expect(await own.store.removals.clear(bin)).toMatchObject({ through: 30, kept: [1, 4] });
  await againJanitor();
  await expect.poll(() => stored("requests"), SOON).toBe(2);
  expect(await seqs()).toEqual([4, 1]);
  expect((await own.store.requests.list(bin, { limit: 1, before: 4 }))[0]).toMatchObject({
    seq: 1,
  });
  expect(await own.store.requests.get(bin, first)).toMatchObject({ seq: 1, pinned: true });
  expect((await own.store.requests.body(bin, fourth))?.toString()).toBe("x");
  expect(
    (await own.store.requests.search(bin, readSearch("pinned:yes x"), { limit: 9 })).items.map(
      ({ seq }) => seq,
    ),
  ).toEqual([4]);
  expect(await own.store.exports.held(bin)).toEqual({ range: null, kept: [1, 4] });
  expect(await own.store.exports.usage(bin)).toEqual({ requests: 0, bytes: 0 });
  const [view] = await own.store.bins.present(
    [(await own.store.bins.find(bin)) ?? expect.fail()],
    "",
  );
  expect(view).toMatchObject({ requestCount: 2, oldestSeq: 1, lastSeq: 30 });

  expect(await own.store.removals.one(bin, first)).toMatchObject({ seqs: [1] });
  const all = { keepPinned: false };
  expect(await own.store.removals.clear(bin, all)).toMatchObject({ through: 30 });
  expect(await own.store.removals.clear(bin, all)).toBeNull();
  await againJanitor();
  await expect.poll(() => stored("requests"), SOON).toBe(0);
  expect([await stored("annotations"), await seqs()]).toEqual([0, []]);
}, 30_000);

test("a clear and a pin at once: what was told to be pinned is there, what was not can't be pinned any more", async () => {
  for (let round = 0; round < 8; round++) {
    const id = `p${round}`.padEnd(20, "p");
    await own.addBin(id);
    const [request = ""] = await own.add(id, many(1));
    const [pin, removal] = await Promise.all([
      annotate(id, request, { pinned: true }),
      own.store.removals.clear(id),
    ]);
    const isThere = pin === "changed";
    expect([await seqs(id), removal && "kept" in removal]).toEqual([isThere ? [1] : [], isThere]);
  }
});

test("of a cleared or deleted bin every row goes with all that hangs on it", async () => {
  const deleted = "d".repeat(20);
  for (const id of [bin, deleted]) {
    await own.addBin(id);
    const ids = await own.add(id, [{ body: Buffer.alloc(300 * 1024) }, ...many(600)]);
    for (const requestId of ids.slice(0, 2)) await hangOn(id, requestId);
    await annotate(id, ids[0] ?? "", { pinned: id === deleted, note: "goes with it" });
  }
  await own.store.removals.clear(bin);
  const [kept] = await own.add(bin, many(1));
  await hangOn(bin, kept ?? "");
  await own.store.bins.remove(deleted);
  startJanitor();
  await expect.poll(() => stored("requests"), SOON).toBe(1);
  for (const table of ["answers", "forwards", "attempts"])
    expect(await stored(table), table).toBe(1);
  expect([await seqs(), await stored("bodies"), await stored("bin_heads")]).toEqual([[602], 0, 1]);
  expect(await stored("annotations")).toBe(0);
});

/** An answer's record, a forward and its attempt. */
async function hangOn(
  binId: string,
  requestId: string,
  { atMs = Date.now(), bytes: answerBytes = 0 } = {},
): Promise<void> {
  const { prisma } = own.database;
  const forwardId = uuidv7({ msecs: atMs });
  const bytes = new Uint8Array(32);
  await prisma.answer.create({
    data: { id: requestId, binId, seq: 1, outcome: "sent", storedMs: 1 },
  });
  await prisma.forward.create({
    data: {
      id: forwardId,
      binId,
      requestId,
      target: "x",
      state: "failed",
      append: false,
      resigned: false,
      edited: false,
    },
  });
  await prisma.attempt.create({
    data: {
      id: uuidv7({ msecs: atMs }),
      forwardId,
      startedAt: new Date(atMs),
      bodySize: answerBytes,
      body: new Uint8Array(answerBytes),
      bodySha256Sent: bytes,
      timing: {},
    },
  });
}

test("an expired bin becomes a tombstone and its pages are told", async () => {
  await own.addBin(bin, new Date(Date.now() - 1));
  await own.add(bin, many(2));
  startJanitor();
  await expect.poll(() => told.gone, SOON).toEqual([bin]);
  await expect.poll(() => stored("requests"), SOON).toBe(0);
  expect([await stored("keys"), await stored("bin_heads"), await stored("bins")]).toEqual([
    0, 0, 1,
  ]);
  const tombstone = await own.store.bins.find(bin);
  expect(tombstone && own.store.bins.isGone(tombstone)).toBe(true);
});

test("a browser that has not come back in 400 days is forgotten", async () => {
  await own.addBin(bin);
  const [stale, alive] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  for (const hash of [stale, alive]) await own.store.sessions.remember(hash, bin, uuidv7());
  await own.database.pool.query(
    "UPDATE sessions SET last_seen_at = now() - interval '401 days' WHERE id = $1",
    [stale],
  );
  expect(await own.store.sessions.bins(stale)).toEqual([]);
  startJanitor();
  await expect.poll(() => stored("sessions"), SOON).toBe(1);
  expect(await stored("session_bins")).toBe(1);
  expect(await own.store.sessions.bins(alive)).toHaveLength(1);
});

test("another process's janitor is not disturbed, nor a capture's lock waited for", async () => {
  await own.addBin(bin);
  await own.add(bin, many(3));
  const { pool } = own.database;
  const writer = await pool.connect();
  await writer.query("BEGIN; SELECT FROM bin_heads FOR UPDATE");
  const runner = await pool.connect();
  await runner.query("SELECT pg_advisory_lock(114827819969637)");
  startJanitor({ requestsPerBin: 1 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await seqs()).toHaveLength(3);
  await janitor?.stop();
  await runner.query("SELECT pg_advisory_unlock_all()");
  runner.release();
  startJanitor({ requestsPerBin: 1 });
  await expect.poll(() => stored("requests"), SOON).toBe(1);
  await writer.query("ROLLBACK");
  writer.release();
});

test("what lost its request is swept after an hour, what is on its way is not", async () => {
  const { prisma } = own.database;
  const addBody = (id: string) => prisma.body.create({ data: { id, bytes: new Uint8Array(3) } });
  await own.addBin(bin);
  const [kept] = await own.add(bin, [{ body: Buffer.alloc(300 * 1024) }]);
  await addBody(uuidv7());
  const said = { binId: bin, seq: 1, labels: ["left"] };
  await prisma.annotation.createMany({
    data: [
      { ...said, id: uuidv7() },
      { ...said, id: kept ?? "" },
    ],
  });
  const sweep = createOrphanSweep(own.database);
  const pace = createPace(new AbortController().signal);
  await sweep(pace);
  expect(await stored("bodies")).toBe(2);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + HOUR_MS + 1_000 });
  const fresh = uuidv7();
  try {
    await addBody(fresh);
    await sweep(pace);
  } finally {
    vi.useRealTimers();
  }
  const left = await prisma.body.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  expect(left.map((body) => body.id)).toEqual([kept, fresh]);
  const labelled = await prisma.annotation.findMany({ select: { id: true } });
  expect(labelled).toEqual([{ id: kept }]);
});

test("listeners that were not heard for a week are forgotten", async () => {
  await own.addBin(bin);
  const connect = (name: string) =>
    own.store.listeners.connect({
      binId: bin,
      name,
      connection: randomUUID(),
      keyId: uuidv7(),
      targets: [],
      version: "",
      start: "cursor",
      instance: null,
      tookOver: false,
    });
  await connect("kept");
  const old = await connect("forgotten");
  await own.database.prisma.listener.update({
    where: { id: old?.id ?? "" },
    data: { heardAt: new Date(Date.now() - 7 * DAY_MS - HOUR_MS) },
  });
  startJanitor();
  await expect.poll(() => stored("listeners"), SOON).toBe(1);
  const left = (await own.store.listeners.list([bin])).get(bin);
  expect(left?.map(({ name }) => name)).toEqual(["kept"]);
});
