import {
  type AnsweredEvent,
  LIVE_NAMESPACE,
  type LiveServerEvents,
  type Removal,
} from "../contract/events.ts";
import type { Forward } from "../contract/forwards.ts";
import type { RequestSummary } from "../contract/requests.ts";
import type { DoorParts } from "../sockets/door.ts";
import type { ShareReader } from "../shares/reader.ts";
import type { Sockets } from "../sockets/sockets.ts";
import type { Store } from "../store/store.ts";
import { Channel, type Emit } from "./channel.ts";
import { Checks } from "./checks.ts";
import { type Hint, rangeHints } from "./hint.ts";
import type { Hints } from "./hints.ts";
import { acceptSockets, type LiveNamespace } from "./join.ts";
import { DestinationNews } from "./destination-news.ts";
import { ListenerNews } from "./listener-news.ts";
import { PAGE_ROWS_MAX } from "./page.ts";
import { SharedChannels } from "./shared.ts";
import { WatchedBins } from "./watched.ts";

type LiveParts = DoorParts & {
  sockets: Pick<Sockets, "io">;
  hints: Hints;
  store: Pick<
    Store,
    "bins" | "news" | "requests" | "forwards" | "listeners" | "destinations" | "shares"
  >;
  shareReader: ShareReader;
};

export type Live = ReturnType<typeof createLive>;

/** What goes on in a bin, told at once to whoever watches it: in this process directly, in all others through hints. */
export function createLive(parts: LiveParts) {
  const { config, sockets, hints, store, log } = parts;
  const namespace: LiveNamespace = sockets.io.of(LIVE_NAMESPACE);
  // To the sockets' own rooms: the adapter encodes the event once for all of them.
  const emit: Emit = (ids, event, payload) => {
    namespace
      .to([...ids])
      .emit(event, ...([payload] as Parameters<LiveServerEvents[typeof event]>));
  };
  const watched = new WatchedBins((binId) => {
    const listAfter = (after: number, limit: number) =>
      store.requests.listAfter(binId, after, limit);
    return new Channel({ emit, listAfter, log });
  });
  const channel = (binId: string) => watched.get(binId)?.channel;
  const checks = new Checks({ store, watched, publicUrl: config.publicUrl, log });
  const listenerNews = new ListenerNews({ store, watched, log });
  const destinationNews = new DestinationNews({ store, watched, log });
  const changeListeners: ((binId: string) => void)[] = [];
  const shared = new SharedChannels({ ...parts, emit });
  acceptSockets({ ...parts, watched, shared, listenerNews }, namespace);
  hints.onHeard(receive);
  hints.onTold((hint) => {
    if (hint.kind === "listeners") listenerNews.ask(hint.binId);
    if (hint.kind === "destinations") destinationNews.ask(hint.binId);
  });

  function receive(hint: Hint): void {
    switch (hint.kind) {
      case "captured":
        shared.advance(hint.binId, hint.lastSeq);
        return channel(hint.binId)?.advance(hint.lastSeq);
      case "removed":
        shared.removed(hint.binId, hint.removal);
        return channel(hint.binId)?.removed(hint.removal);
      case "answered":
      case "rows":
      case "forward":
        return void lookUp(hint).catch((error: unknown) =>
          log.debug({ err: error }, "hint not followed"),
        );
      case "changed":
        for (const listener of changeListeners) listener(hint.binId);
        shared.ask(hint.binId);
        return checks.ask(hint.binId);
      case "listeners":
        return listenerNews.ask(hint.binId);
      case "destinations":
        return destinationNews.ask(hint.binId);
      case "everything":
        destinationNews.askAll();
        listenerNews.askAll();
        shared.askAll();
        return checks.askAll();
      case "unwanted":
        return; // Of the listeners' room alone.
    }
  }

  /** Reads what another process stored, when somebody here watches that bin. */
  async function lookUp(hint: Hint & { kind: "answered" | "rows" | "forward" }): Promise<void> {
    if (!channel(hint.binId) && !shared.watches(hint.binId)) return;
    if (hint.kind === "rows") return tellChanged(hint.binId, hint.firstSeq, hint.lastSeq);
    if (hint.kind === "answered") {
      const { binId, firstSeq, lastSeq } = hint;
      const answers = await store.news.answersBetween(binId, firstSeq, lastSeq);
      channel(binId)?.answered(answers);
      shared.answered(binId, answers);
    } else {
      const forward = await store.forwards.get(hint.binId, hint.forwardId);
      if (forward) channel(hint.binId)?.tell("forward", forward);
    }
  }

  /** Reads rows that have changed, and tells those who watch. */
  async function tellChanged(binId: string, firstSeq: number, lastSeq: number): Promise<void> {
    for (let from = firstSeq; from <= lastSeq && channel(binId); from += PAGE_ROWS_MAX) {
      const to = Math.min(lastSeq, from + PAGE_ROWS_MAX - 1);
      channel(binId)?.changed(await store.requests.between(binId, from, to));
    }
    await shared.changed(binId, firstSeq, lastSeq);
  }

  function changed(binId: string): void {
    checks.ask(binId);
    hints.tell({ kind: "changed", binId });
  }

  return {
    /** Whether anybody in this process watches the bin: only then are summaries of its captures worth making. */
    watching: (binId: string): boolean => watched.get(binId) !== undefined,

    /** After a commit: its seqs of one bin, without a hole. `items` may be left out (empty) when nobody is watching. */
    captured(binId: string, firstSeq: number, lastSeq: number, items: RequestSummary[]): void {
      channel(binId)?.captured(firstSeq, lastSeq, items);
      shared.advance(binId, lastSeq);
      hints.tell({ kind: "captured", binId, lastSeq });
    },

    /** After they are stored. */
    answered(binId: string, items: AnsweredEvent[]): void {
      channel(binId)?.answered(items);
      shared.answered(binId, items);
      const seqs = items.map((item) => item.seq);
      for (const hint of rangeHints("answered", binId, seqs)) hints.tell(hint);
    },

    /** After a removal, with the revision that it gave the bin. */
    removed(binId: string, removal: Removal): void {
      channel(binId)?.removed(removal);
      shared.removed(binId, removal);
      hints.tell({ kind: "removed", binId, removal });
    },

    /** After rows were stored anew that may have been pushed already: who sent them, or whether they verify. */
    changed(binId: string, seqs: readonly number[]): void {
      for (const hint of rangeHints("rows", binId, seqs)) {
        receive(hint);
        hints.tell(hint);
      }
    },

    /** After a forward or its attempt is stored. */
    forward(binId: string, forward: Forward): void {
      channel(binId)?.tell("forward", forward);
      hints.tell({ kind: "forward", binId, forwardId: forward.id });
    },

    /** The bin's settings changed: it is read again and told. */
    binChanged: changed,

    binGone(binId: string): void {
      channel(binId)?.end("bin_gone");
      shared.endAllOf(binId);
      changed(binId);
    },

    shareRevoked(binId: string, shareId: string): void {
      shared.end(shareId);
      changed(binId);
    },

    keyRevoked(binId: string, keyId: string): void {
      channel(binId)?.end("key_revoked", (subscriber) => subscriber.keyId === keyId);
      changed(binId);
    },

    /** A browser gave the bin up: its open pages lose it too. */
    sessionForgot(binId: string, session: Buffer): void {
      const forgot = session.toString("hex");
      channel(binId)?.end("forgotten", (subscriber) => subscriber.session === forgot);
      changed(binId);
    },

    /** Calls back when another process changed or ended a bin: what is kept of it in memory is old. */
    onBinChanged(callback: (binId: string) => void): void {
      changeListeners.push(callback);
    },

    start(): void {
      checks.start();
      shared.start();
      listenerNews.start();
    },

    stop(): void {
      checks.stop();
      shared.stop();
      listenerNews.stop();
      destinationNews.stop();
    },
  };
}
