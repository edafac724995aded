import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Delivery } from "./load.ts";
import type { Arrival } from "./recording-sink.ts";

export type RelayComparison = {
  stored: number;
  /** Stored as far as it came: passed over and told, since a part of a request is not sent on. */
  incomplete: number;
  /** How many different requests the sink got. */
  arrived: number;
  /** Stored and never at the sink. */
  missing: string[];
  /** At the sink and not stored. */
  unknown: string[];
  /** At the sink with other bytes than were sent. */
  changed: string[];
  /** That came for the first time after one with a higher seq. */
  outOfOrder: string[];
  /** How many came again, and those of which one came under another forward id. */
  doubles: number;
  strangers: string[];
};

/** Holds what a sink got against what a bin has; a request's id is its path. `stored` is in the order of seqs. */
export function compareWithArrived(
  stored: readonly RequestSummary[],
  sent: ReadonlyMap<string, Delivery>,
  arrivals: readonly Arrival[],
): RelayComparison {
  const whole = stored.filter(({ bodyIncomplete }) => !bodyIncomplete).map(idOf);
  const byId = Map.groupBy(arrivals, ({ id }) => id);
  const places = new Map(whole.map((id, place) => [id, place]));
  const all = [...byId];
  return {
    stored: stored.length,
    incomplete: stored.length - whole.length,
    arrived: byId.size,
    missing: whole.filter((id) => !byId.has(id)),
    unknown: [...byId.keys()].filter((id) => !places.has(id)),
    changed: all
      .filter(([id, tries]) => tries.some(({ sha256 }) => sha256 !== sent.get(id)?.sha256))
      .map(([id]) => id),
    outOfOrder: lateOnes([...byId.keys()], places),
    doubles: arrivals.length - byId.size,
    strangers: all
      .filter(([, tries]) => new Set(tries.map(({ forwardId }) => forwardId)).size > 1)
      .map(([id]) => id),
  };
}

const idOf = ({ target }: RequestSummary) => target.slice(1);

/** A map keeps the order in which its keys came first. */
function lateOnes(ids: readonly string[], places: ReadonlyMap<string, number>): string[] {
  let highest = -1;
  return ids.filter((id) => {
    const place = places.get(id) ?? 0;
    const isLate = place < highest;
    highest = Math.max(highest, place);
    return isLate;
  });
}
