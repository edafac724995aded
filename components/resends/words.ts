import { deadWords } from "#components/destinations/words.ts";
import { durationWords } from "#components/ui/duration-words.ts";
import { formatCount } from "#components/ui/format.ts";
import type { Resend, ResendFailure, ResendPlan } from "#lib/contract/resends.ts";

export const requestsWord = (count: number) =>
  `${formatCount(count)} ${count === 1 ? "request" : "requests"}`;

/** `#1 to #4`. */
export const rangeWords = ({ first, last }: Resend["range"]) =>
  first === last ? `#${first}` : `#${first} to #${last}`;

/** What the plan says, a sentence each. */
export function planWords(plan: ResendPlan, asked: { ratePerSecond: number | null }): string[] {
  const { requests, incomplete, isExact, range, ratePerSecond, seconds } = plan;
  const least = isExact ? "" : "At least ";
  const words: (string | false)[] = [
    range === null && "None among the oldest; there are too many to look at all of them first.",
    range !== null && `${least}${requestsWord(requests)}, ${rangeWords(range)}.`,
    incomplete > 0 &&
      `${formatCount(incomplete)} of them can’t be sent: what was captured is not all that was sent.`,
    ratePerSecond === null
      ? "As fast as the target answers."
      : `At ${rateWords(ratePerSecond)}, ${durationWords(seconds ?? 0)}.`,
    isSlower(ratePerSecond, asked.ratePerSecond) &&
      "The server’s FORWARD_RATE does not let it go faster to other machines.",
  ];
  return words.filter((word) => word !== false);
}

const isSlower = (given: number | null, asked: number | null) =>
  given !== null && (asked === null || given < asked);

function rateWords(perSecond: number): string {
  const [count, per] = perSecond >= 1 ? [perSecond, "second"] : [perSecond * 60, "minute"];
  return `${count.toLocaleString("en", { maximumFractionDigits: 2 })} a ${per}`;
}

/** How a resend stands, in a sentence. */
export function standingOf(resend: Resend): string {
  const { state, planned, counts, pausedUntil } = resend;
  const { delivered, dead, pending } = counts;
  const of = planned === null ? "" : ` of ${formatCount(planned)}`;
  const failed = dead > 0 ? `, ${formatCount(dead)} failed` : "";
  const done = `${formatCount(delivered)}${of} delivered${failed}`;
  if (state === "running") {
    const paused = pausedUntil === null ? "" : " The target fails: it pauses between tries.";
    return `Sending: ${done}.${paused}`;
  }
  const left = planned === null ? 0 : Math.max(0, planned - delivered - dead - pending);
  if (state === "stopped") {
    const under = pending > 0 ? `, ${formatCount(pending)} still under way` : "";
    return `Stopped: ${done}${under}${left > 0 ? `, ${formatCount(left)} not sent` : ""}.`;
  }
  const gone = left > 0 ? ` ${formatCount(left)} were removed, or matched no more.` : "";
  return `Done: ${done}.${gone}`;
}

const attemptWords = {
  refused: "the connection was refused",
  dns: "its name was not found",
  tls: "no TLS connection",
  timeout: "no answer in time",
  reset: "the connection broke off",
};
const reasonWords: Record<string, string> = { ...deadWords, ...attemptWords };

/** Why some did not arrive. */
export const failureWords = ({ reason }: Pick<ResendFailure, "reason">): string =>
  typeof reason === "number" ? `answered ${reason}` : (reasonWords[reason] ?? reason);
