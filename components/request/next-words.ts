import { formatExact } from "#components/ui/format.ts";
import { ordinal } from "#components/ui/ordinal.ts";
import type { NextTry, RequestThread } from "#lib/contract/threads.ts";
import { formatSpan } from "./format-span.ts";

type Told = Pick<RequestThread, "next" | "timeoutMs"> & { sender: string };

/** What is to be expected of further tries, in a sentence. `now`: milliseconds since 1970. */
export function nextWords({ next, sender }: Told, now: number): string {
  switch (next.kind) {
    case "none":
      return "Delivered: no further try is expected.";
    case "never":
      return `${sender} does not try again by itself.`;
    case "ended":
      return `${sender} has given up, by what it documents.`;
    case "untold":
      return `When ${sender} tries again is not documented.`;
    case "until":
      return untilWords(next, sender, now);
    case "expected":
      return `${expectedWords(next, now)}${endWords(next, now)}`;
  }
}

function expectedWords(next: NextTry & { kind: "expected" }, now: number): string {
  const [from, to] = [Date.parse(next.from), Date.parse(next.to)];
  const which = `The ${ordinal(next.try)} try`;
  if (now < from) {
    return `${which} is expected in ${formatSpan(coarse(from - now))}, at ${clock(next.from)}.`;
  }
  if (now <= to) return `${which} is expected any moment.`;
  return `${which} was expected ${formatSpan(coarse(now - from))} ago, at ${clock(next.from)}, and has not come.`;
}

function untilWords(next: NextTry & { kind: "until" }, sender: string, now: number): string {
  const { tries, endsAt } = next;
  const many = tries === null ? "Further tries are" : `${countOf(tries)} expected`;
  const verb = tries === null ? `${many} expected` : many;
  if (endsAt === null) return `${verb}, at times that ${sender} does not tell.`;
  if (now > Date.parse(endsAt)) return `${sender} has given up, by what it documents.`;
  return `${verb} until ${clock(endsAt)}, in ${formatSpan(coarse(Date.parse(endsAt) - now))}; ${sender} does not tell when.`;
}

const countOf = (tries: number) =>
  tries === 1 ? "One further try is" : `Up to ${tries} further tries are`;

function endWords({ from, endsAt }: NextTry & { kind: "expected" }, now: number): string {
  if (endsAt === null) return "";
  if (endsAt === from) return " It is the last one.";
  const left = Date.parse(endsAt) - now;
  return left > 0 ? ` It gives up after the one in ${formatSpan(coarse(left))}.` : "";
}

/** Milliseconds as whole seconds: a countdown by tenths would only flicker. */
const coarse = (ms: number): number => Math.max(1, Math.round(ms / 1000));

/** The time of day, with the date where that is another one than today's. */
function clock(time: string): string {
  const exact = formatExact(time);
  const isToday = exact.slice(0, 10) === formatExact(new Date().toISOString()).slice(0, 10);
  return isToday ? exact.slice(11, 19) : exact.slice(0, 19);
}
