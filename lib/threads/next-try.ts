import type { NextTry, ThreadAttempt } from "../contract/threads.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Delivery, Retries } from "../providers/deliveries.ts";

/** Schedules are kept with jitter and behind a queue: a quarter of the gap, and some seconds at least. */
const LATE_SHARE = 0.25;
const LATE_SECONDS_MIN = 30;

/** When the next try for a destination is expected, by its provider's documents. `tries`: those that came, at least one. */
export function nextTry(tries: readonly ThreadAttempt[], delivery: Delivery): NextTry {
  const last = tries.at(-1);
  if (!last || last.result === "delivered") return { kind: "none" };
  if (last.result === "unknown") return { kind: "untold" };
  const isTest = last.request.provider?.mode === "test";
  const retries = (isTest && delivery.testRetries) || delivery.retries;
  if (!retries) return { kind: "untold" };
  if (retries === "never") return { kind: "never" };
  if (isFinal(last, delivery)) return { kind: "ended" };
  return "gaps" in retries ? byGaps(last, retries.gaps, delivery) : byWindow(tries, last, retries);
}

function isFinal({ request, result }: ThreadAttempt, delivery: Delivery): boolean {
  const status = request.response?.status;
  if (status === undefined || result !== "refused") return false;
  if (delivery.givesUpOn?.includes(status)) return true;
  return delivery.triesAgainOn ? !delivery.triesAgainOn(status) : false;
}

function byGaps(last: ThreadAttempt, gaps: readonly number[], delivery: Delivery): NextTry {
  const [gap, ...later] = gaps.slice(last.try - 1);
  if (gap === undefined) return { kind: "ended" };
  const from = endOf(last, delivery) + gap;
  const to = from + Math.max(LATE_SECONDS_MIN, gap * LATE_SHARE);
  const endsAt = from + later.reduce((sum, each) => sum + each, 0);
  return {
    kind: "expected",
    try: last.try + 1,
    from: timeOf(from),
    to: timeOf(to),
    endsAt: timeOf(endsAt),
  };
}

type Window = Exclude<Retries, "never" | { gaps: readonly number[] }>;

function byWindow(
  tries: readonly ThreadAttempt[],
  last: ThreadAttempt,
  { times, within, apart }: Window,
): NextTry {
  const first = tries[0] ?? last;
  // A first one that is not the first try says nothing of when the time began.
  const endsAt = within !== undefined && first.try === 1 ? secondsOf(first) + within : null;
  const left = times === undefined ? null : times + 1 - last.try;
  if (left !== null && left <= 0) return { kind: "ended" };
  if (!apart) {
    return { kind: "until", endsAt: endsAt === null ? null : timeOf(endsAt), tries: left };
  }
  const [least, most] = apart;
  const at = secondsOf(last);
  return {
    kind: "expected",
    try: last.try + 1,
    from: timeOf(at + least),
    to: timeOf(at + most),
    endsAt: left === null ? null : timeOf(at + most * left),
  };
}

/** When its sender knew that it had failed, in seconds since 1970. */
function endOf(attempt: ThreadAttempt, { timeoutMs }: Delivery): number {
  const answeredMs = attempt.request.answered?.respondedMs ?? timeoutMs ?? 0;
  return secondsOf(attempt) + Math.min(answeredMs, timeoutMs ?? answeredMs) / 1000;
}

const secondsOf = ({ request }: ThreadAttempt): number => Date.parse(request.receivedAt) / 1000;

const timeOf = (seconds: number): string => rfc3339(Math.round(seconds * 1e6));
