import { formatCount, formatRelative } from "#components/ui/format.ts";
import { plainName } from "#components/ui/plain-name.ts";
import type { RelayKind, RelayView } from "./relays.ts";

/** How a listener stands, in a few words: `connected`, `not heard for 12 s`, `away for 3 h`. */
export function standing({ relay, kind }: RelayView, nowMs: number): string {
  const age = formatRelative(relay.heardMs, nowMs);
  switch (kind) {
    case "connected":
      return "connected";
    case "silent":
      return `not heard for ${age}`;
    case "away":
      if (age === "now") return "away";
      return /^\d{4}-/.test(age) ? `away since ${age}` : `away for ${age}`;
    case "unknown":
      return "not known now";
  }
}

/** Without figures that tick: for what is read out. */
export const plainStanding: Record<RelayKind, string> = {
  connected: "connected",
  silent: "not heard",
  away: "away",
  unknown: "not known now",
};

/** How far it is: `all delivered`, `17 behind`; `17 wait` while nothing takes them. */
export function progress({ relay, kind, waiting }: RelayView): string {
  if (waiting > 0) return `${formatCount(waiting)} ${kind === "connected" ? "behind" : "wait"}`;
  return relay.behind > 0 ? "delivering" : "all delivered";
}

/** The listeners that a request waits for, by name: their cursors are below it. One that only passes through waits for none. */
export function waitsFor(views: readonly RelayView[], seq: number): string {
  return views
    .filter(({ relay, kind, waiting }) => waiting > 0 && kind !== "unknown" && relay.cursor < seq)
    .map(({ relay }) => plainName(relay.name))
    .join(", ");
}

const SHOWN_CHARS = 40;

/** The host and port of where a listener's requests go; its own words, cut, where there is no URL in them. */
function shortTarget(target: string): string {
  const authority = /https?:\/\/([^/?#\s]+)/i.exec(target)?.[1];
  return authority ?? target.slice(0, SHOWN_CHARS);
}

/** `localhost:3000`, `localhost:3000 +1`; empty when it named none. */
export function shortTargets(targets: readonly string[]): string {
  const [first, ...others] = [...new Set(targets.map(shortTarget))];
  if (first === undefined) return "";
  return others.length > 0 ? `${first} +${others.length}` : first;
}
