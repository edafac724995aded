import type { ResendPlan } from "../contract/resends.ts";
import type { ListedStored } from "../store/exports.ts";

/** For a look at how much a resend would send. */
const COUNTING_MS_MAX = 3_000;

export type Counted = Pick<ResendPlan, "requests" | "incomplete" | "isExact" | "range">;

/** How many there are, within a time: then `isExact` says that there may be more. */
export async function count(
  windows: AsyncIterable<readonly Pick<ListedStored, "seq" | "isCut">[]>,
  now: () => number = () => performance.now(),
): Promise<Counted> {
  const until = now() + COUNTING_MS_MAX;
  const counted: Counted = { requests: 0, incomplete: 0, isExact: true, range: null };
  for await (const listed of windows) {
    for (const { seq, isCut } of listed) {
      counted.requests += 1;
      if (isCut) counted.incomplete += 1;
      counted.range = { first: counted.range?.first ?? seq, last: seq };
    }
    if (now() > until) return { ...counted, isExact: false };
  }
  return counted;
}

/** Seconds until the last of them has been begun, at a rate that begins with nothing; null: as fast as it goes. */
export function secondsFor(
  { requests, incomplete }: Pick<Counted, "requests" | "incomplete">,
  perSecond: number,
): number | null {
  return Number.isFinite(perSecond) ? (requests - incomplete) / perSecond : null;
}
