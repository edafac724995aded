import type { Prisma } from "#prisma/generated/client.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { ExportSize } from "../contract/transfer.ts";
import { HooklensError } from "../errors.ts";
import { readBeside } from "./beside.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { toCapturedRequest } from "./to-request.ts";
import { readVisible, type Visible, whereVisible } from "./visible.ts";

/** Seqs from one to another, both included. */
export type ExportRange = { first: number; last: number };

/** What a bin holds: all of a range, if any, and below it those that a pin keeps, ascending. */
export type Held = { range: ExportRange | null; kept: number[] };

export type ListedForExport = { id: string; seq: number; bodySize: number };

/** `isCut`: what is stored is not all that was sent. */
export type ListedStored = ListedForExport & { isCut: boolean };

/** `body`: null when it is large and lies apart. */
export type ReadForExport = { request: CapturedRequest; body: Buffer | null };

/** Reads for files of many requests: oldest first, by key, so much at once as may be in memory. */
export function createExports({ prisma }: Pick<Database, "prisma">) {
  /** @throws bin_gone */
  async function visibleOf(binId: string): Promise<Visible> {
    const visible = await readVisible(prisma, binId);
    if (visible) return visible;
    throw new HooklensError("bin_gone", "It was deleted in the meantime.");
  }

  /** @throws bin_gone */
  async function held(binId: string): Promise<Held> {
    const { above, kept } = await visibleOf(binId);
    const { _min, _max } = await prisma.capturedRequest.aggregate({
      where: { binId, seq: { gt: above } },
      _min: { seq: true },
      _max: { seq: true },
    });
    const range =
      _min.seq === null || _max.seq === null
        ? null
        : { first: Number(_min.seq), last: Number(_max.seq) };
    return { range, kept: kept.map(Number) };
  }

  /** Those of `ids` that are there, oldest first. @throws bin_gone */
  async function pick(binId: string, ids: readonly string[]): Promise<ListedStored[]> {
    return listed({ binId, id: { in: [...ids] }, ...whereVisible(await visibleOf(binId)) });
  }

  /** What is there of a range, oldest first; with `seqs` only these of it. @throws bin_gone */
  async function list(
    binId: string,
    { first, last }: ExportRange,
    seqs: number[] | null,
  ): Promise<ListedStored[]> {
    const range = { gte: first, lte: last, ...(seqs ? { in: seqs } : {}) };
    return listed({ binId, ...whereVisible(await visibleOf(binId), range) });
  }

  async function listed(where: Prisma.CapturedRequestWhereInput): Promise<ListedStored[]> {
    const rows = await prisma.capturedRequest.findMany({
      where,
      select: { id: true, seq: true, bodySize: true, bodyTruncated: true, bodyIncomplete: true },
      orderBy: { seq: "asc" },
    });
    return rows.map(({ bodyTruncated, bodyIncomplete, ...row }) => ({
      ...row,
      seq: Number(row.seq),
      isCut: bodyTruncated || bodyIncomplete,
    }));
  }

  /** Those of `listed` that are still there, oldest first. @throws bin_gone */
  async function read(binId: string, listed: readonly ListedForExport[]): Promise<ReadForExport[]> {
    const ids = listed.map(({ id }) => id);
    const rows = await prisma.capturedRequest.findMany({
      where: { id: { in: ids }, ...whereVisible(await visibleOf(binId)) },
      orderBy: { seq: "asc" },
    });
    const besideOf = await readBeside(prisma, binId, rows);
    return rows.map((row) => ({
      request: toCapturedRequest(row, besideOf(row)),
      body: row.body ? toBuffer(row.body) : row.bodySize === 0 ? Buffer.alloc(0) : null,
    }));
  }

  /** All that a bin holds. @throws bin_gone */
  async function size(binId: string): Promise<Omit<ExportSize, "isExact">> {
    const { _count, _sum } = await prisma.capturedRequest.aggregate({
      where: { binId, ...whereVisible(await visibleOf(binId)) },
      _count: { _all: true },
      _sum: { bodySize: true },
    });
    return { requests: _count._all, bodyBytes: _sum.bodySize ?? 0 };
  }

  /** What of its caps a bin has used: its requests but the pinned ones, with bodies and headers as stored. */
  async function usage(binId: string): Promise<{ requests: number; bytes: number }> {
    const rows = await prisma.$queryRaw<{ requests: bigint; bytes: bigint }[]>`
      SELECT count(*) AS requests, coalesce(sum(body_size + pg_column_size(headers)), 0)::bigint AS bytes
      FROM requests WHERE bin_id = ${binId} AND seq > ${(await visibleOf(binId)).above}
        AND NOT EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned)`;
    return { requests: Number(rows[0]?.requests ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
  }

  return { held, list, pick, read, size, usage };
}
