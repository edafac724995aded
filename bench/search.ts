/**
 * Searching a bin of 10,000 requests of 10 KB, by the kind of what is asked, and judging requests that arrive. In this
 * process, on an embedded Postgres of its own: what the API adds is not in the figures. CPU: of both.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readConfig } from "#lib/config.ts";
import { rfc3339 } from "#lib/contract/time.ts";
import { createLog } from "#lib/log.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { compile } from "#lib/search/predicate.ts";
import type { Query } from "#lib/search/query.ts";
import { Subject } from "#lib/search/subject.ts";
import { type Database, openDatabase } from "#lib/store/database.ts";
import { insertBatch } from "#lib/store/insert-batch.ts";
import { createStore, type Store } from "#lib/store/store.ts";
import { familyCpuUs } from "./cpu.ts";
import { eventDraft } from "./search-events.ts";
import { printTable } from "./table.ts";

const REQUESTS = 10_000;
const BODY_BYTES = 10_240;
const RUNS = 30;
const BIN = "searched";

/** Kinds of terms; of most one that many requests match, and one that none does. */
const queries: [kind: string, query: string][] = [
  ["a word, in all", "charge"],
  ["a word, in a tenth", "orchid"],
  ["a word, in none", "nowhere"],
  ["three letters, in none", "#%&"],
  ["a phrase, in none", '"nothing of the kind"'],
  ["two words, in few", "quartz.ribbon timber.saddle"],
  ["method, in none", "method:PUT"],
  ["path, a seventh", "path:/webhooks/3"],
  ["path, a wildcard in none", "path:*/nowhere"],
  ["query, a third", "query.attempt:2"],
  ["query, in none", "query.attempt:9"],
  ["header, in all", "header.user-agent:stripe*"],
  ["header, in none", "header.x-none:*"],
  ["event, a quarter", "event:charge.failed"],
  ["event, not a quarter", "-event:charge.failed"],
  ["event, in none", "event:nothing"],
  ["status, a fiftieth", "status>=500"],
  ["status, in none", "status:404"],
  ["size, in none", "size>1mb"],
  ["time, in all", "at>-1d"],
  ["forward, in none", "forward:failed"],
  ["number, one", "id:4242"],
  ["body text, in a tenth", "body:orchid"],
  ["body value, a tenth", "body.data.object.currency:eur"],
  ["body value, in none", "body.data.object.currency:gbp"],
  ["body value, one", "body.data.object.place:5000"],
  ["body value, a wildcard", "body.data.object.customer.email:*harbor*"],
  ["body number, half", "body.data.object.amount>50000"],
  ["body number, a hundredth", "body.data.object.amount>99000"],
  ["body number, in none", "body.data.object.amount>100000"],
  ["body number in a list, in none", "body.data.object.lines[*].quantity>19"],
  [
    "several, with OR and not",
    "(orchid OR nowhere) -event:invoice.paid body.data.object.amount>90000",
  ],
  ["not a body value, a fifth", "-body.data.object.paid:true"],
  ["not what all have: in none", "-body.object:event"],
];

export async function benchSearch(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-bench-"));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(dataDir, 0o711);
  const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir });
  const database = await openDatabase(config, createLog("error"));
  try {
    const store = createStore(database);
    await fill(database);
    await benchFirst(store);
    await benchQueries(store);
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  benchPredicate();
}

async function fill({ pool }: Database): Promise<void> {
  await pool.query("INSERT INTO bins (id) VALUES ($1)", [BIN]);
  await pool.query("INSERT INTO bin_heads (bin_id) VALUES ($1)", [BIN]);
  const client = await pool.connect();
  for (let place = 0; place < REQUESTS; place += 100) {
    const drafts = Array.from({ length: 100 }, (_, next) =>
      eventDraft(BIN, place + next, BODY_BYTES),
    );
    await insertBatch(client, drafts);
  }
  client.release();
  await pool.query("VACUUM ANALYZE requests");
}

const queryOf = (text: string): Query => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.mistake.expected}`);
  return parsed.query;
};

/** The first search that needs the index makes it. */
async function benchFirst(store: Store): Promise<void> {
  const startedAt = performance.now();
  let pages = 0;
  for (let before: number | undefined; ; pages++) {
    const page = await store.requests.search(BIN, queryOf("nowhere"), { limit: 51, before });
    if (page.searchedTo === null) break;
    before = page.searchedTo;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `\nThe first search of ${REQUESTS} requests of 10 KB: ${seconds.toFixed(1)} s in ${pages + 1} pages.\n`,
  );
}

async function benchQueries(store: Store): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const [kind, text] of queries) {
    const query = queryOf(text);
    const times: number[] = [];
    let found = "";
    const cpuBefore = familyCpuUs(process.pid);
    for (let run = 0; run < RUNS; run++) {
      const startedAt = performance.now();
      const { items, searchedTo } = await store.requests.search(BIN, query, { limit: 51 });
      times.push(performance.now() - startedAt);
      found = `${items.length}${searchedTo === null ? "" : `, to #${searchedTo}`}`;
    }
    const cpuMs = (familyCpuUs(process.pid) - cpuBefore) / RUNS / 1000;
    times.sort((a, b) => a - b);
    const shares = [0.5, 0.95].map((share) => at(times, share).toFixed(1));
    rows.push([kind, text, found, ...shares, cpuMs.toFixed(1)]);
  }
  printTable(["kind", "query", "found", "p50 ms", "p95 ms", "CPU ms"], rows);
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const JUDGED = ["nowhere", "event:charge.*", "path:/webhooks/*", "header.user-agent:stripe*"];
JUDGED.push(
  "body.data.object.amount>50000",
  "body.data.object.currency:gbp",
  "-event:ping (orchid OR body.data.object.paid:true)",
);

/** A request arrives and meets one query, or twenty. Per second of this process's time on a core. */
function benchPredicate(): void {
  const rows = JUDGED.map((text) => [
    text,
    ...[1_000, BODY_BYTES].flatMap((bytes) =>
      [1, 20].map((each) => Math.round(evaluations(text, bytes, each))),
    ),
  ]);
  console.log("\nEvaluations per second of a core:\n");
  printTable(["query", "1 KB, one each", "1 KB, twenty", "10 KB, one each", "10 KB, twenty"], rows);
}

function evaluations(text: string, bodyBytes: number, each: number): number {
  const matches = compile(queryOf(text));
  const requests = Array.from({ length: 50 }, (_, place) => eventDraft(BIN, place, bodyBytes)).map(
    ({ body, receivedAtUs, ...draft }, place) => ({
      body: body ?? Buffer.alloc(0),
      request: {
        ...draft,
        seq: place + 1,
        receivedAt: rfc3339(receivedAtUs),
        signature: { status: "unchecked" as const },
      },
    }),
  );
  let count = 0;
  let started = process.cpuUsage();
  for (const endsAt = performance.now() + 800; performance.now() < endsAt; ) {
    for (const { request, body } of requests) {
      const subject = new Subject(request, body);
      for (let next = 0; next < each; next++) matches(subject);
      count += each;
    }
    // The first tenth warms up.
    if (performance.now() < endsAt - 720) [count, started] = [0, process.cpuUsage()];
  }
  const { user, system } = process.cpuUsage(started);
  return count / ((user + system) / 1e6);
}
