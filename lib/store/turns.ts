import pg from "pg";
import { validate as isUuid } from "uuid";
import { Prisma } from "#prisma/generated/client.ts";
import type { CapturedRequestModel } from "#prisma/generated/models/CapturedRequest.ts";
import type { DestinationSettings } from "../contract/destinations.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { type KeptHeaders, toKeptHeaders } from "./kept-headers.ts";
import { type DestinationRow, settingsOf } from "./to-destination.ts";
import { toCapturedRequest } from "./to-request.ts";

/** Work at one destination, from its beginning to its end: what is written is written only while it is the newest. */
export type Hold = { destinationId: string; turn: string };

/** A destination as whoever works at it sees it. Times are milliseconds since 1970. */
export type TurnView = {
  binId: string;
  settings: DestinationSettings;
  /** The headers that it adds: their values are not among the settings. */
  added: KeptHeaders;
  /** It is a resend: a forward has its attempts, and none more after a server that ended. */
  isOnce: boolean;
  isStopped: boolean;
  /** URLs of all enabled destinations of the bin. */
  urls: string[];
  circuit: { failures: number; openedAtMs: number | null; probeAtMs: number | null };
  bucket: { tokens: number; atMs: number };
  /** The database's clock, by which all times of a destination go: processes' differ. */
  nowMs: number;
};

/** A forward that is due. `request` is null when it is not there any more, `body` when it is empty or read apart. */
export type DueForward = {
  forwardId: string;
  requestId: string;
  tries: number;
  sinceMs: number;
  dueAtMs: number;
  request: CapturedRequest | null;
  body: Buffer | null;
};

const PAGE_ROWS_MAX = 100;
/** Larger ones are read when their turn comes, each by itself. */
const INLINE_BYTES_MAX = 64 * 1024;
const INT8 = 20;

/** Times and seqs are BigInt in a row, as Prisma has them. */
const types = {
  getTypeParser: (oid: number, format?: "text"): unknown =>
    oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

const openSql = `
WITH begun AS (
  UPDATE destination_states SET turn = $2 WHERE destination_id = $1 RETURNING destination_id
), interrupted AS (
  UPDATE waiting_forwards SET attempt_id = NULL
  FROM begun WHERE waiting_forwards.destination_id = begun.destination_id AND attempt_id IS NOT NULL
  RETURNING forward_id
), told AS (
  UPDATE forwards SET state = 'failed' FROM interrupted WHERE forwards.id = interrupted.forward_id
)
SELECT FROM begun`;

/**
 * Begins a turn, and ends an older one. What that one had under way is tried again: it may have been made, and its row
 * says so. False when the destination is not there any more.
 */
export async function openTurn(client: pg.ClientBase, hold: Hold): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "turn-open",
    text: openSql,
    values: [hold.destinationId, hold.turn],
  });
  return rowCount === 1;
}

/** A resend that is over shares no rate any more. */
const isAtWork = (name: string) => `(${name}.through IS NULL OR ${name}.cursor < ${name}.through
  OR EXISTS (SELECT FROM waiting_forwards WHERE waiting_forwards.destination_id = ${name}.id))`;

const viewSql = `
SELECT destination.*, failures, opened_at, probe_at, tokens, tokens_at, clock_timestamp() AS now,
  ARRAY(SELECT other.url FROM destinations AS other
    WHERE other.bin_id = destination.bin_id AND other.enabled AND ${isAtWork("other")}) AS urls
FROM destinations AS destination
  JOIN destination_states AS state ON state.destination_id = destination.id
  JOIN bins ON bins.id = destination.bin_id
WHERE destination.id = $1 AND turn = $2 AND enabled
  AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

type ViewRow = DestinationRow & {
  through: string | null;
  stopped_at: Date | null;
  urls: string[];
  tokens: number;
  tokens_at: Date | null;
  now: Date;
};

/** Null when there is nothing to do: another turn has begun, it was disabled or deleted, or its bin is gone. */
export async function readTurn(client: pg.ClientBase, hold: Hold): Promise<TurnView | null> {
  const { rows } = await client.query<ViewRow>({
    name: "turn-read",
    text: viewSql,
    values: [hold.destinationId, hold.turn],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    binId: row.bin_id,
    settings: settingsOf(row),
    added: toKeptHeaders({
      addHeaders: row.add_headers,
      headersKeyId: row.headers_key_id,
      headersSealed: row.headers_sealed,
    }),
    isOnce: row.through !== null,
    isStopped: row.stopped_at !== null,
    urls: row.urls,
    circuit: {
      failures: row.failures,
      openedAtMs: row.opened_at?.getTime() ?? null,
      probeAtMs: row.probe_at?.getTime() ?? null,
    },
    bucket: { tokens: row.tokens, atMs: row.tokens_at?.getTime() ?? 0 },
    nowMs: row.now.getTime(),
  };
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columns = Object.values(Prisma.CapturedRequestScalarFieldEnum)
  .filter((name) => name !== "body")
  .map((name) => `requests.${snake(name)} AS "${name}"`)
  .join(", ");

/** Not cleared, or pinned. */
const visible = `(requests.seq > (SELECT cleared_through FROM bins WHERE bins.id = requests.bin_id)
  OR EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned))`;

/**
 * In strict order by seq, and then only up to the first that is not due yet; else whatever is due. Bounded by bytes, which
 * only the database can add up before it reads them.
 */
const pageSql = (order: "seq" | "due_at, seq") => `
WITH ahead AS MATERIALIZED (
  SELECT forward_id, waiting.request_id, tries, since, due_at, waiting.seq AS place,
    CASE WHEN body_size <= ${INLINE_BYTES_MAX} THEN body_size ELSE 0 END
      + octet_length(headers::text) + octet_length(target) AS weight
  FROM waiting_forwards AS waiting
    LEFT JOIN requests ON requests.id = waiting.request_id
      AND ${visible}
  WHERE waiting.destination_id = $1 AND attempt_id IS NULL
    AND ${order === "seq" ? "TRUE" : "due_at <= now()"}
  ORDER BY ${order === "seq" ? "waiting.seq" : "due_at, waiting.seq"} LIMIT ${PAGE_ROWS_MAX}
), fitting AS (
  SELECT * FROM (
    SELECT ahead.*, sum(weight) OVER (ORDER BY ${order.replace("seq", "place")} ROWS UNBOUNDED PRECEDING) - weight AS before
    FROM ahead
  ) AS added WHERE before < $2 OR before IS NULL
)
SELECT forward_id AS "forwardId", fitting.request_id AS "requestId", tries, since, due_at AS "dueAt",
  CASE WHEN body_size <= ${INLINE_BYTES_MAX} THEN body END AS body, ${columns}
FROM fitting
  LEFT JOIN requests ON requests.id = fitting.request_id
    AND ${visible}
ORDER BY ${order.replace("seq", "place")}`;

const pageSqls = { strict: pageSql("seq"), free: pageSql("due_at, seq") };

type PageRow = CapturedRequestModel & {
  forwardId: string;
  requestId: string;
  tries: number;
  since: Date;
  dueAt: Date;
};

/** The forwards to try next, of about so many bytes. */
export async function readDue(
  client: pg.ClientBase,
  { destinationId }: Hold,
  { isOrdered, bytes }: { isOrdered: boolean; bytes: number },
): Promise<DueForward[]> {
  const order = isOrdered ? "strict" : "free";
  const { rows } = await client.query<PageRow>({
    name: `turn-page-${order}`,
    text: pageSqls[order],
    values: [destinationId, bytes],
    types,
  });
  return rows.map((row) => ({
    forwardId: row.forwardId,
    requestId: row.requestId,
    tries: row.tries,
    sinceMs: row.since.getTime(),
    dueAtMs: row.dueAt.getTime(),
    // An outer join without its other side.
    request: (row.id as string | null) === null ? null : toCapturedRequest(row, undefined),
    body: row.body && Buffer.from(row.body),
  }));
}

/** Whether this destination has sent one of these forwards; ids that are none are nobody's. */
export async function hasSent(
  client: pg.ClientBase,
  destinationId: string,
  forwardIds: readonly string[],
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: "turn-has-sent",
    text: "SELECT FROM forwards WHERE id = ANY ($2::uuid[]) AND destination_id = $1 LIMIT 1",
    values: [destinationId, forwardIds.filter((id) => isUuid(id))],
  });
  return rowCount === 1;
}

/** When the next of its forwards that waits for another attempt is due; null: none does. */
export async function readNextDue(
  client: pg.ClientBase,
  { destinationId }: Hold,
): Promise<number | null> {
  const { rows } = await client.query<{ due_at: Date | null }>({
    name: "turn-next-due",
    text: "SELECT min(due_at) AS due_at FROM waiting_forwards WHERE destination_id = $1 AND attempt_id IS NULL",
    values: [destinationId],
  });
  return rows[0]?.due_at?.getTime() ?? null;
}

/**
 * Ends a turn: when there is something to do again, or null. The row is locked first, so that a statement begun after it
 * sees what a dispatcher has put there meanwhile. `notBeforeMs`: its circuit breaker or its throttle has it wait so long.
 */
export async function closeTurn(
  client: pg.ClientBase,
  { destinationId, turn }: Hold,
  { isOrdered, notBeforeMs }: { isOrdered: boolean; notBeforeMs: number },
): Promise<number | null> {
  await client.query("BEGIN");
  try {
    const dueAtMs = await closeLocked(client, { destinationId, turn }, { isOrdered, notBeforeMs });
    await client.query("COMMIT");
    return dueAtMs;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function closeLocked(
  client: pg.ClientBase,
  { destinationId, turn }: Hold,
  { isOrdered, notBeforeMs }: { isOrdered: boolean; notBeforeMs: number },
): Promise<number | null> {
  await client.query({
    name: "turn-lock",
    text: "SELECT FROM destination_states WHERE destination_id = $1 FOR UPDATE",
    values: [destinationId],
  });
  const { rows } = await client.query<{ due_at: Date | null }>({
    name: `turn-close-${isOrdered}`,
    text: `UPDATE destination_states SET turn = NULL, due_at = (
        SELECT GREATEST(due_at, $3::timestamptz) FROM waiting_forwards WHERE destination_id = $1
        ORDER BY ${isOrdered ? "seq" : "due_at"} LIMIT 1
      ) WHERE destination_id = $1 AND turn = $2 RETURNING due_at`,
    values: [destinationId, turn, new Date(notBeforeMs)],
  });
  return rows[0]?.due_at?.getTime() ?? null;
}
