import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import type { LabelCount } from "../../contract/annotations.ts";
import type { Suggestions } from "../../contract/suggestions.ts";
import { PlaceCollector } from "../../search/collect-places.ts";
import { listRequests } from "./list.ts";
import { runSql } from "./run-sql.ts";
import { readSubjects, readsOf } from "./subjects.ts";

/** The newest requests, and so much of each body: some 3 MiB at most. */
const REQUESTS = 200;
const NEEDS = { headers: true, bodyBytes: 16 * 1024, forwards: true, annotation: false };
/** Requests of 10 KB take 5 ms then. */
const IN_A_ROW = 16;
/** Rows whose columns are counted, since what is rare is what is looked for. */
const FACT_ROWS = 5_000;
const FACTS = 500;

/** What the newest requests above a seq can be asked for, and all labels. */
export async function suggest(
  pool: pg.Pool,
  binId: string,
  above: number,
  labels: readonly LabelCount[],
): Promise<Suggestions> {
  const range = { binId, above, below: Number.MAX_SAFE_INTEGER };
  const collector = new PlaceCollector();
  for (const { label, count } of labels) collector.addFact("label", label, count);
  const listed = await listRequests(pool, range, NEEDS, { limit: REQUESTS });
  for (const read of readsOf(listed, false)) {
    for (const [place, subject] of (await readSubjects(pool, binId, read, NEEDS)).entries()) {
      collector.add(subject);
      if (place % IN_A_ROW === IN_A_ROW - 1) await setImmediate();
    }
  }
  if (listed.length === REQUESTS) await addFacts(pool, binId, above, collector);
  return collector.result();
}

type FactRow = {
  method: string;
  provider: string | null;
  event: string | null;
  type: string | null;
  times: number;
};

async function addFacts(
  pool: pg.Pool,
  binId: string,
  above: number,
  collector: PlaceCollector,
): Promise<void> {
  const rows = await runSql<FactRow>(
    pool,
    Prisma.sql`
      SELECT method, provider, event, type, count(*)::int AS times FROM (
        SELECT r.method, r.provider_id AS provider, r.event, split_part(r.content_type, ';', 1) AS type
        FROM requests AS r WHERE r.bin_id = ${binId} AND r.seq > ${above}::bigint
        ORDER BY r.seq DESC LIMIT ${FACT_ROWS}::int
      ) AS newest
      GROUP BY 1, 2, 3, 4 ORDER BY times DESC LIMIT ${FACTS}::int`,
  );
  for (const { times, ...facts } of rows) {
    for (const field of ["method", "provider", "event", "type"] as const) {
      const value = facts[field]?.trim();
      if (value) collector.addFact(field, value, times);
    }
  }
}
