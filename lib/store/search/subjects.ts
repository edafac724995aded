import type pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import type { HeaderPair } from "../../contract/headers.ts";
import type { Signature } from "../../contract/requests.ts";
import { rfc3339 } from "../../contract/time.ts";
import type { Needs } from "../../search/needs.ts";
import { Subject } from "../../search/subject.ts";
import { readBodies } from "./read-bodies.ts";
import { runSql } from "./run-sql.ts";

/** A request to be looked at: its seq, and how many bytes of its body that takes. */
export type Listed = { seq: number; bytes: number };

/** Read at once: first little, since the newest requests are often enough; at most as long as others may be held up. */
const READ_BYTES = { first: 256 * 1024, most: 1024 * 1024 };
const READ_REQUESTS_MAX = 500;

type Row = {
  id: string;
  seq: string;
  receivedAtUs: string;
  method: string;
  target: string;
  headers: HeaderPair[];
  contentType: string | null;
  bodySize: number;
  remoteAddress: string;
  providerId: string | null;
  event: string | null;
  deliveryId: string | null;
  signature: Signature["status"];
  status: number | null;
  forwards: string[];
  annotation: { note: string; labels: string[]; pinned: boolean } | null;
};

/** Cuts a list of requests into what is read at once. */
export function* readsOf(listed: readonly Listed[], isFirst: boolean): Generator<Listed[]> {
  let most = isFirst ? READ_BYTES.first : READ_BYTES.most;
  let read: Listed[] = [];
  let bytes = 0;
  for (const one of listed) {
    const isFull = read.length === READ_REQUESTS_MAX || bytes + one.bytes > most;
    if (isFull && read.length > 0) {
      yield read;
      [read, bytes, most] = [[], 0, READ_BYTES.most];
    }
    read.push(one);
    bytes += one.bytes;
  }
  if (read.length > 0) yield read;
}

/** Reads requests with what a query needs of them, newest first. */
export async function readSubjects(
  pool: pg.Pool,
  binId: string,
  listed: readonly Listed[],
  needs: Needs,
): Promise<Subject[]> {
  const seqs = listed.map(({ seq }) => seq);
  const rows = await runSql<Row>(pool, rowsSql(binId, seqs, needs));
  const withBody = listed.filter(({ bytes }) => bytes > 0).map(({ seq }) => seq);
  const bodies =
    withBody.length > 0 ? await readBodies(pool, binId, withBody, needs.bodyBytes) : NO_BODIES;
  return rows.map((row) => {
    const request = toSearched(row);
    return new Subject(request, bodies.get(request.seq) ?? Buffer.alloc(0), row.forwards);
  });
}

const NO_BODIES: ReadonlyMap<number, Buffer> = new Map();

const ANNOTATION = Prisma.sql`(
  SELECT json_build_object('note', said.note, 'labels', said.labels, 'pinned', said.pinned)
  FROM annotations AS said WHERE said.id = r.id
)`;

function rowsSql(binId: string, seqs: number[], { headers, forwards, annotation }: Needs) {
  return Prisma.sql`
    SELECT r.id, r.seq, r.received_at_us AS "receivedAtUs", r.method, r.target,
      r.content_type AS "contentType", r.body_size AS "bodySize", r.remote_address AS "remoteAddress",
      r.provider_id AS "providerId", r.event, r.delivery_id AS "deliveryId",
      coalesce(r.signature_status, 'unchecked') AS signature,
      ${headers ? Prisma.sql`r.headers` : Prisma.sql`'[]'::json`} AS headers,
      coalesce((SELECT answer.response_status FROM answers AS answer WHERE answer.id = r.id), r.response_status) AS status,
      ${forwards ? Prisma.sql`ARRAY(SELECT forward.state FROM forwards AS forward WHERE forward.request_id = r.id)` : Prisma.sql`'{}'::text[]`} AS forwards,
      ${annotation ? ANNOTATION : Prisma.sql`NULL::json`} AS annotation
    FROM requests AS r
    WHERE r.bin_id = ${binId} AND r.seq = ANY (${seqs}::bigint[])
    ORDER BY r.seq DESC`;
}

const toSaid = (said: Row["annotation"]) =>
  said && {
    labels: said.labels,
    ...(said.note ? { note: said.note } : {}),
    ...(said.pinned ? { pinned: true as const } : {}),
  };

function toSearched(row: Row) {
  return {
    id: row.id,
    seq: Number(row.seq),
    receivedAt: rfc3339(Number(row.receivedAtUs)),
    method: row.method,
    target: row.target,
    headers: row.headers,
    contentType: row.contentType,
    bodySize: row.bodySize,
    remoteAddress: row.remoteAddress,
    provider:
      row.providerId === null
        ? null
        : { id: row.providerId, event: row.event, deliveryId: row.deliveryId },
    signature: { status: row.signature },
    response: row.status === null ? null : { status: row.status },
    ...toSaid(row.annotation),
  };
}
