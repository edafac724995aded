import { durationWords } from "#components/ui/duration-words.ts";
import { formatCount, formatExact } from "#components/ui/format.ts";
import type { Destination } from "#lib/contract/destinations.ts";
import type { DeadReason } from "#lib/contract/destination-limits.ts";

export type Standing = {
  tone: "good" | "warn" | "bad" | "off";
  words: string;
  /** When what stands in its way is tried again (RFC 3339). */
  nextAt?: string;
};

/** Less than this is over before it is read. */
const SECONDS_WORTH_TELLING = 10;

/** Hours, minutes and seconds of the exact form; with the day where it is not today. */
export function time(at: string, now = new Date().toISOString()): string {
  const exact = formatExact(at);
  const isToday = exact.slice(0, 10) === formatExact(now).slice(0, 10);
  return exact.slice(isToday ? 11 : 0, 19);
}

/** How a destination stands, in a sentence: what is wrong first. */
export function standingOf(destination: Destination): Standing {
  const { enabled, circuit, blockedBy, behind, counts, missed, ratePerSecond } = destination;
  const waiting = behind + counts.pending + counts.failed;
  const waits = `${waitWords(waiting)}${missed > 0 ? "" : ", and nothing is lost"}.`;
  if (!enabled) {
    return { tone: "off", words: waiting > 0 ? `Off. ${waits}` : "Off." };
  }
  if (circuit.state === "open" && circuit.openedAt !== null) {
    return {
      tone: "bad",
      words: `The target fails: paused since ${time(circuit.openedAt)}, after ${circuit.failures} failures in a row. ${waiting > 0 ? waits : "Nothing waits."}`,
      ...(circuit.probeAt !== null && { nextAt: circuit.probeAt }),
    };
  }
  if (circuit.state === "half-open") {
    return {
      tone: "warn",
      words:
        waiting > 0
          ? `The target failed: one request is being tried to see whether it is back. ${waitWords(waiting)}.`
          : "The target failed: the next request shows whether it is back.",
    };
  }
  if (blockedBy) {
    return {
      tone: "warn",
      words: `#${blockedBy.seq} failed ${times(blockedBy.tries)}. The order is strict, so all that came after it waits: ${formatCount(waiting - 1)}.`,
      nextAt: blockedBy.dueAt,
    };
  }
  if (counts.failed > 0) {
    const open = behind + counts.pending;
    const rest = open > 0 ? ` ${formatCount(open)} more to go.` : "";
    return {
      tone: "warn",
      words: `${formatCount(counts.failed)} failed and will be tried again.${rest}`,
    };
  }
  const open = behind + counts.pending;
  if (open > 0) {
    return {
      tone: "good",
      words: `Working: ${formatCount(open)} to go${paceWords(open, ratePerSecond)}.`,
    };
  }
  return counts.dead > 0
    ? { tone: "warn", words: `Nothing is under way; ${formatCount(counts.dead)} did not arrive.` }
    : { tone: "good", words: "Up to date." };
}

/** What its throttle makes of it. */
function paceWords(count: number, ratePerSecond: number | null): string {
  const seconds = ratePerSecond === null ? 0 : count / ratePerSecond;
  return seconds < SECONDS_WORTH_TELLING
    ? ""
    : `, ${durationWords(seconds)} at the pace that is set`;
}

const waitWords = (count: number) =>
  count === 1 ? "1 request waits" : `${formatCount(count)} requests wait`;

const times = (count: number) => (count === 1 ? "once" : `${count} times`);

export const deadWords: Record<DeadReason, string> = {
  attempts: "tried as often as it may be",
  age: "waited as long as it may",
  body_incomplete: "what was captured is not all that was sent",
  private_target: "this server does not forward into that network",
  in_circle: "it came back after it was sent on: it goes in a circle",
  unsigned: "it could not be signed again: the bin has no secret that signs for its provider",
  headers_lost: "the headers that it adds can’t be opened any more: write their values again",
  no_listener: "its machine was gone for too long, so the resend stopped here",
  interrupted: "the server ended while it was sent: it may have arrived",
  stopped: "it was stopped before the next attempt",
  destination_deleted: "the destination was deleted before it arrived",
};
