import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NEW_DESTINATION } from "#lib/contract/destinations.ts";
import { choose } from "#lib/destinations/choose.ts";
import { createLog } from "#lib/log.ts";
import { createDestinationStore, type DestinationStore } from "#lib/store/destination-store.ts";
import type { DueForward } from "#lib/store/turns.ts";
import { openTestStore, type TestStore } from "#tests/helpers/store.ts";

const BIN = "turnsturnsturnsturns";
const URL = "http://127.0.0.1:1/hook";
const BUCKET = { tokens: 1, atMs: Date.UTC(2026, 10, 21) };
const CLOSED = { failures: 0, openedAtMs: null, probeAtMs: null };

let world: TestStore;
let store: DestinationStore;

beforeAll(async () => {
  world = await openTestStore();
  store = createDestinationStore(world.database, createLog("silent"));
  await world.addBin(BIN);
});

afterAll(async () => {
  await store?.stop();
  await world?.close();
});

const beginningOf = ({ forwardId }: DueForward) => ({
  forwardId,
  attemptId: uuidv7(),
  startedAt: new Date(),
  bodySha256Sent: Buffer.alloc(32),
  url: URL,
  changes: [],
});

const deliveredOf = ({ forwardId, ...sent }: ReturnType<typeof beginningOf>) => ({
  forwardId,
  state: "delivered" as const,
  deadReason: null,
  dueAtMs: null,
  attempt: {
    id: sent.attemptId,
    startedAt: sent.startedAt,
    bodySha256Sent: sent.bodySha256Sent,
    url: sent.url,
    changes: sent.changes,
    status: 200,
    headers: [],
    body: Buffer.alloc(0),
    bodySize: 0,
    timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 },
    error: null,
  },
});

const forwardOf = async ({ requestId }: DueForward) =>
  (await world.store.forwards.list(BIN, requestId, { limit: 1 })).items[0];

test("a process that was frozen while another took its turn begins nothing more, and what it reports late counts no more", async () => {
  const id = uuidv7();
  const settings = { ...NEW_DESTINATION, url: URL };
  await world.store.destinations.add({ id, binId: BIN, ...settings, added: null }, "now", 1);
  await world.add(BIN, [{}, {}]);
  expect(await store.dispatch(id, choose)).toMatchObject({ binId: BIN });
  const [frozen, newer] = [uuidv7(), uuidv7()].map((turn) => ({ destinationId: id, turn }));
  if (!frozen || !newer) throw new Error("No turns");

  expect(await store.open(frozen)).toBe(true);
  const [first, second] = await store.page(frozen, { isOrdered: false, bytes: 1024 });
  if (!first || !second) throw new Error("Not both are due");
  const early = beginningOf(first);
  expect(await store.begin(frozen, [early], BUCKET)).toEqual(new Set([first.forwardId]));

  expect(await store.open(newer)).toBe(true);
  expect(await store.read(frozen)).toBeNull();
  expect(await store.begin(frozen, [beginningOf(second)], BUCKET)).toEqual(new Set());
  const broken = { failures: 5, openedAtMs: BUCKET.atMs, probeAtMs: BUCKET.atMs };
  expect(await store.settle(frozen, [deliveredOf(early)], broken)).toEqual(new Set());
  expect(await forwardOf(first)).toMatchObject({
    state: "failed",
    attempts: [{ status: null, error: { code: "interrupted" } }],
  });
  await store.close(frozen, { isOrdered: false, notBeforeMs: 0 });
  expect(await store.read(newer)).toMatchObject({ circuit: CLOSED });

  const due = await store.page(newer, { isOrdered: false, bytes: 1024 });
  const beginnings = due.map(beginningOf);
  expect((await store.begin(newer, beginnings, BUCKET)).size).toBe(2);
  expect((await store.settle(newer, beginnings.map(deliveredOf), CLOSED)).size).toBe(2);
  const ended = await Promise.all([forwardOf(first), forwardOf(second)]);
  expect(ended.map((forward) => forward?.state)).toEqual(["delivered", "delivered"]);
  expect(ended.map((forward) => forward?.attempts.length)).toEqual([2, 1]);
});

test("a clock that was set back lets nothing wait longer: pauses stay as long as they were", async () => {
  const id = uuidv7();
  const settings = { ...NEW_DESTINATION, url: URL, ordered: true };
  await world.store.destinations.add({ id, binId: BIN, ...settings, added: null }, "now", 2);
  await world.add(BIN, [{}, {}]);
  await store.dispatch(id, choose);
  const hold = { destinationId: id, turn: uuidv7() };
  await store.open(hold);
  const how = { isOrdered: true, bytes: 1024 };
  const [first] = await store.page(hold, how);
  if (!first) throw new Error("Nothing is due");
  // As by a clock that was an hour ahead then.
  const hourMs = 3_600_000;
  const aheadMs = (await store.clock()) + hourMs;
  const begun = beginningOf(first);
  await store.begin(hold, [begun], BUCKET);
  const failed = { ...deliveredOf(begun), state: "failed" as const, dueAtMs: aheadMs + 60_000 };
  const open = { failures: 5, openedAtMs: aheadMs, probeAtMs: aheadMs + 30_000 };
  await store.settle(hold, [failed], open);

  await store.clockSetBack(hourMs);
  expect((await store.page(hold, how)).map(({ dueAtMs }) => dueAtMs)[0]).toBe(
    aheadMs + 60_000 - hourMs,
  );
  expect((await store.read(hold))?.circuit).toEqual({
    failures: 5,
    openedAtMs: aheadMs - hourMs,
    probeAtMs: aheadMs + 30_000 - hourMs,
  });
  const closed = await store.close(hold, { isOrdered: true, notBeforeMs: 0 });
  expect(closed).toBe(aheadMs + 60_000 - hourMs);
});

test("nor has pg-boss wait with its look for dead processes", async () => {
  const { jobs } = store;
  await jobs.start();
  await world.database.pool.query(
    "UPDATE pgboss.queue SET monitor_claim_on = now() + interval '1 hour', monitor_on = now() + interval '1 hour'",
  );
  await jobs.wake([uuidv7()]);
  const [job] = await jobs.take(1);
  expect(job).toBeDefined();
  await world.database.pool.query("UPDATE pgboss.job SET heartbeat_on = now() + interval '1 hour'");

  await store.clockSetBack(3_600_000);
  const { rows } = await world.database.pool.query<{ queue: boolean; job: boolean }>(
    `SELECT (SELECT bool_and(monitor_claim_on <= now() AND monitor_on <= now()) FROM pgboss.queue) AS queue,
      (SELECT bool_and(heartbeat_on <= now()) FROM pgboss.job) AS job`,
  );
  expect(rows).toEqual([{ queue: true, job: true }]);
});
