import type { CapturedRequest } from "../contract/requests.ts";
import type { ExportSize } from "../contract/transfer.ts";
import { HooklensError } from "../errors.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readThreadCounts } from "./thread-counts.ts";
import { toCapturedRequest } from "./to-request.ts";

/** Seqs from one to another, both included; null: the bin holds nothing. */
export type ExportRange = { first: number; last: number } | null;

export type ListedForExport = { id: string; seq: number; bodySize: number };

/** `body`: null when it is large and lies apart. */
export type ReadForExport = { request: CapturedRequest; body: Buffer | null };

/** Reads for files of many requests: oldest first, by key, so much at once as may be in memory. */
export function createExports({ prisma }: Pick<Database, "prisma">) {
  /** @throws bin_gone */
  async function clearedThrough(binId: string): Promise<bigint> {
    const bin = await prisma.bin.findUnique({
      where: { id: binId },
      select: { clearedThrough: true, deletedAt: true },
    });
    if (bin && !bin.deletedAt) return bin.clearedThrough;
    throw new HooklensError("bin_gone", "It was deleted in the meantime.");
  }

  async function range(binId: string): Promise<ExportRange> {
    const cleared = await clearedThrough(binId);
    const { _min, _max } = await prisma.capturedRequest.aggregate({
      where: { binId, seq: { gt: cleared } },
      _min: { seq: true },
      _max: { seq: true },
    });
    return _min.seq === null || _max.seq === null
      ? null
      : { first: Number(_min.seq), last: Number(_max.seq) };
  }

  /** What is there of a range, oldest first; with `seqs` only these of it. @throws bin_gone */
  async function list(
    binId: string,
    { first, last }: NonNullable<ExportRange>,
    seqs: number[] | null,
  ): Promise<ListedForExport[]> {
    const cleared = await clearedThrough(binId);
    const rows = await prisma.capturedRequest.findMany({
      where: { binId, seq: { gt: cleared, gte: first, lte: last, ...(seqs ? { in: seqs } : {}) } },
      select: { id: true, seq: true, bodySize: true },
      orderBy: { seq: "asc" },
    });
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  /** Those of `listed` that are still there, oldest first. @throws bin_gone */
  async function read(binId: string, listed: readonly ListedForExport[]): Promise<ReadForExport[]> {
    const ids = listed.map(({ id }) => id);
    const cleared = await clearedThrough(binId);
    const [rows, answers] = await Promise.all([
      prisma.capturedRequest.findMany({
        where: { id: { in: ids }, seq: { gt: cleared } },
        orderBy: { seq: "asc" },
      }),
      prisma.answer.findMany({ where: { id: { in: ids } } }),
    ]);
    const answerOf = new Map(answers.map((answer) => [answer.id, answer]));
    const countOf = await readThreadCounts(prisma, binId, rows);
    return rows.map((row) => ({
      request: toCapturedRequest(row, answerOf.get(row.id), countOf(row)),
      body: row.body ? toBuffer(row.body) : row.bodySize === 0 ? Buffer.alloc(0) : null,
    }));
  }

  /** All that a bin holds. @throws bin_gone */
  async function size(binId: string): Promise<Omit<ExportSize, "isExact">> {
    const cleared = await clearedThrough(binId);
    const { _count, _sum } = await prisma.capturedRequest.aggregate({
      where: { binId, seq: { gt: cleared } },
      _count: { _all: true },
      _sum: { bodySize: true },
    });
    return { requests: _count._all, bodyBytes: _sum.bodySize ?? 0 };
  }

  /** What of its caps a bin has used: its requests, with bodies and headers as stored. */
  async function usage(binId: string): Promise<{ requests: number; bytes: number }> {
    const rows = await prisma.$queryRaw<{ requests: bigint; bytes: bigint }[]>`
      SELECT count(*) AS requests, coalesce(sum(body_size + pg_column_size(headers)), 0)::bigint AS bytes
      FROM requests WHERE bin_id = ${binId} AND seq > ${await clearedThrough(binId)}`;
    return { requests: Number(rows[0]?.requests ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
  }

  return { range, list, read, size, usage };
}
