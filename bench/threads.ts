/**
 * What it costs to know the tries of an event, in bins of 10,000 requests: storing rows that are like no other, that are
 * the first of their event, and that are one more of the same; reading a page of the list, and a thread. In this process,
 * on an embedded Postgres of its own.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { readConfig } from "#lib/config.ts";
import type { Draft } from "#lib/contract/draft.ts";
import { createLog } from "#lib/log.ts";
import { type Database, openDatabase } from "#lib/store/database.ts";
import { insertBatch } from "#lib/store/insert-batch.ts";
import { createStore, type Store } from "#lib/store/store.ts";
import { eventDraft } from "./search-events.ts";
import { median, printLoad, printTable } from "./table.ts";

const REQUESTS = 10_000;
const BODY_BYTES = 1_024;
const BATCH = 50;
const ROUNDS = 100;
const READS = 30;

const SAME = randomBytes(16);
const kinds = {
  "like no other": () => null,
  "the first of its event": () => randomBytes(16),
  "one more of the same": () => SAME,
} as const;
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

export async function benchThreads(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-bench-"));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(dataDir, 0o711);
  const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir });
  const database = await openDatabase(config, createLog("error"));
  try {
    printLoad();
    await benchStoring(database);
    await benchReading(createStore(database));
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const binOf = (kind: Kind) => `bin${names.indexOf(kind)}`;

function batchOf(kind: Kind, from: number): Draft[] {
  return Array.from({ length: BATCH }, (_, at) => ({
    ...eventDraft(binOf(kind), from + at, BODY_BYTES),
    threadKey: kinds[kind](),
  }));
}

/** By turns, so that what else the machine does falls on all of them. */
async function benchStoring({ pool }: Database): Promise<void> {
  const client = await pool.connect();
  for (const kind of names) await fill(client, kind);
  const took = new Map(names.map((kind) => [kind, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of names) {
      const drafts = batchOf(kind, REQUESTS + round * BATCH);
      const at = performance.now();
      await insertBatch(client, drafts);
      took.get(kind)?.push(performance.now() - at);
    }
  }
  client.release();
  printTable(
    [`storing batches of ${BATCH}`, "ms"],
    [...took].map(([kind, ms]) => [kind, median(ms).toFixed(2)]),
  );
}

async function fill(client: pg.PoolClient, kind: Kind): Promise<void> {
  await client.query("INSERT INTO bins (id) VALUES ($1)", [binOf(kind)]);
  await client.query("INSERT INTO bin_heads (bin_id) VALUES ($1)", [binOf(kind)]);
  for (let from = 0; from < REQUESTS; from += BATCH) await insertBatch(client, batchOf(kind, from));
  await client.query("ANALYZE requests");
}

async function benchReading(store: Store): Promise<void> {
  const rows: string[][] = [];
  for (const kind of names) {
    const binId = binOf(kind);
    const [newest] = await store.requests.list(binId, { limit: 1 });
    if (!newest) throw new Error("nothing is stored");
    const page = await timeOf(() => store.requests.list(binId, { limit: 201 }));
    const thread = await timeOf(() => store.threads.around({ ...newest, binId }));
    const near = await timeOf(() => store.threads.near(binId, newest));
    rows.push([kind, page, thread, near]);
  }
  printTable(["reading, ms", "page of 200", "thread", "what overtook it"], rows);
}

async function timeOf(read: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < READS; run += 1) {
    const at = performance.now();
    await read();
    times.push(performance.now() - at);
  }
  return median(times).toFixed(1);
}
