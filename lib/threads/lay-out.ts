import type { RequestSummary } from "../contract/requests.ts";
import type { RequestThread, ThreadAttempt } from "../contract/threads.ts";
import { deliveries, type Delivery } from "../providers/deliveries.ts";
import { findProvider } from "../providers/providers.ts";
import { nextTry } from "./next-try.ts";
import { type Overtaking, overtakenBy } from "./overtaken.ts";
import { resultOf } from "./result.ts";

/** A request of a thread, with the hash of its body. */
export type Threaded = { request: RequestSummary; bodySha256: string };

/**
 * The tries of an event as a person reads them. `threaded`: in the order of arrival, the asked-for one among them.
 * `near`: earlier requests of the same sender, to be told when one of them has overtaken this one.
 */
export function layOut(
  threaded: readonly Threaded[],
  asked: RequestSummary,
  near: readonly Overtaking[],
): RequestThread {
  const { provider, thread } = asked;
  const delivery = (provider && deliveries[provider.id]) ?? {};
  const attempts = attemptsOf(threaded, delivery);
  const own = attempts.find(({ request }) => request.id === asked.id);
  const tries = attempts.filter(({ destination }) => destination === own?.destination);
  return {
    by: thread?.by ?? null,
    count: thread?.count ?? 1,
    attempts,
    next: nextTry(tries, delivery),
    timeoutMs: delivery.timeoutMs ?? null,
    docs: (provider && findProvider(provider.id)?.docs) ?? null,
    overtakenBy: overtakenBy(asked, near),
  };
}

function attemptsOf(threaded: readonly Threaded[], delivery: Delivery): ThreadAttempt[] {
  const destinations = new Map<string, { number: number; first: Threaded; last: ThreadAttempt }>();
  return threaded.map((each) => {
    const key = destinationOf(each.request);
    const known = destinations.get(key);
    const { request } = each;
    const attempt: ThreadAttempt = {
      request,
      destination: known?.number ?? destinations.size + 1,
      try: Math.max((known?.last.try ?? 0) + 1, request.provider?.attempt ?? 1),
      gapSeconds: known ? secondsBetween(known.last.request, request) : null,
      result: resultOf(request, delivery),
      isBodyOther: known !== undefined && known.first.bodySha256 !== each.bodySha256,
    };
    const { destination: number } = attempt;
    destinations.set(key, { number, first: known?.first ?? each, last: attempt });
    return attempt;
  });
}

/** The delivery's id where it is not the event's: a provider gives one for each URL that an event goes to. */
function destinationOf({ target, provider }: RequestSummary): string {
  return JSON.stringify([target, provider?.deliveryId ?? null]);
}

const secondsBetween = (one: RequestSummary, other: RequestSummary): number =>
  (Date.parse(other.receivedAt) - Date.parse(one.receivedAt)) / 1000;
