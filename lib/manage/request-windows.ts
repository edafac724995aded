import type { Query } from "../search/query.ts";
import type { ListedStored } from "../store/exports.ts";
import type { ManageParts } from "./parts.ts";

/** Seqs that are looked at together: so many numbers of a long list are in memory. */
const WINDOW = 4_096;

type Store = ManageParts["store"];

/** Those of `ids` that are there, oldest first, at once. @throws bin_gone */
export async function* marked(
  store: Store,
  binId: string,
  ids: readonly string[],
): AsyncGenerator<ListedStored[]> {
  yield await store.exports.pick(binId, ids);
}

/** What there is now, a window of seqs after the other, from the oldest on. */
export async function* windowsOf(
  store: Store,
  binId: string,
  query: Query | null,
): AsyncGenerator<ListedStored[]> {
  const { range: all, kept } = await store.exports.held(binId);
  const lastKept = kept.at(-1) ?? 0;
  if (kept.length > 0) {
    const range = { binId, above: lastKept, below: lastKept + 1, kept };
    const seqs = query ? await store.requests.matching(range, query) : kept;
    if (seqs.length > 0) yield await store.exports.list(binId, { first: 0, last: lastKept }, seqs);
  }
  if (!all) return;
  for (let first = all.first; first <= all.last; first += WINDOW) {
    const last = Math.min(all.last, first + WINDOW - 1);
    const range = { binId, above: first - 1, below: last + 1 };
    const seqs = query && (await store.requests.matching(range, query));
    if (seqs?.length !== 0) yield await store.exports.list(binId, { first, last }, seqs);
  }
}
