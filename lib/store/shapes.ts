import { Prisma } from "#prisma/generated/client.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { Database } from "./database.ts";
import { readBodies } from "./search/read-bodies.ts";
import { runSql } from "./search/run-sql.ts";

/** Requests alike by who sent them; of nobody known, by where they went. */
export type ShapeGroup = {
  provider: string | null;
  event: string | null;
  method: string | null;
  path: string | null;
  contentType: string | null;
  requests: number;
  lastSeq: number;
};

/** Who sent a request, and where to. */
export type ShapeRow = Omit<ShapeGroup, "requests" | "lastSeq"> & { seq: number };

export type ListedSample = { seq: number; bytes: number };
export type StoredSample = {
  id: string;
  seq: number;
  headers: HeaderPair[];
  contentType: string | null;
  /** Some of the body never came, or was not kept. */
  isCut: boolean;
  bodySize: number;
  body: Buffer;
};

/** Above and below these seqs. */
type Range = { above: number; below: number };

const GROUPS_MAX = 300;
const KNOWN = Prisma.sql`r.provider_id IS NOT NULL`;
const PATH = Prisma.sql`split_part(r.target, '?', 1)`;
const TYPE = Prisma.sql`lower(btrim(split_part(r.content_type, ';', 1), E' \t'))`;

/** Reads for shapes: in the order of seqs, and so much at once as may be in memory. */
export function createShapes({ pool }: Pick<Database, "pool">) {
  /** The watermark and the last seq; `revision` rises with each removal. Null when the bin is gone. */
  async function head(
    binId: string,
  ): Promise<{ revision: number; clearedThrough: number; lastSeq: number } | null> {
    const [row] = await runSql<{ revision: number; cleared: string; last: string }>(
      pool,
      Prisma.sql`
        SELECT bins.revision, bins.cleared_through AS cleared, coalesce(heads.last_seq, 0) AS last
        FROM bins LEFT JOIN bin_heads AS heads ON heads.bin_id = bins.id
        WHERE bins.id = ${binId} AND bins.deleted_at IS NULL`,
    );
    return row
      ? {
          revision: row.revision,
          clearedThrough: Number(row.cleared),
          lastSeq: Number(row.last),
        }
      : null;
  }

  /** What has a body, by kind, the newest first. */
  async function groups(binId: string, { above, below }: Range): Promise<ShapeGroup[]> {
    const rows = await runSql<ShapeGroup & { requests: string; lastSeq: string }>(
      pool,
      Prisma.sql`
        SELECT r.provider_id AS provider, r.event, CASE WHEN ${KNOWN} THEN NULL ELSE r.method END AS method,
          CASE WHEN ${KNOWN} THEN NULL ELSE ${PATH} END AS path,
          CASE WHEN ${KNOWN} THEN NULL ELSE ${TYPE} END AS "contentType",
          count(*) AS requests, max(r.seq) AS "lastSeq"
        FROM requests AS r
        WHERE r.bin_id = ${binId} AND r.seq > ${above}::bigint AND r.seq < ${below}::bigint
          AND r.body_size > 0
        GROUP BY 1, 2, 3, 4, 5 ORDER BY max(r.seq) DESC LIMIT ${GROUPS_MAX}::int`,
    );
    return rows.map((row) => ({
      ...row,
      requests: Number(row.requests),
      lastSeq: Number(row.lastSeq),
    }));
  }

  /** What the requests of a range are, oldest first; with `id` only this one. */
  async function rows(binId: string, { above, below }: Range): Promise<ShapeRow[]> {
    const found = await runSql<ShapeRow & { seq: string }>(
      pool,
      Prisma.sql`
        SELECT r.seq, r.provider_id AS provider, r.event, r.method, ${PATH} AS path, ${TYPE} AS "contentType"
        FROM requests AS r
        WHERE r.bin_id = ${binId} AND r.seq > ${above}::bigint AND r.seq < ${below}::bigint
        ORDER BY r.seq`,
    );
    return found.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  /** The newest of a range that are a provider's event, or that are among `seqs`; oldest first. */
  async function list(
    binId: string,
    of: { provider: string; event: string | null } | { seqs: readonly number[] },
    { above, below }: Range,
    limit: number,
  ): Promise<ListedSample[]> {
    const condition =
      "seqs" in of
        ? Prisma.sql`r.seq = ANY (${[...of.seqs]}::bigint[])`
        : Prisma.sql`r.provider_id = ${of.provider} AND r.event IS NOT DISTINCT FROM ${of.event}::text`;
    const found = await runSql<{ seq: string; bytes: number }>(
      pool,
      Prisma.sql`
        SELECT r.seq, r.body_size AS bytes FROM requests AS r
        WHERE r.bin_id = ${binId} AND r.seq > ${above}::bigint AND r.seq < ${below}::bigint
          AND r.body_size > 0 AND ${condition}
        ORDER BY r.seq DESC LIMIT ${limit}::int`,
    );
    return found.map(({ seq, bytes }) => ({ seq: Number(seq), bytes })).reverse();
  }

  /** Those that are still there, oldest first, each body up to `bytes`. */
  async function samples(
    binId: string,
    seqs: readonly number[],
    bytes: number,
  ): Promise<StoredSample[]> {
    const found = await runSql<Omit<StoredSample, "body" | "seq"> & { seq: string }>(
      pool,
      Prisma.sql`
        SELECT r.id, r.seq, r.headers, r.content_type AS "contentType", r.body_size AS "bodySize",
          r.body_truncated OR r.body_incomplete AS "isCut"
        FROM requests AS r
        WHERE r.bin_id = ${binId} AND r.seq = ANY (${[...seqs]}::bigint[]) ORDER BY r.seq`,
    );
    const bodies = await readBodies(pool, binId, seqs, bytes);
    return found.map((row) => {
      const seq = Number(row.seq);
      return { ...row, seq, body: bodies.get(seq) ?? Buffer.alloc(0) };
    });
  }

  return { head, groups, rows, list, samples };
}
