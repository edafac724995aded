import { createWatchers } from "#components/ui/watchers.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { addOlder, type Found, judgedAnew, mergeFirstPage, type RequestKey } from "./found.ts";
import { judgeQuery } from "./judge-query.ts";
import { orGivenUp } from "./or-given-up.ts";

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
  const watchers = createWatchers();
  let asking: AbortController | null = null;
  let readingOlder: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;
  /** Requests that are not as they were when they were looked at; null stands for any. */
  const changed = new Set<RequestKey | null>();

  function set(change: Partial<SearchState>) {
    state = { ...state, ...change };
    watchers.tell();
  }

  function stop() {
    changed.clear();
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
    const told = [...changed];
    changed.clear();
    const keys = told.filter((key) => key !== null);
    const judged = isNew || keys.length === 0 ? null : judgeQuery(state.query, keys);
    try {
      const page = await api.requests(binId, { q: state.query, limit: PAGE_SIZE, signal });
      // More than one question can hold: only what is read now is sure.
      const isUnsure = told.length > keys.length || (keys.length > 0 && judged === null);
      let found = isNew || isUnsure ? page : mergeFirstPage(state.found, page);
      if (judged !== null) {
        const looked = await api.requests(binId, { q: judged, limit: keys.length, signal });
        // One that ended early has not looked at all of them.
        found = looked.searchedTo === undefined ? judgedAnew(found, keys, looked.items) : page;
      }
      const sinceSeq = isNew ? checkedSeq : (state.answer?.sinceSeq ?? checkedSeq);
      set({ found, answer: { sinceSeq, checkedSeq }, problem: null });
      asking = null;
      if (lastSeq() > checkedSeq || changed.size > 0) again();
    } catch (error) {
      if (signal.aborted) return;
      asking = null;
      for (const key of told) changed.add(key);
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

  /** Looks anew at requests that have changed, such as their signature or a forward; null: nobody knows which. */
  function recheck(keys: readonly (RequestKey | null)[]) {
    if (state.query.trim() === "" || keys.length === 0) return;
    for (const key of keys) changed.add(key);
    again();
  }

  async function loadOlder() {
    const { query, found, older } = state;
    if (!found.next || older === "reading") return;
    const { signal } = (readingOlder = new AbortController());
    set({ older: "reading" });
    try {
      const cursor = found.next;
      const given = { q: query, limit: PAGE_SIZE, cursor, signal: orGivenUp(signal) };
      const page = await api.requests(binId, given);
      set({ found: addOlder(state.found, cursor, page), older: "idle" });
    } catch {
      if (!signal.aborted) set({ older: "failed" });
    }
  }

  return {
    setQuery,
    again,
    recheck,
    loadOlder,
    stop,
    get: () => state,
    subscribe: watchers.watch,
  };
}
