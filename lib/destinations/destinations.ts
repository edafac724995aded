import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import { SendFailure } from "../forward/failure.ts";
import { judgeAddress } from "../forward/guard.ts";
import { createLookups } from "../forward/lookups.ts";
import type { SecretsOf } from "../forward/resign.ts";
import { ForwardRoom } from "../forward/room.ts";
import { send } from "../forward/send.ts";
import type { Hint } from "../live/hint.ts";
import type { Hints } from "../live/hints.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import { ForwardNews } from "../relay/forward-news.ts";
import type { AddedHeaders } from "../secrets/added-headers.ts";
import type { Database } from "../store/database.ts";
import type { DestinationStore } from "../store/destination-store.ts";
import type { Store } from "../store/store.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import { watchBusy } from "./busy.ts";
import type { Listeners } from "./carrying.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Turns } from "./turns.ts";

/** Bodies of attempts under way, with what is kept of their answers. */
const ROOM_BYTES = 128 * 1024 * 1024;
/** How long attempts under way may still take when the server stops. */
const STOP_MS_MAX = 3_000;

type DestinationParts = {
  config: Pick<Config, "forward">;
  database: Pick<Database, "isUp">;
  store: Pick<Store, "requests" | "forwards" | "resends">;
  listeners: Listeners;
  destinationStore: DestinationStore;
  hints: Hints;
  live: Pick<Live, "forward" | "watching">;
  /** A bin's signing secrets, the newest first. */
  secretsOf: SecretsOf;
  addedHeaders: Pick<AddedHeaders, "open">;
  /** Ports on this machine that are never forwarded to, with what is there. */
  ownPorts: ReadonlyMap<number, string>;
  log: Log;
};

/**
 * Sends requests on by themselves. A dispatcher gives each destination what is above its cursor; turns try it until it
 * has arrived or is dead. All that they know lies in tables: any process can stop at any moment, and another goes on.
 */
export function createDestinations(parts: DestinationParts) {
  const { config, database, store, destinationStore, hints, ownPorts, log } = parts;
  const lookupFor = createLookups();
  const ending = new AbortController();
  const forwardNews = new ForwardNews(parts);
  const busy = watchBusy();
  const isUp = () => database.isUp();
  const turns = new Turns({
    store: destinationStore,
    isUp,
    turn: {
      store: destinationStore,
      config,
      room: new ForwardRoom(ROOM_BYTES),
      body: (binId, requestId) => store.requests.body(binId, requestId),
      secretsOf: parts.secretsOf,
      openHeaders: parts.addedHeaders.open,
      listeners: parts.listeners,
      giveUp: async (binId, id) => {
        await store.resends.stop(binId, id);
        hints.tell({ kind: "destinations", binId });
      },
      onCarried: (binId) => hints.tell({ kind: "destinations", binId }),
      isBusy: busy.isBusy,
      onSettled,
      log,
      send: (binId, request, target) =>
        send(request, target, {
          judge: (address) => judgeAddress(address, config.forward.allowedRanges),
          signal: ending.signal,
          ownPorts,
          lookup: lookupFor(binId),
        }),
    },
    log,
  });
  const dispatcher = new Dispatcher({
    store: destinationStore,
    isUp,
    onDispatched(binId, destinationId) {
      turns.poke(destinationId);
      hints.tell({ kind: "destinations", binId });
    },
    log,
  });
  hints.onTold((hint) => {
    if (hint.kind === "captured") busy.captured();
    follow(hint);
  });
  hints.onHeard((hint) => {
    follow(hint);
    // Another process has given one of them something, and its turn may be here.
    if (hint.kind === "destinations") turns.pokeAll(hint.binId);
  });

  function follow(hint: Hint): void {
    if (hint.kind === "captured") dispatcher.captured(hint.binId);
    if (hint.kind === "everything") dispatcher.start();
    if (hint.kind !== "changed") return;
    dispatcher.changed(hint.binId);
    turns.changed(hint.binId);
  }

  function onSettled(binId: string, outcomes: readonly TurnOutcome[]): void {
    for (const { forwardId, attempt, state, deadReason } of outcomes) {
      const facts = { status: attempt.status, code: attempt.error?.code, deadReason };
      log.debug({ binId, forwardId, state, ...facts }, "sent on");
      forwardNews.settled({ forward: { id: forwardId, binId }, attempt, isWaitedFor: false });
    }
    hints.tell({ kind: "destinations", binId });
  }

  return {
    start(): void {
      void destinationStore.jobs.start();
      dispatcher.start();
      turns.start();
    },

    /** Waits a little for what is under way, then ends it: it is tried again by whoever comes next. */
    async stop(): Promise<void> {
      busy.stop();
      await dispatcher.stop();
      const done = turns.stop();
      await Promise.race([done, sleep(STOP_MS_MAX, undefined, { ref: false })]);
      ending.abort(
        new SendFailure(
          "interrupted",
          "Hooklens was stopped before the target had answered. The target may have handled the request.",
        ),
      );
      await done;
    },
  };
}
