import type pg from "pg";
import type { Change } from "../contract/forwards.ts";
import type { DeadReason } from "../contract/destination-limits.ts";
import { bytea, encodeArray, int2, int4, json, text, uuid } from "./binary-array.ts";
import { type Column, column, columnSql } from "./columns.ts";
import type { NewAttempt } from "./forwards.ts";
import type { Hold } from "./turns.ts";

/** An attempt that is about to be made. */
export type Beginning = {
  forwardId: string;
  attemptId: string;
  startedAt: Date;
  bodySha256Sent: Buffer;
  url: string;
  changes: Change[];
};

/** What came of it. `dueAtMs`: when it is tried again; null unless it has failed. */
export type TurnOutcome = {
  forwardId: string;
  attempt: NewAttempt;
  state: "delivered" | "failed" | "dead";
  deadReason: DeadReason | null;
  dueAtMs: number | null;
};

type CircuitColumns = { failures: number; openedAtMs: number | null; probeAtMs: number | null };

/** Until its outcome is known: what a crash would leave is then already true. */
const UNKNOWN = {
  code: "interrupted",
  message:
    "Hooklens stopped before the outcome was stored. The attempt may have been made: the target may have handled the request.",
  timing: '{"dnsMs":null,"connectMs":null,"tlsMs":null,"firstByteMs":null,"totalMs":0}',
};

const beginningColumns: Column<Beginning>[] = [
  column("forward_id", uuid, (each) => each.forwardId),
  column("attempt_id", uuid, (each) => each.attemptId),
  column("sha256", bytea, (each) => each.bodySha256Sent),
  column("url", text, (each) => each.url),
  column("changes", json, (each) => JSON.stringify(each.changes)),
  column("started_at", text, (each) => each.startedAt.toISOString()),
];
const beginning = columnSql(beginningColumns, 5);

const beginSql = `
WITH held AS (
  UPDATE destination_states SET tokens = $3, tokens_at = $4 WHERE destination_id = $1 AND turn = $2
  RETURNING destination_id
), tried AS (
  UPDATE waiting_forwards SET tries = tries + 1, attempt_id = begun.attempt_id
  FROM unnest(${beginning.arrays}) AS begun (${beginning.names}), held
  WHERE waiting_forwards.forward_id = begun.forward_id
    AND waiting_forwards.destination_id = held.destination_id AND waiting_forwards.attempt_id IS NULL
  RETURNING begun.*
)
INSERT INTO attempts (id, forward_id, started_at, body_sha256_sent, url, changes, timing, error_code, error_message)
SELECT attempt_id, forward_id, started_at::timestamptz, sha256, url, changes, '${UNKNOWN.timing}',
  '${UNKNOWN.code}', '${UNKNOWN.message}'
FROM tried RETURNING forward_id`;

/**
 * Writes down that these are tried now, before the first byte of any is sent; and what the throttle has left. The ids of
 * those that may be sent: none when another turn has begun.
 */
export async function beginAttempts(
  client: pg.ClientBase,
  { destinationId, turn }: Hold,
  beginnings: readonly Beginning[],
  bucket: { tokens: number; atMs: number },
): Promise<Set<string>> {
  const tokens = Number.isFinite(bucket.tokens) ? bucket.tokens : 0;
  const { rows } = await client.query<{ forward_id: string }>({
    name: "turn-begin",
    text: beginSql,
    values: [
      destinationId,
      turn,
      tokens,
      new Date(bucket.atMs),
      ...beginningColumns.map((each) => each.encode(beginnings)),
    ],
  });
  return new Set(rows.map((row) => row.forward_id));
}

const outcomeColumns: Column<TurnOutcome>[] = [
  column("forward_id", uuid, (each) => each.forwardId),
  column("attempt_id", uuid, ({ attempt }) => attempt.id),
  column("state", text, (each) => each.state),
  column("dead_reason", text, (each) => each.deadReason),
  column("status", int2, ({ attempt }) => attempt.status),
  column("headers", json, ({ attempt }) => JSON.stringify(attempt.headers)),
  column("body_size", int4, ({ attempt }) => attempt.bodySize),
  column("body", bytea, ({ attempt }) => attempt.body),
  column("timing", json, ({ attempt }) => JSON.stringify(attempt.timing)),
  column("error_code", text, ({ attempt }) => attempt.error?.code ?? null),
  column("error_message", text, ({ attempt }) => attempt.error?.message ?? null),
  column("due_at", text, ({ dueAtMs }) => (dueAtMs === null ? null : rfc3339(dueAtMs))),
];
const rfc3339 = (ms: number) => new Date(ms).toISOString();
const outcome = columnSql(outcomeColumns, 6);

/**
 * An attempt that a newer turn has taken for interrupted stays so: its forward is tried again. The state's row is locked
 * first, as everywhere: who deletes a destination locks it before what waits. What was under way when it was deleted has
 * been made all the same, and may have arrived.
 */
const settleSql = `
WITH held AS MATERIALIZED (
  SELECT destination_id FROM destination_states WHERE destination_id = $1 FOR UPDATE
), outcome AS MATERIALIZED (
  SELECT outcome.*, (SELECT count(*) FROM held) AS held
  FROM unnest(${outcome.arrays}) AS outcome (${outcome.names})
), ended AS (
  DELETE FROM waiting_forwards AS waiting USING outcome
  WHERE waiting.forward_id = outcome.forward_id AND waiting.attempt_id = outcome.attempt_id
    AND outcome.state <> 'failed' RETURNING waiting.forward_id
), again AS (
  UPDATE waiting_forwards AS waiting SET attempt_id = NULL, due_at = outcome.due_at::timestamptz FROM outcome
  WHERE waiting.forward_id = outcome.forward_id AND waiting.attempt_id = outcome.attempt_id
    AND outcome.state = 'failed' RETURNING waiting.forward_id
), settled AS (
  SELECT outcome.* FROM outcome JOIN (TABLE ended UNION ALL TABLE again) AS mine USING (forward_id)
), deserted AS (
  SELECT outcome.* FROM outcome JOIN forwards ON forwards.id = outcome.forward_id
  WHERE outcome.held = 0 AND forwards.destination_id = $1
    AND forwards.dead_reason = 'destination_deleted'
), forwarded AS (
  UPDATE forwards SET state = settled.state, dead_reason = settled.dead_reason
  FROM (TABLE settled UNION ALL SELECT * FROM deserted WHERE state = 'delivered') AS settled
  WHERE forwards.id = settled.forward_id
), attempted AS (
  UPDATE attempts SET status = settled.status, headers = settled.headers, body_size = settled.body_size,
    body = settled.body, timing = settled.timing, error_code = settled.error_code, error_message = settled.error_message
  FROM (TABLE settled UNION ALL TABLE deserted) AS settled WHERE attempts.id = settled.attempt_id
), stood AS (
  UPDATE destination_states SET failures = $3, opened_at = $4, probe_at = $5
  WHERE destination_id = $1 AND turn = $2
)
SELECT forward_id FROM settled`;

/** Stores what came of attempts, and how the circuit breaker stands after them; the ids of those that could be settled. */
export async function settleAttempts(
  client: pg.ClientBase,
  { destinationId, turn }: Hold,
  outcomes: readonly TurnOutcome[],
  { failures, openedAtMs, probeAtMs }: CircuitColumns,
): Promise<Set<string>> {
  const { rows } = await client.query<{ forward_id: string }>({
    name: "turn-settle",
    text: settleSql,
    values: [
      destinationId,
      turn,
      failures,
      openedAtMs === null ? null : new Date(openedAtMs),
      probeAtMs === null ? null : new Date(probeAtMs),
      ...outcomeColumns.map((each) => each.encode(outcomes)),
    ],
  });
  return new Set(rows.map((row) => row.forward_id));
}

/** Ends forwards without an attempt. */
export async function buryForwards(
  client: pg.ClientBase,
  { destinationId }: Hold,
  dead: readonly { forwardId: string; reason: DeadReason }[],
): Promise<void> {
  await client.query({
    name: "turn-bury",
    text: `WITH buried AS (
        DELETE FROM waiting_forwards USING unnest($2::uuid[], $3::text[]) AS dead (forward_id, reason)
        WHERE waiting_forwards.forward_id = dead.forward_id AND destination_id = $1
        RETURNING dead.forward_id, reason
      ) UPDATE forwards SET state = 'dead', dead_reason = reason FROM buried WHERE id = forward_id`,
    values: [
      destinationId,
      encodeArray(
        uuid,
        dead.map((each) => each.forwardId),
      ),
      encodeArray(
        text,
        dead.map((each) => each.reason),
      ),
    ],
  });
}

/** Forgets forwards whose request was removed before they arrived, and counts them. */
export async function dropForwards(
  client: pg.ClientBase,
  { destinationId }: Hold,
  forwardIds: readonly string[],
): Promise<void> {
  await client.query({
    name: "turn-drop",
    text: `WITH held AS MATERIALIZED (SELECT id FROM destinations WHERE id = $1 FOR UPDATE), gone AS (
        DELETE FROM waiting_forwards USING held WHERE forward_id = ANY ($2::uuid[]) AND destination_id = held.id
        RETURNING forward_id
      ), forwarded AS (
        DELETE FROM forwards USING gone WHERE id = gone.forward_id
      ), attempted AS (
        DELETE FROM attempts USING gone WHERE attempts.forward_id = gone.forward_id
      ) UPDATE destinations SET missed = missed + (SELECT count(*) FROM gone) WHERE id = $1`,
    values: [destinationId, encodeArray(uuid, forwardIds)],
  });
}
