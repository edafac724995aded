import { validate as isUuid } from "uuid";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readLargeBody } from "./read-body.ts";
import { type SearchTerm, searchSeqs } from "./search-words.ts";
import { summaryColumns, toCapturedRequest, toSummary } from "./to-request.ts";

type ListOptions = {
  limit: number;
  /** Only requests below this seq. */
  before?: number | undefined;
  /** Only requests in which each of these is found. */
  words?: readonly SearchTerm[] | undefined;
};

/** Reads of captured requests. What is cleared (seq at or below the bin's watermark) is as good as deleted. */
export function createRequests(database: Pick<Database, "prisma" | "pool">) {
  const { prisma } = database;

  async function clearedThrough(binId: string): Promise<bigint> {
    const bin = await prisma.bin.findUnique({
      where: { id: binId },
      select: { clearedThrough: true, deletedAt: true },
    });
    return bin && !bin.deletedAt ? bin.clearedThrough : EVERYTHING;
  }

  async function summaries(
    binId: string,
    seq: object,
    order: "asc" | "desc",
    take: number,
  ): Promise<RequestSummary[]> {
    const rows = await prisma.capturedRequest.findMany({
      where: { binId, seq },
      select: summaryColumns,
      orderBy: { seq: order },
      take,
    });
    const answers = await answersOf(rows.map((row) => row.id));
    return rows.map((row) => toSummary(row, answers.get(row.id)));
  }

  async function answersOf(ids: string[]) {
    const rows = await prisma.answer.findMany({ where: { id: { in: ids } } });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Newest first. */
  async function list(binId: string, options: ListOptions): Promise<RequestSummary[]> {
    const { limit, before = Number.MAX_SAFE_INTEGER, words = [] } = options;
    const cleared = await clearedThrough(binId);
    if (words.length === 0) return summaries(binId, { gt: cleared, lt: before }, "desc", limit);
    const range = { binId, above: cleared, below: before };
    const seqs = await searchSeqs(prisma, range, words, limit);
    return summaries(binId, { in: seqs }, "desc", limit);
  }

  /** Oldest first, behind `afterSeq`. */
  async function listAfter(
    binId: string,
    afterSeq: number,
    limit: number,
  ): Promise<RequestSummary[]> {
    const cleared = await clearedThrough(binId);
    const above = cleared > afterSeq ? cleared : afterSeq;
    return summaries(binId, { gt: above }, "asc", limit);
  }

  async function get(binId: string, id: string): Promise<CapturedRequest | null> {
    if (!isUuid(id)) return null;
    const [row, answer, cleared] = await Promise.all([
      prisma.capturedRequest.findUnique({ where: { id, binId }, omit: { body: true } }),
      prisma.answer.findUnique({ where: { id } }),
      clearedThrough(binId),
    ]);
    if (!row || row.seq <= cleared) return null;
    return toCapturedRequest(row, answer ?? undefined);
  }

  /** The exact bytes stored; empty for a request without a body, null for one that is not there. */
  async function body(binId: string, id: string): Promise<Buffer | null> {
    if (!isUuid(id)) return null;
    const [row, cleared] = await Promise.all([
      prisma.capturedRequest.findUnique({
        where: { id, binId },
        select: { seq: true, bodySize: true, body: true },
      }),
      clearedThrough(binId),
    ]);
    if (!row || row.seq <= cleared) return null;
    if (row.body || row.bodySize === 0) return toBuffer(row.body ?? new Uint8Array());
    return readLargeBody(database, id, row.bodySize);
  }

  return { list, listAfter, get, body };
}

/** Above every seq: of a deleted bin nothing is visible, though its rows may still lie there. */
const EVERYTHING = 2n ** 62n;
