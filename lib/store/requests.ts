import { validate as isUuid } from "uuid";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import type { Suggestions } from "../contract/suggestions.ts";
import type { Query } from "../search/query.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readLargeBody } from "./read-body.ts";
import type { Range } from "./search/list.ts";
import { createSearch } from "./search/search.ts";
import { suggest } from "./search/suggest.ts";
import { readThreadCounts } from "./thread-counts.ts";
import { summaryColumns, toCapturedRequest, toSummary } from "./to-request.ts";

type ListOptions = {
  limit: number;
  /** Only requests below this seq. */
  before?: number | undefined;
};

/** `searchedTo`: the search took too long; what matches from this seq on is found, older ones may be there. */
type SearchResult = { items: RequestSummary[]; searchedTo: number | null };

/** Reads of captured requests. What is cleared (seq at or below the bin's watermark) is as good as deleted. */
export function createRequests(database: Pick<Database, "prisma" | "pool">) {
  const { prisma } = database;
  const searchSeqs = createSearch(database.pool);

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
    const [answers, countOf] = await Promise.all([
      answersOf(rows.map((row) => row.id)),
      readThreadCounts(prisma, binId, rows),
    ]);
    return rows.map((row) => toSummary(row, answers.get(row.id), countOf(row)));
  }

  async function answersOf(ids: string[]) {
    const rows = await prisma.answer.findMany({ where: { id: { in: ids } } });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Newest first. */
  async function list(binId: string, options: ListOptions): Promise<RequestSummary[]> {
    const { limit, before = Number.MAX_SAFE_INTEGER } = options;
    const cleared = await clearedThrough(binId);
    return summaries(binId, { gt: cleared, lt: before }, "desc", limit);
  }

  /** Those that match, newest first. */
  async function search(binId: string, query: Query, options: ListOptions): Promise<SearchResult> {
    const { limit, before = Number.MAX_SAFE_INTEGER } = options;
    const above = Number(await clearedThrough(binId));
    const { seqs, reached } = await searchSeqs({ binId, above, below: before }, query, limit);
    return { items: await summaries(binId, { in: seqs }, "desc", limit), searchedTo: reached };
  }

  /** The seqs of all that match within a range, oldest first, however long it takes. */
  async function matching(range: Range, query: Query): Promise<number[]> {
    const found: number[] = [];
    for (let below: number | null = range.below; below !== null; ) {
      const { seqs, reached } = await searchSeqs({ ...range, below }, query, MATCHES_AT_ONCE);
      found.push(...seqs);
      below = seqs.length === MATCHES_AT_ONCE ? (seqs.at(-1) ?? null) : reached;
    }
    return found.reverse();
  }

  /** What a query may ask for, by the newest requests. */
  async function suggestions(binId: string): Promise<Suggestions> {
    return suggest(database.pool, binId, Number(await clearedThrough(binId)));
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

  /** Those from one seq to another, oldest first. */
  async function between(
    binId: string,
    firstSeq: number,
    lastSeq: number,
  ): Promise<RequestSummary[]> {
    const cleared = await clearedThrough(binId);
    const range = { gt: cleared, gte: firstSeq, lte: lastSeq };
    return summaries(binId, range, "asc", lastSeq - firstSeq + 1);
  }

  async function get(binId: string, id: string): Promise<CapturedRequest | null> {
    if (!isUuid(id)) return null;
    const [row, answer, cleared] = await Promise.all([
      prisma.capturedRequest.findUnique({ where: { id, binId }, omit: { body: true } }),
      prisma.answer.findUnique({ where: { id } }),
      clearedThrough(binId),
    ]);
    if (!row || row.seq <= cleared) return null;
    const countOf = await readThreadCounts(prisma, binId, [row]);
    return toCapturedRequest(row, answer ?? undefined, countOf(row));
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

  return { list, search, matching, suggestions, listAfter, between, get, body };
}

const MATCHES_AT_ONCE = 1_000;

/** Above every seq: of a deleted bin nothing is visible, though its rows may still lie there. */
const EVERYTHING = 2n ** 62n;
