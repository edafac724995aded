import { validate as isUuid } from "uuid";
import { Prisma } from "#prisma/generated/client.ts";
import type { DestinationSettings } from "../contract/destinations.ts";
import { RESENDS_KEPT, RESENDS_RUNNING_MAX } from "../contract/resend-limits.ts";
import type { Resend, ResendFailure, ResendLine } from "../contract/resends.ts";
import type { Database } from "./database.ts";
import { columns, keepKey, lockBin, type Transaction } from "./destinations.ts";
import type { SealedHeaders } from "./kept-headers.ts";
import { type FailureRow, type ResendRow, toFailure, toResend } from "./to-resend.ts";

/** `marked`: only these seqs; null: all that match. `planned`: null when they were too many to count. */
export type NewResend = DestinationSettings & {
  /** The values of `headers.add`; null where it adds none. */
  added: SealedHeaders | null;
  id: string;
  binId: string;
  first: number;
  through: number;
  marked: readonly number[] | null;
  planned: number | null;
};

export type LineRow = Omit<ResendLine, "link">;

const FAILURES_MAX = 50;

/** Over: it was given all, and nothing waits. */
const isOver = Prisma.sql`(cursor >= through AND NOT EXISTS (
  SELECT FROM waiting_forwards WHERE waiting_forwards.destination_id = destinations.id))`;

/**
 * Resends: destinations that are given one range of seqs, once. What works at destinations works at them
 * (store/dispatch.ts, store/turns.ts); here is how they begin, stand and end.
 */
export function createResends({ prisma }: Pick<Database, "prisma">) {
  async function add({
    id,
    binId,
    first,
    through,
    marked,
    planned,
    ...settings
  }: NewResend): Promise<"added" | "gone" | "full"> {
    return prisma.$transaction(async (tx) => {
      if ((await lockBin(tx, binId)) === null) return "gone";
      const [running] = await tx.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM destinations WHERE bin_id = ${binId} AND through IS NOT NULL AND NOT ${isOver}`;
      if (Number(running?.count ?? 0) >= RESENDS_RUNNING_MAX) return "full";
      await forgetOld(tx, binId);
      const range = { first, through, cursor: first - 1, marked: [...(marked ?? [])] };
      await keepKey(tx, settings.added);
      await tx.destination.create({
        data: { id, binId, planned, ...range, ...columns(settings) },
      });
      // The throttle begins with nothing: those who begin many resends would have as many bursts.
      await tx.destinationState.create({ data: { destinationId: id, tokensAt: new Date() } });
      return "added";
    });
  }

  /** The newest first. */
  async function list(binId: string, id: string | null = null): Promise<Resend[]> {
    if (id !== null && !isUuid(id)) return [];
    const only = id === null ? Prisma.sql`TRUE` : Prisma.sql`destinations.id = ${id}::uuid`;
    const rows = await prisma.$queryRaw<ResendRow[]>`
      SELECT destinations.*, cardinality(marked) AS marked_count, probe_at, counted.*, ${isOver} AS is_over
      FROM destinations
        JOIN destination_states AS state ON state.destination_id = destinations.id
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE forwards.state IN ('pending', 'failed')) AS pending,
            count(*) FILTER (WHERE forwards.state = 'delivered') AS delivered,
            count(*) FILTER (WHERE forwards.state = 'dead') AS dead
          FROM forwards WHERE forwards.destination_id = destinations.id
        ) AS counted
      WHERE destinations.bin_id = ${binId} AND through IS NOT NULL AND ${only}
      ORDER BY destinations.id DESC`;
    return rows.map((row) => toResend(row));
  }

  /**
   * Nothing more is begun. What was never tried is forgotten, what waits for another attempt is dead; what is under way
   * goes on, and is told as any other. False when it is not there.
   */
  async function stop(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    return prisma.$transaction(async (tx) => {
      // In the order in which a dispatcher and a turn lock them.
      const stopped = await tx.$executeRaw`
        UPDATE destinations SET cursor = through, stopped_at = COALESCE(stopped_at, now()),
          retry = jsonb_set(retry::jsonb, '{maxAttempts}', '1')::json
        WHERE id = ${id}::uuid AND bin_id = ${binId} AND through IS NOT NULL AND NOT ${isOver}`;
      if (stopped === 0) {
        return (await tx.destination.count({ where: { id, binId, through: { not: null } } })) > 0;
      }
      await tx.$queryRaw`SELECT 1 FROM destination_states WHERE destination_id = ${id}::uuid FOR UPDATE`;
      await tx.$executeRaw`
        WITH waiting AS (
          -- What a listener has is under way as well.
          DELETE FROM waiting_forwards USING forwards
          WHERE waiting_forwards.destination_id = ${id}::uuid AND attempt_id IS NULL
            AND forwards.id = forward_id AND listener IS NULL
          RETURNING forward_id, tries
        ), never AS (
          DELETE FROM forwards USING waiting WHERE forwards.id = forward_id AND tries = 0
        )
        UPDATE forwards SET state = 'dead', dead_reason = 'stopped' FROM waiting
        WHERE forwards.id = forward_id AND tries > 0`;
      return true;
    });
  }

  /** Forgets one that is over; its forwards stay with their requests. */
  async function remove(binId: string, id: string): Promise<"removed" | "running" | "unknown"> {
    if (!isUuid(id)) return "unknown";
    return prisma.$transaction(async (tx) => {
      const removed = await tx.$executeRaw`
        DELETE FROM destinations
        WHERE id = ${id}::uuid AND bin_id = ${binId} AND through IS NOT NULL AND ${isOver}`;
      if (removed > 0) {
        await tx.destinationState.deleteMany({ where: { destinationId: id } });
        return "removed";
      }
      const found = await tx.destination.count({ where: { id, binId, through: { not: null } } });
      return found > 0 ? "running" : "unknown";
    });
  }

  /** Why some did not arrive, the most frequent reason first. */
  async function failures(binId: string, id: string): Promise<ResendFailure[]> {
    const rows = await prisma.$queryRaw<FailureRow[]>`
      WITH failed AS (
        SELECT forwards.id, request_id, seq, last.status, COALESCE(last.error_code, dead_reason) AS code
        FROM forwards JOIN requests ON requests.id = request_id
          LEFT JOIN LATERAL (
            SELECT status, error_code FROM attempts WHERE forward_id = forwards.id ORDER BY id DESC LIMIT 1
          ) AS last ON TRUE
        WHERE destination_id = ${id}::uuid AND forwards.state = 'dead' AND forwards.bin_id = ${binId}
      )
      SELECT status, CASE WHEN status IS NULL THEN code END AS code, count(*) AS count, min(seq) AS seq,
        (array_agg(request_id ORDER BY seq))[1] AS request_id, (array_agg(id ORDER BY seq))[1] AS forward_id
      FROM failed GROUP BY 1, 2 ORDER BY count(*) DESC, min(seq) LIMIT ${FAILURES_MAX}::int`;
    return rows.map(toFailure);
  }

  /** The forwards of requests above a seq, in their order, with what their last attempts came to. */
  async function lines(
    { binId, id, through }: { binId: string; id: string; through: number },
    after: number,
    most: number,
  ): Promise<LineRow[]> {
    const rows = await prisma.$queryRaw<(Omit<LineRow, "seq"> & { seq: bigint })[]>`
      SELECT seq, request_id AS "requestId", forwards.id AS "forwardId", forwards.state, dead_reason AS "deadReason",
        (SELECT count(*)::int FROM attempts WHERE forward_id = forwards.id) AS attempts,
        to_char(last.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startedAt",
        last.url, last.status::int, (last.timing->>'totalMs')::float8 AS "totalMs", last.error_code AS error
      FROM requests JOIN forwards ON forwards.request_id = requests.id AND destination_id = ${id}::uuid
        LEFT JOIN LATERAL (
          SELECT * FROM attempts WHERE forward_id = forwards.id ORDER BY id DESC LIMIT 1
        ) AS last ON TRUE
      WHERE requests.bin_id = ${binId} AND seq > ${after}::bigint AND seq <= ${through}::bigint
      ORDER BY seq LIMIT ${most}::int`;
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  return { add, list, stop, remove, failures, lines };
}

/** Leaves room for one more. */
async function forgetOld(tx: Transaction, binId: string): Promise<void> {
  await tx.$executeRaw`
    WITH forgotten AS (
      DELETE FROM destinations WHERE id IN (
        SELECT id FROM destinations WHERE bin_id = ${binId} AND through IS NOT NULL AND ${isOver}
        ORDER BY id DESC OFFSET ${RESENDS_KEPT - RESENDS_RUNNING_MAX}::int
      ) RETURNING id
    )
    DELETE FROM destination_states USING forgotten WHERE destination_id = forgotten.id`;
}
