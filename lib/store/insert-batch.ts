import type pg from "pg";
import type { Draft, Stored } from "../contract/draft.ts";
import {
  bool,
  bytea,
  encodeArray,
  float4,
  float8,
  int2,
  int4,
  int8,
  json,
  text,
  uuid,
} from "./binary-array.ts";
import { type Column, column, columnSql } from "./columns.ts";

const columns: Column<Draft>[] = [
  column("id", uuid, (draft) => draft.id),
  column("bin_id", text, (draft) => draft.binId),
  column("received_at_us", int8, (draft) => draft.receivedAtUs),
  column("method", text, (draft) => draft.method),
  column("target", text, (draft) => draft.target),
  column("target_prefix", text, (draft) => draft.targetPrefix),
  column("origin", text, (draft) => draft.origin),
  column("http_version", text, (draft) => draft.httpVersion),
  column("headers", json, (draft) => JSON.stringify(draft.headers)),
  column("trailers", json, (draft) =>
    draft.trailers.length ? JSON.stringify(draft.trailers) : null,
  ),
  column("content_type", text, (draft) => draft.contentType),
  column("body", bytea, (draft) => draft.body),
  column("body_size", int4, (draft) => draft.bodySize),
  column("body_declared_size", int8, (draft) => draft.bodyDeclaredSize),
  column("body_truncated", bool, (draft) => draft.bodyTruncated),
  column("body_incomplete", bool, (draft) => draft.bodyIncomplete),
  column("body_sha256", bytea, (draft) => draft.bodySha256),
  column("remote_address", text, (draft) => draft.remoteAddress),
  column("cookie_redacted", bool, (draft) => draft.cookieRedacted),
  column("provider_id", text, (draft) => draft.provider?.id ?? null),
  column("event", text, (draft) => draft.provider?.event ?? null),
  column("delivery_id", text, (draft) => draft.provider?.deliveryId ?? null),
  column("delivery_attempt", int4, (draft) => draft.provider?.attempt ?? null),
  column("event_id", text, (draft) => draft.provider?.eventId ?? null),
  column("account", text, (draft) => draft.provider?.account ?? null),
  column("mode", text, (draft) => draft.provider?.mode ?? null),
  column("occurred_at_us", int8, (draft) => draft.provider?.occurredAtUs ?? null),
  column("provider_chosen", bool, (draft) => draft.providerChosen),
  column("imported", json, (draft) => (draft.imported ? JSON.stringify(draft.imported) : null)),
  column("thread_key", bytea, (draft) => draft.threadKey),
  column("handshake", text, (draft) => draft.handshake),
  column("signature_status", text, ({ signature }) =>
    signature.status === "unchecked" ? null : signature.status,
  ),
  column("signature_scheme", text, (draft) => draft.signature.scheme),
  column("signature_reason", text, (draft) => draft.signature.reason),
  column("signature_age", float8, (draft) => draft.signature.timestampAgeSeconds),
  column("refused", bool, (draft) => draft.refused),
  column("response_status", int2, (draft) => draft.response?.status ?? null),
  column("response_headers", json, (draft) =>
    draft.response?.headers.length ? JSON.stringify(draft.response.headers) : null,
  ),
  column("response_body_size", int4, (draft) => draft.response?.bodySize ?? 0),
  column("head_ms", float4, (draft) => draft.headMs),
  column("body_ms", float4, (draft) => draft.bodyMs),
];

const FIRST_COLUMN = 4;
const { names, arrays } = columnSql(columns, FIRST_COLUMN);
const parameterOf = (name: string) =>
  `$${FIRST_COLUMN + columns.findIndex((each) => each.name === name)}`;

/**
 * One statement, one transaction, one round trip. `heads` are locked first and in the order of their ids, so that two
 * processes can't deadlock; the lock is held to the commit, so a bin's seq order is its commit order, without holes.
 * A row's seq is its bin's old head plus its place ($3) among the batch's rows of that bin. A bin without a head was
 * deleted: its rows join nothing, and it is missing in the result.
 *
 * A row's place in its thread is one more than that of the newest row with the same key, which one look into the index
 * finds. Two processes that take tries of one event within the same milliseconds may give both the same place: neither
 * sees the other's rows yet.
 *
 * Measured against multi-row VALUES (27 parameters a row): see docs/decisions.md.
 */
const sql = `
WITH locked AS (
  SELECT bin_id FROM bin_heads WHERE bin_id = ANY ($1::text[]) ORDER BY bin_id FOR UPDATE
), heads AS (
  UPDATE bin_heads AS head SET last_seq = head.last_seq + batch.rows
  FROM unnest($1::text[], $2::int4[]) AS batch (bin_id, rows), locked
  WHERE head.bin_id = batch.bin_id AND locked.bin_id = batch.bin_id
  RETURNING head.bin_id, head.last_seq - batch.rows AS base
), threads AS (
  SELECT array_agg(placed.thread_place ORDER BY placed.n) AS places FROM (
    SELECT row.n, CASE WHEN row.thread_key IS NULL THEN 1 ELSE
      row_number() OVER (PARTITION BY row.bin_id, row.thread_key ORDER BY row.n) + coalesce((
        SELECT earlier.thread_place FROM requests AS earlier
        WHERE earlier.bin_id = row.bin_id AND earlier.thread_key = row.thread_key
        ORDER BY earlier.seq DESC LIMIT 1
      ), 0) END::int4 AS thread_place
    FROM unnest(${parameterOf("bin_id")}::text[], ${parameterOf("thread_key")}::bytea[])
      WITH ORDINALITY AS row (bin_id, thread_key, n)
  ) AS placed
), stored AS (
  INSERT INTO requests (seq, thread_place, ${names})
  SELECT heads.base + row.place, (SELECT places FROM threads)[row.n],
    row.${columns.map((each) => each.name).join(", row.")}
  FROM unnest($3::int4[], ${arrays}) WITH ORDINALITY AS row (place, ${names}, n)
    JOIN heads USING (bin_id)
)
SELECT bin_id, base, CASE WHEN row_number() OVER () = 1 THEN (SELECT places FROM threads) END AS places
FROM heads`;

/** The batch's bins in the order of their ids, their row counts, and each row's place (from 1) among its bin's rows. */
function countPlaces(drafts: readonly Draft[]) {
  const counts = new Map<string, number>();
  const places = drafts.map((draft) => {
    const place = (counts.get(draft.binId) ?? 0) + 1;
    counts.set(draft.binId, place);
    return place;
  });
  const bins = [...counts.keys()].sort();
  return { bins, rows: bins.map((bin) => counts.get(bin) ?? 0), places };
}

/**
 * Stores a batch. Answers where each draft is now, in the order given; null for one whose bin takes nothing any more.
 * @throws pg's error: nothing of the batch is stored, unless the connection was lost.
 */
export async function insertBatch(
  client: pg.ClientBase,
  drafts: readonly Draft[],
): Promise<(Stored | null)[]> {
  const { bins, rows, places } = countPlaces(drafts);
  const result = await client.query<{ bin_id: string; base: string; places: number[] | null }>({
    name: "insert-batch",
    text: sql,
    values: [
      encodeArray(text, bins),
      encodeArray(int4, rows),
      encodeArray(int4, places),
      ...columns.map((each) => each.encode(drafts)),
    ],
  });
  const bases = new Map(result.rows.map((row) => [row.bin_id, Number(row.base)]));
  const threadPlaces = result.rows[0]?.places ?? [];
  return drafts.map((draft, index) => {
    const base = bases.get(draft.binId);
    if (base === undefined) return null;
    return { seq: base + (places[index] as number), threadPlace: threadPlaces[index] ?? 1 };
  });
}

/** Where those of `ids` are that are stored. */
export async function findStored(
  client: pg.ClientBase,
  ids: readonly string[],
): Promise<Map<string, Stored>> {
  const { rows } = await client.query<{ id: string; seq: string; thread_place: number }>({
    text: "SELECT id, seq, thread_place FROM requests WHERE id = ANY ($1::uuid[])",
    values: [encodeArray(uuid, ids)],
  });
  return new Map(
    rows.map((row) => [row.id, { seq: Number(row.seq), threadPlace: row.thread_place }]),
  );
}
