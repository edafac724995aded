import { setTimeout as sleep } from "node:timers/promises";
import type { ListenerAnswers } from "../capture/listener-answer.ts";
import type { Forward } from "../contract/forwards.ts";
import { RELAY_NAMESPACE } from "../contract/relay.ts";
import type { Outcome } from "../contract/relay-schemas.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { Hint } from "../live/hint.ts";
import type { Hints } from "../live/hints.ts";
import type { Live } from "../live/live.ts";
import type { DoorParts } from "../sockets/door.ts";
import type { Sockets } from "../sockets/sockets.ts";
import type { Database } from "../store/database.ts";
import type { RelayRequest } from "../store/relay-page.ts";
import type { RelayStore } from "../store/relay-store.ts";
import type { StreamOutcome } from "../store/save-outcomes.ts";
import type { Store } from "../store/store.ts";
import { type Ask, AskedForwards } from "./asked.ts";
import { Carrier } from "./carrier.ts";
import { RelayChecks } from "./checks.ts";
import { ForwardNews } from "./forward-news.ts";
import { acceptListeners } from "./join.ts";
import { OutcomeLog } from "./outcome-log.ts";
import { SenderWaits } from "./sender-waits.ts";
import type { RelayNamespace } from "./session.ts";
import { Sessions } from "./sessions.ts";

/** Pages of all streams together, and of one: bytea comes as hex text, one MiB of it holds the event loop for 7 ms. */
const PAGES_BYTES_MAX = 64 * 1024 * 1024;
const PAGE_BYTES_MAX = 1024 * 1024;
/** A cursor that moves is told at most as often. */
const TELL_EVERY_MS = 1_000;
/** How long listeners may take to acknowledge what they have when the server stops; and until all is recorded. */
const FINISH_MS = 2_000;
const RECORD_MS = 3_000;
const POLL_MS = 20;

type RelayParts = DoorParts & {
  sockets: Pick<Sockets, "io">;
  hints: Hints;
  live: Pick<Live, "forward" | "watching">;
  store: Pick<Store, "bins" | "news" | "listeners" | "forwards" | "requests">;
  relayStore: RelayStore;
  database: Pick<Database, "embedded">;
};

export type Relay = ReturnType<typeof createRelay>;

/**
 * Hands captured requests to the machines that listen, each by its own cursor. Like the live room it takes news of any
 * kind only as a sign that there may be more to read.
 */
export function createRelay(parts: RelayParts) {
  const { sockets, hints, relayStore, log } = parts;
  const namespace: RelayNamespace = sockets.io.of(RELAY_NAMESPACE);
  const sessions = new Sessions();
  const forwardNews = new ForwardNews(parts);
  const outcomes = new OutcomeLog({ store: relayStore, onSaved, log });
  const carrier = new Carrier({ ...parts, sessions });
  const asked = new AskedForwards({ ...parts, pickUp: (binId) => carrier.ask(binId) });
  const waits = new SenderWaits({ ...parts, sessions, isAlone: parts.database.embedded });
  const checks = new RelayChecks({
    ...parts,
    sessions,
    // Pages show when each was heard: what they are told must not lag behind what is written.
    onBeat: (binId) => hints.tell({ kind: "listeners", binId }),
    onLooked: (binIds) => carrier.pickUp(binIds),
  });
  const moved = new Set<string>();
  let isTelling = false;
  let tellTimer: NodeJS.Timeout | undefined;

  acceptListeners(
    {
      ...parts,
      sessions,
      outcomes,
      stream: {
        store: relayStore,
        pageBytes,
        onReport: reported,
      },
      onChange: (binId) => {
        tell(binId);
        // What came between its place was read and now; and whether its key is still good.
        checks.ask(binId);
      },
    },
    namespace,
  );
  hints.onTold((hint) => {
    follow(hint);
    // Not our own words: one of ours may have been removed.
    if (hint.kind === "listeners" && !isTelling) checks.ask(hint.binId);
  });
  hints.onHeard((hint) => {
    follow(hint);
    if (hint.kind === "listeners") checks.ask(hint.binId);
    if (hint.kind === "forward") {
      carrier.ask(hint.binId);
      waits.look(hint.binId, hint.forwardId);
    }
    if (hint.kind === "unwanted") waits.reported(hint.requestId, null);
  });

  function follow(hint: Hint): void {
    switch (hint.kind) {
      case "captured":
        for (const { stream } of sessions.of(hint.binId)) stream.advance(hint.lastSeq);
        return;
      case "removed":
        for (const { stream } of sessions.of(hint.binId)) stream.removed();
        return;
      case "forward":
        return asked.look(hint.forwardId);
      case "listeners":
        return waits.recount(hint.binId);
      case "changed":
        return checks.ask(hint.binId);
      case "everything":
        return checks.askAll();
      default:
        return;
    }
  }

  /** What was tried is told to other processes once it is stored; of what was not, nothing is. */
  function reported({ request, isWaitedFor }: RelayRequest, outcome: Outcome | null): void {
    const { binId, id: requestId } = request;
    waits.reported(requestId, outcome);
    if (isWaitedFor && outcome?.kind === "unwanted") {
      hints.tell({ kind: "unwanted", binId, requestId });
    }
  }

  function pageBytes(): number {
    return Math.min(PAGE_BYTES_MAX, Math.floor(PAGES_BYTES_MAX / sessions.count));
  }

  function onSaved(saved: readonly StreamOutcome[], movedIds: ReadonlySet<string>): void {
    for (const { binId, hold, cursor, tried } of saved) {
      if (cursor !== null && !movedIds.has(hold.id)) checks.ask(binId);
      moved.add(binId);
      if (tried) forwardNews.settled(tried);
    }
    tellTimer ??= setTimeout(tellMoved, TELL_EVERY_MS);
  }

  function tellMoved(): void {
    tellTimer = undefined;
    for (const binId of moved) tell(binId);
    moved.clear();
  }

  function tell(binId: string): void {
    isTelling = true;
    hints.tell({ kind: "listeners", binId });
    isTelling = false;
  }

  /** Resolves when it is true, or after so long. */
  async function until(isTrue: () => boolean, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    while (!isTrue() && performance.now() < deadline) await sleep(POLL_MS);
  }

  return {
    /** For senders that wait for a listener's own answer. */
    answers: waits satisfies ListenerAnswers,

    /** A forward that a person asks for through a listener; see AskedForwards. */
    ask: (request: CapturedRequest, ask: Ask): Promise<Forward> => asked.forward(request, ask),

    /** For resends through a listener; see AskedForwards. */
    listeners: asked satisfies Pick<AskedForwards, "carried" | "isConnected" | "choose">,

    start: () => checks.start(),

    /** What was handed over may still be acknowledged; then the sockets are closed so that their clients come back. */
    async stop(): Promise<void> {
      checks.stop();
      const members = sessions.all;
      for (const { stream } of members) stream.pause();
      await until(() => members.every(({ session }) => session.openCount === 0), FINISH_MS);
      for (const { session } of members) session.sendElsewhere();
      const left = Promise.all(members.map(({ done }) => done));
      await Promise.race([left, sleep(RECORD_MS, undefined, { ref: false })]);
      await until(() => carrier.isIdle && asked.isIdle, RECORD_MS);
      clearTimeout(tellTimer);
      tellMoved();
    },
  };
}
