import type { RequestPage, RequestSummary } from "../contract/requests.ts";
import type { Log } from "../log.ts";
import { compile, type Predicate } from "../search/predicate.ts";
import { Subject } from "../search/subject.ts";
import { readSearch } from "../search/words.ts";
import type { ListedForExport, ReadForExport } from "../store/exports.ts";
import type { ShareRecord } from "../store/shares.ts";
import type { Store } from "../store/store.ts";
import { type Redacted, toSharedSummary } from "./redact.ts";
import { LOOKED_INTO_BYTES } from "./redact-body.ts";
import { createRedactions } from "./redactions.ts";

/** A list that takes longer gives what it has. Its first request may wait for the thread to start: it counts from there. */
const LIST_MS = 400;
const LISTED_AT_ONCE = 50;
const READ_BYTES = 1024 * 1024;

type Range = { limit: number; before?: number | undefined; q?: string | undefined };

type ReaderParts = { store: Pick<Store, "exports" | "requests">; log: Log };

export type ShareReader = ReturnType<typeof createShareReader>;

/**
 * The only way to the requests of a share: whatever leaves it is redacted. What a viewer searches for is looked for in
 * that, and never in what is stored, so that nothing can be found out by searching.
 */
export function createShareReader({ store, log }: ReaderParts) {
  const redactions = createRedactions(log);

  /** Newest first, as far as it gets in a while. @throws invalid_query, bin_gone */
  async function list(share: ShareRecord, { limit, before, q = "" }: Range): Promise<RequestPage> {
    const matches: Predicate = q.trim() === "" ? () => true : compile(readSearch(q));
    const items: RequestSummary[] = [];
    let below = before;
    let endsAt = performance.now() + LIST_MS;
    let isFirst = true;
    for (;;) {
      const { listed, reached } = await candidates(share, below);
      for await (const redacted of redact(share, listed)) {
        if (matches(subjectOf(redacted))) items.push(toSharedSummary(redacted));
        below = redacted.request.seq;
        if (isFirst) endsAt = performance.now() + LIST_MS;
        isFirst = false;
        if (items.length === limit) return { items, next: String(below) };
        if (performance.now() > endsAt) return { items, next: String(below), searchedTo: below };
      }
      below = listed.length < LISTED_AT_ONCE ? (reached ?? undefined) : listed.at(-1)?.seq;
      if (below === undefined) return { items, next: null };
      if (performance.now() > endsAt) return { items, next: String(below), searchedTo: below };
    }
  }

  /** The next of what is stored. `reached`: the search for them took too long and goes on below it. */
  async function candidates(share: ShareRecord, before: number | undefined) {
    if (share.requestId !== null) {
      const one =
        before === undefined ? await store.requests.get(share.binId, share.requestId) : null;
      return { listed: one ? [one] : [], reached: null };
    }
    const range = { limit: LISTED_AT_ONCE, before };
    if (share.q === null) {
      return { listed: await store.requests.list(share.binId, range), reached: null };
    }
    const found = await store.requests.search(share.binId, readSearch(share.q), range);
    return { listed: found.items, reached: found.searchedTo };
  }

  /** Oldest first, behind a seq. */
  async function listAfter(
    share: ShareRecord,
    after: number,
    limit: number,
  ): Promise<RequestSummary[]> {
    const items: RequestSummary[] = [];
    for (let from = after; items.length < limit; ) {
      const listed = await store.requests.listAfter(share.binId, from, LISTED_AT_ONCE);
      const last = listed.at(-1);
      if (!last) break;
      items.push(...(await summaries(share, listed)));
      from = last.seq;
    }
    return items.slice(0, limit);
  }

  /** What the share shows of these, as it is now, oldest first. */
  async function summaries(
    share: ShareRecord,
    listed: readonly RequestSummary[],
  ): Promise<RequestSummary[]> {
    const shown = await within(share, listed);
    const items: RequestSummary[] = [];
    for await (const redacted of redact(share, shown)) items.push(toSharedSummary(redacted));
    return items.sort((a, b) => a.seq - b.seq);
  }

  /** Those that the share shows. */
  async function within<Listed extends ListedForExport>(
    share: ShareRecord,
    listed: readonly Listed[],
  ): Promise<Listed[]> {
    if (share.requestId !== null) return listed.filter(({ id }) => id === share.requestId);
    if (share.q === null || listed.length === 0) return [...listed];
    const seqs = listed.map(({ seq }) => seq);
    const range = {
      binId: share.binId,
      above: Math.min(...seqs) - 1,
      below: Math.max(...seqs) + 1,
    };
    const matching = new Set(await store.requests.matching(range, readSearch(share.q)));
    return listed.filter(({ seq }) => matching.has(seq));
  }

  /** Null for one that is not there, or that the share does not show. */
  async function get(share: ShareRecord, id: string): Promise<Redacted | null> {
    if (share.requestId !== null && share.requestId !== id) return null;
    const request = await store.requests.get(share.binId, id);
    if (!request || (await within(share, [request])).length === 0) return null;
    for await (const redacted of redact(share, [request])) return redacted;
    return null;
  }

  /** In the order given, without those that can't be redacted. */
  async function* redact(
    share: ShareRecord,
    listed: readonly ListedForExport[],
  ): AsyncGenerator<Redacted> {
    for (const slice of slicesOf(listed)) {
      const read = await store.exports.read(share.binId, slice);
      const byId = new Map(read.map((each) => [each.request.id, each]));
      for (const { id } of slice) {
        const stored = byId.get(id);
        if (!stored) continue;
        const redacted = await redactions.redact({
          given: stored.request,
          body: await bodyOf(share, stored),
          rules: share.hide,
          shareId: share.id,
        });
        if (redacted) yield redacted;
      }
    }
  }

  /** Null where it would not be looked into, so that it is withheld. */
  async function bodyOf(
    share: ShareRecord,
    { request, body }: ReadForExport,
  ): Promise<Buffer | null> {
    if (body) return body;
    const { cards, tokens, emails, paths } = share.hide;
    const looksInside = cards || tokens || emails || paths.length > 0;
    if (looksInside && request.bodySize > LOOKED_INTO_BYTES) return null;
    return store.requests.body(share.binId, request.id);
  }

  return { list, listAfter, summaries, get };
}

const subjectOf = ({ request, body }: Redacted) => new Subject(request, body);

function* slicesOf(listed: readonly ListedForExport[]): Generator<ListedForExport[]> {
  let slice: ListedForExport[] = [];
  let bytes = 0;
  for (const one of listed) {
    if (slice.length > 0 && bytes + one.bodySize > READ_BYTES) {
      yield slice;
      [slice, bytes] = [[], 0];
    }
    slice.push(one);
    bytes += one.bodySize;
  }
  if (slice.length > 0) yield slice;
}
