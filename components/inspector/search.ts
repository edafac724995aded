import { type ApiClient, ApiError } from "#lib/contract/client.ts";
import { addOlder, type Found, mergeFirstPage } from "./found.ts";

const PAGE_SIZE = 200;
/** While typing. */
const PAUSE_MS = 180;
/** Under a flood the server is asked at most so often. */
const AGAIN_MS = 700;
const RETRY_MS = 2_000;

export type SearchState = {
  /** Empty: no search. */
  query: string;
  found: Found;
  /** Null until the first answer. */
  answer: {
    /** The newest seq when the search was begun. */
    sinceSeq: number;
    /** All up to this seq was looked through. */
    checkedSeq: number;
  } | null;
  problem: ApiError | null;
  older: "idle" | "reading" | "failed";
};

export type Search = ReturnType<typeof createSearch>;

const off: SearchState = {
  query: "",
  found: { items: [], next: null },
  answer: null,
  problem: null,
  older: "idle",
};

/** A search of one bin, on the server. `lastSeq` tells the newest seq that the page knows of. */
export function createSearch(binId: string, api: ApiClient, lastSeq: () => number) {
  let state = off;
  const listeners = new Set<() => void>();
  let asking: AbortController | null = null;
  let readingOlder: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;
  /** Of the rows that were told to have changed: how many were looked at. */
  let changesSeen = 0;
  /** A row changed below the first page: what is known there may match no more, or others may. */
  let isBelowOld = false;

  function set(change: Partial<SearchState>) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    asking?.abort();
    asking = null;
    readingOlder?.abort();
  }

  function setQuery(query: string) {
    if (query === state.query) return;
    stop();
    // What was found stays on the screen until the new answer is there.
    if (query.trim() === "") set({ ...off, query });
    else {
      set({ query, problem: null, older: "idle" });
      timer = setTimeout(() => void ask(true), PAUSE_MS);
    }
  }

  async function ask(isNew: boolean) {
    timer = undefined;
    askedAt = Date.now();
    const { signal } = (asking = new AbortController());
    const checkedSeq = lastSeq();
    try {
      const page = await api.requests(binId, { q: state.query, limit: PAGE_SIZE, signal });
      const sinceSeq = isNew ? checkedSeq : (state.answer?.sinceSeq ?? checkedSeq);
      const startsAnew = isNew || isBelowOld;
      isBelowOld = false;
      set({
        found: startsAnew ? page : mergeFirstPage(state.found, page),
        answer: { sinceSeq, checkedSeq },
        problem: null,
      });
      asking = null;
      if (lastSeq() > checkedSeq) again();
    } catch (error) {
      if (signal.aborted) return;
      asking = null;
      fail(error, isNew);
    }
  }

  function fail(error: unknown, isNew: boolean) {
    if (!(error instanceof ApiError)) throw error;
    set({ problem: error });
    if (error.status === 0 || error.status >= 429) {
      timer = setTimeout(() => void ask(isNew), RETRY_MS);
    }
  }

  /** Looks through what came in since, soon and once for all that comes until then. */
  function again() {
    if (state.query.trim() === "" || !state.answer || timer || asking) return;
    timer = setTimeout(() => void ask(false), Math.max(0, askedAt + AGAIN_MS - Date.now()));
  }

  /** A row's label, note, sender or signature is another one now: it may match, or match no more. */
  function changed({ count, seqs }: { count: number; seqs: readonly number[] }) {
    const news = seqs.slice(Math.max(0, seqs.length - (count - changesSeen)));
    const isMissed = count - changesSeen > seqs.length;
    changesSeen = count;
    if (news.length === 0) return;
    const bottom = state.found.items.length > PAGE_SIZE ? state.found.items[PAGE_SIZE - 1]?.seq : 0;
    isBelowOld ||= isMissed || news.some((seq) => seq < (bottom ?? 0));
    again();
  }

  async function loadOlder() {
    const { query, found, older } = state;
    if (!found.next || older === "reading") return;
    const { signal } = (readingOlder = new AbortController());
    set({ older: "reading" });
    try {
      const cursor = found.next;
      const page = await api.requests(binId, { q: query, limit: PAGE_SIZE, cursor, signal });
      set({ found: addOlder(state.found, cursor, page), older: "idle" });
    } catch {
      if (!signal.aborted) set({ older: "failed" });
    }
  }

  return {
    setQuery,
    again,
    changed,
    loadOlder,
    stop,
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
