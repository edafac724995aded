/**
 * Searching one bin among a thousand: p50 and p95 by the kind of term, each query in a bin taken at random. In this
 * process, on an embedded Postgres of its own, which takes about 0.9 KB of disk for each request.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { readConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { parseQuery } from "#lib/search/parse.ts";
import type { Query } from "#lib/search/query.ts";
import { openDatabase } from "#lib/store/database.ts";
import { createStore, type Store } from "#lib/store/store.ts";
import { binName, makeMany } from "./many-requests.ts";
import { printLoad, printTable } from "./table.ts";

/** Bins that are asked: the first search of each makes its index. */
const ASKED = 20;
const RUNS = 100;

/** Kinds of terms; of most one that many requests match, and one that none does. */
const queries: [kind: string, query: string][] = [
  ["no filter: the newest", ""],
  ["a word, in all", "charge"],
  ["a word, in a fifth", "harbor"],
  ["a word, in none", "nowhere"],
  ["a phrase, in none", '"nothing of the kind"'],
  ["method, in none", "method:PUT"],
  ["path, a seventh", "path:/webhooks/3"],
  ["path, a wildcard in none", "path:*/nowhere"],
  ["query, in none", "query.attempt:9"],
  ["header, a tenth", "header.x-kind:jade"],
  ["header, in none", "header.x-none:*"],
  ["event, a quarter", "event:charge.failed"],
  ["event, in none", "event:nothing"],
  ["status, a fiftieth", "status>=500"],
  ["status, in none", "status:404"],
  ["forward, in none", "forward:failed"],
  ["address, in none", "ip:198.51.100.7"],
  ["size, in none", "size>1mb"],
  ["number, one", "id:4242"],
  ["body value, a tenth", "body.data.object.currency:eur"],
  ["body value, in none", "body.data.object.currency:gbp"],
  ["body value, one", "body.data.object.place:500"],
  ["body number, a hundredth", "body.data.object.amount>99000"],
  ["body number, in none", "body.data.object.amount>100000"],
  [
    "several, with OR and not",
    "(jade OR nowhere) -event:invoice.paid body.data.object.amount>90000",
  ],
  ["not what all have: in none", "-body.object:event"],
];

/** `millions` of requests, the same number in each bin. */
export async function benchSearchMany(millions: number, bins: number): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-bench-"));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(dataDir, 0o711);
  const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir });
  const database = await openDatabase(config, createLog("error"));
  try {
    printLoad();
    console.log(`\n${millions} million requests in ${bins.toLocaleString("en")} bins:`);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await makeMany(client, bins, Math.round(millions * 1e6));
    await printSizes(client);
    await client.end();
    const store = createStore(database);
    const asked = Array.from({ length: ASKED }, (_, at) => binName((at * 37 + 11) % bins));
    await indexAll(store, asked);
    await benchQueries(store, asked);
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function printSizes(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; size: string }>(
    `SELECT relname AS name, pg_size_pretty(pg_relation_size(oid)) AS size FROM pg_class
     WHERE relname LIKE 'requests%' AND relkind IN ('r', 'i') ORDER BY pg_relation_size(oid) DESC`,
  );
  console.log(`  ${rows.map(({ name, size }) => `${name} ${size}`).join(", ")}\n`);
}

const queryOf = (text: string): Query => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.mistake.expected}`);
  return parsed.query;
};

/** The first search of a bin makes its index, from pages that nobody has read yet. */
async function indexAll(store: Store, bins: readonly string[]): Promise<void> {
  const times: number[] = [];
  for (const bin of bins) {
    const startedAt = performance.now();
    for (let before: number | undefined; ; ) {
      const page = await store.requests.search(bin, queryOf("nowhere"), { limit: 51, before });
      if (page.searchedTo === null) break;
      before = page.searchedTo;
    }
    times.push((performance.now() - startedAt) / 1000);
  }
  times.sort((a, b) => a - b);
  console.log(
    `The first search of a bin, which makes its index: p50 ${at(times, 0.5).toFixed(1)} s.\n`,
  );
}

async function benchQueries(store: Store, bins: readonly string[]): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const [kind, text] of queries) {
    const query = queryOf(text);
    const times: number[] = [];
    let found = "";
    for (let run = 0; run < RUNS; run++) {
      const bin = bins[Math.floor(Math.random() * bins.length)] ?? "";
      const startedAt = performance.now();
      if (text === "") await store.requests.list(bin, { limit: 51 });
      else {
        const { items, searchedTo } = await store.requests.search(bin, query, { limit: 51 });
        found = `${items.length}${searchedTo === null ? "" : `, to #${searchedTo}`}`;
      }
      times.push(performance.now() - startedAt);
    }
    times.sort((a, b) => a - b);
    rows.push([kind, text, found, ...[0.5, 0.95, 1].map((share) => at(times, share).toFixed(1))]);
  }
  printTable(["kind", "query", "found", "p50 ms", "p95 ms", "most ms"], rows);
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
