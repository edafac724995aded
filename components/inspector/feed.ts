import type { Bin, Page } from "#lib/contract/bins.ts";
import type { AnsweredEvent, Removal } from "#lib/contract/events.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import {
  type Outcome,
  refreshed,
  withAnswers,
  withChanges,
  withOutcome,
  withTries,
} from "./row-news.ts";

/**
 * What the page knows of a bin's requests. Pages of the list and pushes over the socket may arrive in any order and more
 * than once; the feed is the same in the end, because seqs are given without a hole and never again:
 * - `lastSeq` is the frontier: every request up to it was seen, or is known to be removed, or lies beyond the last page
 *   read. A reconnecting socket resumes from it.
 * - `knownSeq` and `knownRevision` are the highest ones heard of. While they are ahead of `lastSeq` and `revision`,
 *   something is still under way or was missed.
 * - `gone` keeps what was removed, so that a slower answer, read before the removal, can't bring it back: all up to
 *   `through` but for the pinned ones (`kept`), and single ones.
 */
export type Feed = {
  loaded: boolean;
  /** Newest first. */
  items: readonly RequestSummary[];
  lastSeq: number;
  knownSeq: number;
  revision: number;
  knownRevision: number;
  /** The cursor of the page behind the last item; null when there is none. */
  next: string | null;
  gone: { through: number; kept: ReadonlySet<number>; seqs: ReadonlySet<number> };
  /** Rows as they were told to be now, the last ones of `count` in all: a page may have been read before. */
  changed: { count: number; rows: readonly RequestSummary[] };
  /** Answers that came before their request. */
  answers: ReadonlyMap<number, Outcome>;
  /** The bin when its requests were last counted. */
  counted: BinCount;
};

export type BinCount = Pick<Bin, "lastSeq" | "revision" | "requestCount">;

export type FeedEvent =
  /**
   * The bin, and then the first page of its list, read in this order. `changes`, here and of an older page: of the rows
   * that were told to have changed, how many there had been when the page was asked for.
   */
  | { type: "loaded"; bin: BinCount; page: Page<RequestSummary>; changes: number }
  | { type: "older"; cursor: string; page: Page<RequestSummary>; changes: number }
  | { type: "pushed"; items: readonly RequestSummary[]; lastSeq: number; revision: number }
  | { type: "answered"; items: readonly AnsweredEvent[] }
  /** Rows that are not as they were pushed any more. */
  | { type: "changed"; items: readonly RequestSummary[] }
  | { type: "removed"; removal: Removal }
  /** Removed by this page: the server's word, with the revision, follows. */
  | { type: "dropped"; seq: number }
  /** The bin, read again. */
  | { type: "counted"; bin: BinCount };

/** Summaries kept at most: a bin's default cap. The oldest beyond it are let go, and read again when scrolled to. */
export const FEED_ITEMS_MAX = 10_000;
const GONE_SEQS_MAX = 10_000;
const EARLY_ANSWERS_MAX = 1000;
const CHANGED_MAX = 200;

export const emptyFeed: Feed = {
  loaded: false,
  items: [],
  lastSeq: 0,
  knownSeq: 0,
  revision: 0,
  knownRevision: 0,
  next: null,
  gone: { through: 0, kept: new Set(), seqs: new Set() },
  changed: { count: 0, rows: [] },
  answers: new Map(),
  counted: { lastSeq: 0, revision: 0, requestCount: 0 },
};

/** Something is under way or was missed: when it lasts, the feed must be loaded again. */
export function isStale(feed: Feed): boolean {
  return feed.loaded && (feed.knownSeq > feed.lastSeq || feed.knownRevision > feed.revision);
}

/** Something was removed since the bin's requests were counted: read the bin again. */
export function isMiscounted(feed: Feed): boolean {
  return feed.loaded && feed.counted.revision < feed.knownRevision;
}

/** Requests in the bin, those on pages not read included. */
export function countRequests({ items, counted }: Feed): number {
  const below = items.findIndex((item) => item.seq <= counted.lastSeq);
  return counted.requestCount + (below < 0 ? items.length : below);
}

export function reduceFeed(feed: Feed, event: FeedEvent): Feed {
  switch (event.type) {
    case "loaded":
      return load(feed, event);
    case "older":
      if (event.cursor !== feed.next) return feed;
      return {
        ...merge(feed, withChanges(event.page.items, changedSince(feed, event.changes))),
        next: event.page.next,
      };
    case "pushed":
      return push(feed, event);
    case "answered":
      return answer(feed, event.items);
    case "changed":
      return change(feed, event.items);
    case "removed":
      return remove(feed, event.removal);
    case "dropped":
      return { ...feed, items: feed.items.filter((item) => item.seq !== event.seq) };
    case "counted":
      return { ...hear(feed, event.bin), counted: event.bin };
  }
}

function load(feed: Feed, { bin, page, changes }: Extract<FeedEvent, { type: "loaded" }>): Feed {
  const top = Math.max(bin.lastSeq, page.items[0]?.seq ?? 0);
  const older = itemsBelow(feed, bin, page);
  const base: Feed = {
    ...hear(feed, { lastSeq: top, revision: bin.revision }),
    loaded: true,
    // Above: captured after the page was read. Anything else that the page does not show is removed.
    items: [...feed.items.filter((item) => item.seq > top), ...older],
    lastSeq: Math.max(feed.lastSeq, top),
    revision: Math.max(feed.revision, bin.revision),
    next: older.length > 0 ? feed.next : page.next,
    counted: bin,
  };
  const read = withChanges(page.items, changedSince(feed, changes));
  const bySeq = new Map(read.map((item) => [item.seq, item]));
  const known = feed.items.flatMap((item) => {
    const now = bySeq.get(item.seq);
    return now ? [refreshed(item, now)] : [];
  });
  return advance(merge(merge(base, known), read));
}

/** What was told to have changed since there had been so many. */
function changedSince({ changed: { count, rows } }: Feed, since: number) {
  return rows.slice(Math.max(0, rows.length - (count - since)));
}

/** What is known below the page, if it surely follows the page without a hole and nothing of it was removed. */
function itemsBelow(feed: Feed, bin: BinCount, page: Page<RequestSummary>): RequestSummary[] {
  const bottom = page.items.at(-1)?.seq;
  const sameRevision = bin.revision === feed.revision && feed.knownRevision === feed.revision;
  if (bottom === undefined || !sameRevision || bottom > feed.lastSeq) return [];
  const joint = feed.items.findIndex((item) => item.seq === bottom);
  return joint < 0 ? [] : feed.items.slice(joint + 1);
}

function push(feed: Feed, event: Extract<FeedEvent, { type: "pushed" }>): Feed {
  const pushed = trim(advance(merge(hear(feed, event), unseen(feed, event.items))));
  return { ...pushed, items: withTries(pushed.items, event.items) };
}

/** Below the frontier a push says nothing new: what the feed lacks there was removed, or comes with an older page. */
function unseen(feed: Feed, items: readonly RequestSummary[]): RequestSummary[] {
  return items.filter((item) => item.seq > feed.lastSeq);
}

function hear(feed: Feed, heard: { lastSeq: number; revision: number }): Feed {
  const knownSeq = Math.max(feed.knownSeq, heard.lastSeq);
  const knownRevision = Math.max(feed.knownRevision, heard.revision);
  return { ...feed, knownSeq, knownRevision };
}

function remove(feed: Feed, removal: Removal): Feed {
  const { revision } = removal;
  const through = "through" in removal ? removal.through : 0;
  const kept = ("through" in removal && removal.kept) || [];
  const seqs = "seqs" in removal ? removal.seqs : [];
  const gone = {
    through: Math.max(feed.gone.through, through),
    // All that are kept are told with each watermark, so the newest one's are those that count.
    kept: through > 0 && through >= feed.gone.through ? new Set(kept) : feed.gone.kept,
    seqs: new Set([...feed.gone.seqs, ...seqs].slice(-GONE_SEQS_MAX)),
  };
  const oldest = feed.items.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const items = feed.items.filter((item) => !isGone(gone, item.seq));
  return advance({
    ...hear(feed, { lastSeq: 0, revision }),
    items,
    gone,
    // Each removal raises the revision by one: the next one is all that was not known.
    revision: revision === feed.revision + 1 ? revision : feed.revision,
    next: oldest <= through && kept.length === 0 ? null : feed.next,
    counted: discount(feed.counted, items, removal),
  });
}

/** A fair guess until the bin is read again. */
function discount(counted: BinCount, items: Feed["items"], removal: Removal): BinCount {
  if (removal.revision <= counted.revision) return counted;
  const inCount = (seq: number) => seq <= counted.lastSeq;
  const left =
    "through" in removal
      ? items.filter(({ seq }) => inCount(seq) && seq > removal.through).length +
        (removal.kept?.length ?? 0)
      : Math.max(0, counted.requestCount - removal.seqs.filter(inCount).length);
  return { ...counted, requestCount: left };
}

function answer(feed: Feed, events: readonly AnsweredEvent[]): Feed {
  const { items, left } = withAnswers(feed.items, events);
  const answers = new Map([...feed.answers, ...left].slice(-EARLY_ANSWERS_MAX));
  return { ...feed, items, answers };
}

function change(feed: Feed, changes: readonly RequestSummary[]): Feed {
  const { count, rows } = feed.changed;
  const changed = {
    count: count + changes.length,
    rows: [...rows, ...changes].slice(-CHANGED_MAX),
  };
  return { ...feed, changed, items: withChanges(feed.items, changes) };
}

/** Adds what is neither there nor known to be removed. What is there stays, but takes an answer that it lacks. */
function merge(feed: Feed, incoming: readonly RequestSummary[]): Feed {
  const newer = prependable(feed, incoming);
  if (newer) return { ...feed, items: [...newer, ...feed.items] };
  const bySeq = new Map(feed.items.map((item) => [item.seq, item]));
  const answers = new Map(feed.answers);
  for (const item of incoming) {
    if (isGone(feed.gone, item.seq)) continue;
    const known = bySeq.get(item.seq) ?? item;
    bySeq.set(item.seq, withOutcome(known, item, answers.get(item.seq)));
    answers.delete(item.seq);
  }
  const items = [...bySeq.values()].sort((a, b) => b.seq - a.seq);
  return { ...feed, items, answers };
}

/**
 * The usual case, ascending and all above what is there, newest first; else null. A flood brings twenty a second of them,
 * and with ten thousand rows to sort each time the page would stutter.
 */
function prependable(feed: Feed, incoming: readonly RequestSummary[]): RequestSummary[] | null {
  let above = Math.max(feed.items[0]?.seq ?? 0, feed.gone.through);
  for (const { seq } of incoming) {
    if (seq <= above || feed.gone.seqs.has(seq) || feed.answers.has(seq)) return null;
    above = seq;
  }
  return incoming.toReversed();
}

/** Moves the frontier over all that follows it without a hole. */
function advance(feed: Feed): Feed {
  let lastSeq = Math.max(feed.lastSeq, clearedTo(feed));
  const ahead = new Set<number>();
  for (const { seq } of feed.items) {
    if (seq <= lastSeq) break;
    ahead.add(seq);
  }
  while (ahead.has(lastSeq + 1) || feed.gone.seqs.has(lastSeq + 1)) lastSeq += 1;
  return { ...feed, lastSeq, knownSeq: Math.max(feed.knownSeq, lastSeq) };
}

/** All that is gone at once, up to the first pinned one that is still under way. */
function clearedTo({ items, lastSeq, gone }: Feed): number {
  const ahead = [...gone.kept].filter((seq) => seq > lastSeq);
  const missing = ahead.filter((seq) => !items.some((item) => item.seq === seq));
  return Math.min(gone.through, ...missing.map((seq) => seq - 1));
}

function trim(feed: Feed): Feed {
  if (feed.items.length <= FEED_ITEMS_MAX) return feed;
  const items = feed.items.slice(0, FEED_ITEMS_MAX);
  const lastSeq = Math.max(feed.counted.lastSeq, items[0]?.seq ?? 0);
  const counted = { ...feed.counted, lastSeq, requestCount: countRequests(feed) };
  return { ...feed, items, counted, next: String(items.at(-1)?.seq) };
}

export function isGone({ through, kept, seqs }: Feed["gone"], seq: number): boolean {
  return (seq <= through && !kept.has(seq)) || seqs.has(seq);
}
