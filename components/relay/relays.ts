import { PING_INTERVAL_MS } from "#lib/contract/events.ts";
import type { Listener } from "#lib/contract/listeners.ts";

/** A listener as this page knows it; times by this machine's clock, in milliseconds since 1970. */
export type Relay = Listener & {
  /** Its last sign of life. */
  heardMs: number;
  /** Since when something has been waiting for it without a break; null while nothing does. */
  waitingSinceMs: number | null;
};

/**
 * How a listener stands, as far as this page can say:
 * - `connected`: the server said so, and heard it in the last twelve seconds.
 * - `silent`: its connection is open, but nothing came from it for longer.
 * - `away`: it is not connected.
 * - `unknown`: this page itself hears nothing, so whatever was told before may be over.
 */
export type RelayKind = "connected" | "silent" | "away" | "unknown";

export type RelayView = {
  relay: Relay;
  kind: RelayKind;
  /** Requests that wait for it; 0 while they only pass through. */
  waiting: number;
};

/**
 * Pings come every 5 s and what they bring is told every 4 s, so a sound listener was heard up to 9 s ago. The rest is
 * for a machine that is busy; together they are still less than the 15 s within which the page has to be right.
 */
const HEARD_MS_MAX = PING_INTERVAL_MS + 4_000 + 3_000;
/** What is delivered within this is not worth a word. */
const PASSING_MS = 1_000;

/** What the server tells now, in the place of what was known. `aheadMs`: how far this clock is ahead of the server's. */
export function takeRelays(
  known: readonly Relay[] | null,
  told: readonly Listener[],
  nowMs: number,
  aheadMs: number,
): Relay[] {
  const before = new Map(known?.map((relay) => [relay.name, relay]));
  return told.map((listener) => {
    const same = before.get(listener.name);
    return {
      ...listener,
      heardMs: Math.min(nowMs, Date.parse(listener.heardAt) + aheadMs),
      waitingSinceMs: listener.behind > 0 ? waitingSince(same, nowMs) : null,
    };
  });
}

/** What was waiting when the page first heard of the listener has waited long enough. */
const waitingSince = (known: Relay | undefined, nowMs: number): number =>
  known ? (known.waitingSinceMs ?? nowMs) : 0;

/** @param isLive whether this page's own connection has proved to be open. */
export function viewRelay(relay: Relay, isLive: boolean, nowMs: number): RelayView {
  const hasWaited =
    !relay.connected ||
    (relay.waitingSinceMs !== null && nowMs - relay.waitingSinceMs >= PASSING_MS);
  return { relay, kind: kindOf(relay, isLive, nowMs), waiting: hasWaited ? relay.behind : 0 };
}

function kindOf(relay: Relay, isLive: boolean, nowMs: number): RelayKind {
  if (!isLive) return "unknown";
  if (!relay.connected) return "away";
  return nowMs - relay.heardMs > HEARD_MS_MAX ? "silent" : "connected";
}
