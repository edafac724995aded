import { SILENCE_MS_MAX } from "./live-socket.ts";

/** What is known of the way to the server; times in milliseconds since 1970. */
export type LinkFacts = {
  connected: boolean;
  heardAt: number;
  downSince: number;
  /** Pushes were left out or missed: the list is being read again. */
  behind: boolean;
};

export const notLinked = (): LinkFacts => ({
  connected: false,
  heardAt: 0,
  downSince: Date.now(),
  behind: false,
});

/** The connection is gone; since when, is when the server was last heard. */
export const cutOff = (facts: LinkFacts): LinkFacts =>
  facts.connected ? { ...facts, connected: false, downSince: facts.heardAt } : facts;

/** The connection as a person should see it. `since` is when the server was last heard, in milliseconds since 1970. */
export type Link =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "behind" }
  | { kind: "reconnecting"; since: number }
  | { kind: "offline"; since: number };

/** Live is only what has proved to be: connected, and heard of in the last ten seconds. */
export function readLink(facts: LinkFacts, online: boolean, now: number): Link {
  const since = facts.connected ? facts.heardAt : facts.downSince;
  if (!online) return { kind: "offline", since };
  if (!facts.connected) {
    return facts.heardAt === 0 ? { kind: "connecting" } : { kind: "reconnecting", since };
  }
  if (now - facts.heardAt > SILENCE_MS_MAX) return { kind: "reconnecting", since };
  return { kind: facts.behind ? "behind" : "live" };
}
