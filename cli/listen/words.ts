import type { Passed, PassedReason, RelayGoneCode, Welcome } from "#lib/contract/relay.ts";
import { counted, formatSpan } from "../terminal/format.ts";

export type Missed = "deliver" | "latest" | "skip";

/** What became of requests that came while nobody listened, at the start of a process. */
export function wordsOfStart({ missed, passedOver }: Welcome, choice: Missed): string {
  const over = `${counted(passedOver, "request")} came while nobody listened`;
  if (missed > 0 && passedOver > 0) return `Connected. ${over}: passed over, but for the newest.`;
  if (missed > 0)
    return `Connected. ${counted(missed, "request")} came while nobody listened: delivering.`;
  if (passedOver > 0) {
    const other = choice === "skip" ? " (--missed deliver brings them)" : "";
    return `Connected. ${over}: passed over${other}.`;
  }
  return "Connected. Waiting for requests.";
}

export function wordsOfReturn({ missed, passedOver }: Welcome, awayMs: number): string {
  const away = `Connected again, ${formatSpan(awayMs)} after the server was last heard.`;
  const over = passedOver > 0 ? ` ${passedOver} passed over.` : "";
  if (missed === 0) return `${away} Nothing was missed.${over}`;
  return `${away} ${counted(missed, "request")} ${missed === 1 ? "was" : "were"} missed: delivering.${over}`;
}

const reasons: Partial<Record<string, string>> = {
  removed: "removed before they could be delivered",
  too_old: "older than --max-age",
  body_incomplete: "not captured whole",
  in_circle: "forwarded too often already: they go in a circle",
  imported: "imported from a file, not sent now",
} satisfies Partial<Record<PassedReason | "in_circle", string>>;

export function wordsOfPassed({ from, through, count, why }: Passed): string {
  const which = from === through ? `#${from}` : `#${from} to #${through}`;
  const reason = reasons[why] ?? why;
  return `${counted(count, "request")} passed over (${which}): ${reason}.`;
}

export const wordsOfGone: Record<RelayGoneCode, string> = {
  key_revoked: "The key was revoked.",
  bin_gone: "The bin was deleted, or has expired.",
  listener_removed: "This listener was removed on the page.",
};

export const wordsOfLeaving = (running: number) =>
  `Leaving once ${running} under way ${running === 1 ? "is" : "are"} done; Ctrl-C again leaves at once, and what is not done comes again.`;
