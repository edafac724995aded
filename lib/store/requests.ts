import { validate as isUuid } from "uuid";
import type { Prisma } from "#prisma/generated/client.ts";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import type { Suggestions } from "../contract/suggestions.ts";
import type { Query } from "../search/query.ts";
import { readLabels } from "./annotations.ts";
import { readBeside } from "./beside.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { readLargeBody } from "./read-body.ts";
import type { Range } from "./search/list.ts";
import { createSearch } from "./search/search.ts";
import { suggest } from "./search/suggest.ts";
import { summaryColumns, toCapturedRequest, toSummary } from "./to-request.ts";
import { isVisible, readVisible, type Visible, whereVisible } from "./visible.ts";

type ListOptions = {
  limit: number;
  /** Only requests below this seq. */
  before?: number | undefined;
};

/** `searchedTo`: the search took too long; what matches from this seq on is found, older ones may be there. */
type SearchResult = { items: RequestSummary[]; searchedTo: number | null };

/** Reads of captured requests. What is cleared is as good as deleted (visible.ts). */
export function createRequests(database: Pick<Database, "prisma" | "pool">) {
  const { prisma } = database;
  const searchSeqs = createSearch(database.pool);

  async function summaries(
    binId: string,
    seqs: Prisma.BigIntFilter,
    order: "asc" | "desc",
    take: number,
    known?: Visible | null,
  ): Promise<RequestSummary[]> {
    const visible = known === undefined ? await readVisible(prisma, binId) : known;
    const rows = await prisma.capturedRequest.findMany({
      where: { binId, ...whereVisible(visible, seqs) },
      select: summaryColumns,
      orderBy: { seq: order },
      take,
    });
    const besideOf = await readBeside(prisma, binId, rows);
    return rows.map((row) => toSummary(row, besideOf(row)));
  }

  /** Newest first. */
  async function list(binId: string, options: ListOptions): Promise<RequestSummary[]> {
    const { limit, before = Number.MAX_SAFE_INTEGER } = options;
    return summaries(binId, { lt: before }, "desc", limit);
  }

  /** Those that match, newest first. */
  async function search(binId: string, query: Query, options: ListOptions): Promise<SearchResult> {
    const { limit, before = Number.MAX_SAFE_INTEGER } = options;
    const visible = await readVisible(prisma, binId);
    if (!visible) return { items: [], searchedTo: null };
    const range = { binId, above: Number(visible.above), below: before, kept: visible.kept };
    const { seqs, reached } = await searchSeqs(range, query, limit);
    const items = await summaries(binId, { in: seqs }, "desc", limit, visible);
    return { items, searchedTo: reached };
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
    const [visible, labels] = await Promise.all([
      readVisible(prisma, binId),
      readLabels(prisma, binId),
    ]);
    return suggest(database.pool, binId, Number(visible?.above ?? 0n), labels);
  }

  /** Oldest first, behind `afterSeq`. */
  async function listAfter(
    binId: string,
    afterSeq: number,
    limit: number,
  ): Promise<RequestSummary[]> {
    return summaries(binId, { gt: afterSeq }, "asc", limit);
  }

  /** Those from one seq to another, oldest first. */
  async function between(
    binId: string,
    firstSeq: number,
    lastSeq: number,
  ): Promise<RequestSummary[]> {
    return summaries(binId, { gte: firstSeq, lte: lastSeq }, "asc", lastSeq - firstSeq + 1);
  }

  async function get(binId: string, id: string): Promise<CapturedRequest | null> {
    if (!isUuid(id)) return null;
    const [row, visible] = await Promise.all([
      prisma.capturedRequest.findUnique({ where: { id, binId }, omit: { body: true } }),
      readVisible(prisma, binId),
    ]);
    if (!row || !isVisible(visible, row.seq)) return null;
    const besideOf = await readBeside(prisma, binId, [row]);
    return toCapturedRequest(row, besideOf(row));
  }

  /** The exact bytes stored; empty for a request without a body, null for one that is not there. */
  async function body(binId: string, id: string): Promise<Buffer | null> {
    if (!isUuid(id)) return null;
    const [row, visible] = await Promise.all([
      prisma.capturedRequest.findUnique({
        where: { id, binId },
        select: { seq: true, bodySize: true, body: true },
      }),
      readVisible(prisma, binId),
    ]);
    if (!row || !isVisible(visible, row.seq)) return null;
    if (row.body || row.bodySize === 0) return toBuffer(row.body ?? new Uint8Array());
    return readLargeBody(database, id, row.bodySize);
  }

  return { list, search, matching, suggestions, listAfter, between, get, body };
}

const MATCHES_AT_ONCE = 1_000;
