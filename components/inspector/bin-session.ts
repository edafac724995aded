import { takeRelays } from "#components/relay/relays.ts";
import { createWatchers } from "#components/ui/watchers.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import { type BinState, nothingYet, type WatchChanges, type WatchForwards } from "./bin-state.ts";
import { endProblem } from "./end-problem.ts";
import { type FeedEvent, isMiscounted, isStale, reduceFeed } from "./feed.ts";
import { cutOff, type LinkFacts } from "./link.ts";
import { type LiveSocket, openLiveSocket } from "./live-socket.ts";
import { orGivenUp } from "./or-given-up.ts";

const PAGE_SIZE = 200;
/** How long something may be missing before it counts as missed; pushes and removals overtake each other by less. */
const STALE_MS = 800;
const RECOUNT_MS = 300;
const RETRY_MS = 2_000;
/** A read that takes longer may wait for an answer that was lost on the way. */
const READ_MS = 5_000;
const NO_ACCESS = { code: "forbidden", status: 403, message: "What opened it was taken away." };
/** A frame: under a flood the page is drawn once for all that came within it. */
const FRAME_MS = 16;

export type BinSession = ReturnType<typeof createBinSession>;

/**
 * One bin as this page follows it: loads the list, holds the socket, merges both, heals by itself. The page reads `get`
 * and is told through `subscribe`.
 */
export function createBinSession(binId: string, api: ApiClient) {
  let state = nothingYet();
  /** As the page has it: a snapshot must not change without a word. */
  let shown = state;
  let frame: ReturnType<typeof setTimeout> | undefined;
  const watchers = createWatchers();
  const forwards = createWatchers<Parameters<Parameters<WatchForwards>[0]>>();
  const changes = createWatchers<Parameters<Parameters<WatchChanges>[0]>>();
  let socket: LiveSocket | null = null;
  /** Null while the list is not being read. */
  let loading: AbortController | null = null;
  let loadingSince = 0;
  let isBehindAgain = false;
  /** Times that the bin came otherwise than by a read: one that began before is older than what is known. */
  let binsTold = 0;
  let readingOlder: AbortController | null = null;
  const timers: Record<"retry" | "stale" | "recount", ReturnType<typeof setTimeout> | undefined> = {
    retry: undefined,
    stale: undefined,
    recount: undefined,
  };

  function set(change: Partial<BinState>) {
    state = { ...state, ...change };
    // No animation frame: those stand still in a hidden tab, whose title tells of arrivals.
    frame ??= setTimeout(tellListeners, FRAME_MS);
  }

  function tellListeners() {
    frame = undefined;
    shown = state;
    watchers.tell();
  }

  /** Not part of the state: of two within one frame the first would be lost. */
  function tellForward(forward: Forward | null) {
    forwards.tell(forward);
    changes.tell([forward?.requestId ?? null]);
  }

  const setLink = (change: Partial<LinkFacts>) => set({ link: { ...state.link, ...change } });

  function tell(event: FeedEvent, change: Partial<BinState> = {}) {
    set({ ...change, feed: reduceFeed(state.feed, event) });
    if (!isStale(state.feed)) clearTimer("stale");
    else timers.stale ??= setTimeout(catchUp, STALE_MS);
    if (isMiscounted(state.feed)) timers.recount ??= setTimeout(() => void recount(), RECOUNT_MS);
  }

  function takeBin(bin: Bin) {
    binsTold += 1;
    tell({ type: "counted", bin }, { bin });
  }

  const newest = (read: Bin, toldBefore: number) => (binsTold === toldBefore ? { bin: read } : {});

  function clearTimer(name: keyof typeof timers) {
    clearTimeout(timers[name]);
    timers[name] = undefined;
  }

  /**
   * A read that is under way is let end first, for a while: on a slow way none would, if each were given up for the next.
   */
  function catchUp() {
    if (!loading || Date.now() - loadingSince > READ_MS) return void load("behind");
    isBehindAgain = true;
    setLink({ behind: true });
    clearTimer("stale");
    timers.stale = setTimeout(catchUp, STALE_MS);
  }

  /** Reads the bin, then the list, and gives up whatever was being read before. The socket opens behind the first one. */
  async function load(why: "start" | "refresh" | "behind") {
    stopReading();
    const { signal } = (loading = new AbortController());
    loadingSince = Date.now();
    isBehindAgain = false;
    if (why === "behind") setLink({ behind: true });
    const toldBefore = binsTold;
    try {
      const bin = await api.bin(binId, signal);
      const known = state.feed.changed.count;
      const page = await api.requests(binId, { limit: PAGE_SIZE, signal });
      if (signal.aborted) return;
      loading = null;
      const link = { ...state.link, behind: isBehindAgain };
      tell(
        { type: "loaded", bin, page, changes: known },
        { ...newest(bin, toldBefore), problem: null, link },
      );
      socket ??= openSocket();
      tellForward(null);
      if (isBehindAgain) void load("behind");
    } catch (error) {
      if (!signal.aborted) fail(error, why);
    }
  }

  function stopReading() {
    loading?.abort();
    loading = null;
    readingOlder?.abort();
    // One that failed is made again as well: the way is another one now.
    if (state.older !== "idle") set({ older: "idle" });
    clearTimer("retry");
    clearTimer("stale");
  }

  function fail(error: unknown, why: "start" | "refresh" | "behind") {
    loading = null;
    if (!(error instanceof ApiError)) throw error;
    if ([401, 403, 404, 410].includes(error.status)) end(error);
    else {
      set({ problem: error });
      timers.retry = setTimeout(() => void load(why), RETRY_MS);
    }
  }

  function end(problem: ApiError, ended: NonNullable<BinState["ended"]> = "refused") {
    stop();
    set({ problem, ended });
  }

  async function recount() {
    timers.recount = undefined;
    // Only a number: when it can't be read now, the next load brings it.
    const toldBefore = binsTold;
    const bin = await api.bin(binId).catch(() => null);
    if (bin && !state.ended) tell({ type: "counted", bin }, newest(bin, toldBefore));
  }

  async function loadOlder() {
    const cursor = state.feed.next;
    if (!cursor || state.older === "reading") return;
    const { signal } = (readingOlder = new AbortController());
    const known = state.feed.changed.count;
    set({ older: "reading" });
    try {
      const given = { limit: PAGE_SIZE, cursor, signal: orGivenUp(signal) };
      const page = await api.requests(binId, given);
      tell({ type: "older", cursor, page, changes: known }, { older: "idle" });
    } catch {
      if (!signal.aborted) set({ older: "failed" });
    }
  }

  function openSocket(): LiveSocket {
    return openLiveSocket(
      { bin: binId },
      () => state.feed.lastSeq,
      {
        connected: () => {
          setLink({ connected: true });
          // What changed on rows that are already here is not told again to who was away.
          void load("refresh");
        },
        disconnected: () => set({ link: cutOff(state.link) }),
        heard: () => setLink({ heardAt: Date.now() }),
        refused: (refusal) => end(endProblem(refusal)),
      },
      {
        requests: (batch) => tell({ type: "pushed", ...batch }),
        answered: ({ items }) => {
          tell({ type: "answered", items });
          changes.tell(items.filter(({ response }) => response).map(({ seq }) => seq));
        },
        changed: ({ items }) => {
          tell({ type: "changed", items });
          changes.tell(items.map(({ seq }) => seq));
        },
        removed: (removal) => tell({ type: "removed", removal }),
        forward: tellForward,
        listeners: ({ items }) =>
          set({ relays: takeRelays(state.relays, items, Date.now(), api.clockAheadMs()) }),
        destinations: ({ items }) => set({ destinations: items }),
        bin: takeBin,
        behind: catchUp,
        gone: ({ code }) => {
          if (code === "bin_gone")
            end(endProblem({ code, status: 410, message: "It was deleted or has expired." }));
          else end(endProblem(NO_ACCESS), code === "forgotten" ? code : "revoked");
        },
      },
    );
  }

  function stop() {
    stopReading();
    clearTimer("recount");
    socket?.close();
    socket = null;
  }

  /** For what ends the bin here by this page's own wish: its end is then no news. */
  async function leave(finish: () => Promise<void>): Promise<void> {
    stop();
    try {
      await finish();
    } catch (error) {
      void load("start");
      throw error;
    }
  }

  return {
    start: () => void load("start"),
    stop,
    loadOlder,
    leave,
    /** A request that this page has deleted. */
    drop: (seq: number) => tell({ type: "dropped", seq }),
    /** The bin as a call of this page returned it. */
    setBin: takeBin,
    get: () => shown,
    watchForwards: forwards.watch satisfies WatchForwards,
    watchChanges: changes.watch satisfies WatchChanges,
    subscribe: watchers.watch,
  };
}
