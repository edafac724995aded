import { endProblem } from "#components/inspector/end-problem.ts";
import { emptyFeed, type Feed, type FeedEvent, reduceFeed } from "#components/inspector/feed.ts";
import { cutOff, type LinkFacts, notLinked } from "#components/inspector/link.ts";
import { type LiveSocket, openLiveSocket } from "#components/inspector/live-socket.ts";
import { orGivenUp } from "#components/inspector/or-given-up.ts";
import { createWatchers } from "#components/ui/watchers.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestPage } from "#lib/contract/requests.ts";
import { readShare } from "#lib/contract/share-client.ts";
import type { SharedView } from "#lib/contract/shares.ts";

const PAGE_SIZE = 100;
const RETRY_MS = 2_000;
/** At least so long between two readings that were asked for by the server. */
const READ_AGAIN_MS = 500;
/** Pages that are read again at once; what stood below them is read when somebody scrolls there. */
const PAGES_MAX = 10;
const GONE = { code: "share_gone", status: 410, message: "It was revoked or has expired." };

export type ShareState = {
  view: SharedView | null;
  feed: Feed;
  /** Why it can't be shown or read; null once a read succeeds. */
  problem: ApiError | null;
  isOver: boolean;
  link: LinkFacts;
  older: "idle" | "reading" | "failed";
};

export type ShareSession = ReturnType<typeof createShareSession>;

/**
 * One share as this page follows it. Of a filter's share the seqs have holes, so what is pushed is taken as it comes: the
 * server hands over all behind the seq that it was told last.
 */
export function createShareSession(shareId: string, api: ApiClient) {
  let state: ShareState = {
    view: null,
    feed: emptyFeed,
    problem: null,
    isOver: false,
    link: notLinked(),
    older: "idle",
  };
  const watchers = createWatchers();
  let socket: LiveSocket | null = null;
  let loading: AbortController | null = null;
  let readingOlder: AbortController | null = null;
  let next: ReturnType<typeof setTimeout> | undefined;
  let isOld = false;

  function set(change: Partial<ShareState>) {
    state = { ...state, ...change };
    watchers.tell();
  }

  const setLink = (change: Partial<LinkFacts>) => set({ link: { ...state.link, ...change } });
  const tell = (event: FeedEvent) => set({ feed: reduceFeed(state.feed, event) });

  async function load(): Promise<void> {
    stopReading();
    isOld = false;
    const { signal } = (loading = new AbortController());
    const changes = state.feed.changed.count;
    try {
      const view = await readShare(api, shareId, signal);
      const page = await readShown(view, signal);
      if (signal.aborted) return;
      loading = null;
      const bin = { lastSeq: view.lastSeq, revision: view.revision, requestCount: 0 };
      set({ view, problem: null });
      if (view.of === "filter") forgetBelow(page, view);
      tell({ type: "loaded", bin, page, changes });
      setLink({ behind: false });
      if (isOld) readSoon();
      if (view.of !== "request") socket ??= open();
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

  /** Of a filter's share any row may have stopped matching: as many are read again as were shown. */
  async function readShown(view: SharedView, signal: AbortSignal): Promise<RequestPage> {
    let page = await api.requests(shareId, { limit: PAGE_SIZE, signal });
    const bottom = state.feed.items.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
    for (let pages = 1; view.of === "filter" && pages < PAGES_MAX; pages += 1) {
      const cursor = page.next;
      if (cursor === null || Number(cursor) <= bottom) break;
      const older = await api.requests(shareId, { limit: PAGE_SIZE, cursor, signal });
      page = { ...older, items: [...page.items, ...older.items] };
    }
    return page;
  }

  /** Rows below the page, of which it is not known whether they still match. */
  function forgetBelow(page: RequestPage, { lastSeq }: SharedView) {
    const bottom = page.items.at(-1)?.seq ?? lastSeq + 1;
    const items = state.feed.items.filter(({ seq }) => seq >= bottom);
    set({ feed: { ...state.feed, items } });
  }

  /** However often it is asked for, one reading after the other comes to its end. */
  function readSoon() {
    if (loading) isOld = true;
    else next ??= setTimeout(() => void load(), READ_AGAIN_MS);
  }

  function fail(error: unknown) {
    loading = null;
    if (!(error instanceof ApiError)) throw error;
    if ([401, 403, 404, 410].includes(error.status)) end(error);
    else {
      set({ problem: error });
      next = setTimeout(() => void load(), RETRY_MS);
    }
  }

  function end(problem: ApiError) {
    stop();
    set({ problem, isOver: true });
  }

  function open(): LiveSocket {
    return openLiveSocket(
      { share: shareId },
      () => state.feed.lastSeq,
      {
        connected: () => {
          setLink({ connected: true });
          void load();
        },
        disconnected: () => set({ link: cutOff(state.link) }),
        heard: () => setLink({ heardAt: Date.now() }),
        refused: (refusal) => end(endProblem(refusal)),
      },
      {
        requests: (batch) => {
          const isKnown = batch.revision === state.feed.revision;
          tell({ type: "pushed", ...batch });
          const { lastSeq } = batch;
          set({ feed: { ...state.feed, lastSeq, knownSeq: lastSeq } });
          if (!isKnown) void load();
        },
        answered: ({ items }) => tell({ type: "answered", items }),
        changed: ({ items }) => tell({ type: "changed", items }),
        removed: (removal) => tell({ type: "removed", removal }),
        behind: () => {
          setLink({ behind: true });
          readSoon();
        },
        gone: () => end(endProblem(GONE)),
        // Nothing else is told of a share.
        forward: () => undefined,
        listeners: () => undefined,
        destinations: () => undefined,
        bin: () => undefined,
      },
    );
  }

  async function loadOlder() {
    const cursor = state.feed.next;
    if (!cursor || state.older === "reading") return;
    const { signal } = (readingOlder = new AbortController());
    const changes = state.feed.changed.count;
    set({ older: "reading" });
    try {
      const given = { limit: PAGE_SIZE, cursor, signal: orGivenUp(signal) };
      const page = await api.requests(shareId, given);
      tell({ type: "older", cursor, page, changes });
      set({ older: "idle" });
    } catch {
      if (!signal.aborted) set({ older: "failed" });
    }
  }

  function stopReading() {
    loading?.abort();
    readingOlder?.abort();
    // One that failed is made again as well: the way is another one now.
    if (state.older !== "idle") set({ older: "idle" });
    clearTimeout(next);
    next = undefined;
  }

  function stop() {
    stopReading();
    socket?.close();
    socket = null;
  }

  return {
    start: () => void load(),
    stop,
    loadOlder,
    get: () => state,
    subscribe: watchers.watch,
  };
}
