import type { RequestPage, RequestSummary } from "#lib/contract/requests.ts";

/** What a search has found so far, newest first; `next` is the cursor behind the last one. */
export type Found = {
  items: readonly RequestSummary[];
  next: string | null;
  /** The search has got to here and goes on. */
  searchedTo?: number;
};

/**
 * The first page, asked for again, over what was known. When it does not reach down to what was known there may be a
 * hole between: then it stands alone, and what lies below is read again as it is scrolled to.
 */
export function mergeFirstPage(known: Found, page: RequestPage): Found {
  const bottom = page.searchedTo ?? page.items.at(-1)?.seq;
  const top = known.items[0]?.seq;
  if (page.next === null || bottom === undefined || top === undefined || bottom > top) return page;
  const below = known.items.filter(({ seq }) => seq < bottom);
  return below.length === 0 ? page : { ...known, items: [...page.items, ...below] };
}

export function addOlder(known: Found, cursor: string, page: RequestPage): Found {
  if (known.next !== cursor) return known;
  return { ...page, items: [...known.items, ...page.items] };
}

/** What a request is asked for by: its seq or its id. */
export type RequestKey = number | string;

/**
 * What was found, after those of `keys` were looked at anew: `matching` are they that match. One that lies below what was
 * read so far is left for when that is read.
 */
export function judgedAnew(
  known: Found,
  keys: readonly RequestKey[],
  matching: readonly RequestSummary[],
): Found {
  const asked = new Set(keys);
  const bottom = known.next === null ? 0 : (known.searchedTo ?? known.items.at(-1)?.seq ?? 0);
  const kept = known.items.filter(({ seq, id }) => !asked.has(seq) && !asked.has(id));
  const items = [...kept, ...matching.filter(({ seq }) => seq >= bottom)];
  return { ...known, items: items.toSorted((a, b) => b.seq - a.seq) };
}

/**
 * The rows of the feed stand for the same rows of a search, since what became of an answer is only told to the feed.
 * Both are newest first.
 */
export function withNewest(
  found: readonly RequestSummary[],
  feed: readonly RequestSummary[],
): RequestSummary[] {
  let at = 0;
  return found.map((item) => {
    let current = feed[at];
    while (current && current.seq > item.seq) current = feed[++at];
    return current?.seq === item.seq ? current : item;
  });
}
