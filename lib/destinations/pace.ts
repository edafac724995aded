import type { Config } from "../config.ts";
import { listenerOf } from "../contract/listener-target.ts";
import type { DestinationSettings } from "../contract/destinations.ts";
import { isOwnMachine } from "../forward/admission.ts";
import { parseTarget } from "../forward/target.ts";
import { type Rate, UNLIMITED } from "./throttle.ts";

type Settings = Pick<DestinationSettings, "url" | "ratePerSecond">;

/**
 * How fast a destination may go: as its owner set it; and to any machine but the server's own, no faster than its share
 * of FORWARD_RATE, which all of the bin's destinations have together. Without that anybody could mint a bin on an open
 * server and let it flood a stranger.
 * @param urls of all enabled destinations of the bin.
 */
export function paceOf(
  { url, ratePerSecond }: Settings,
  urls: readonly string[],
  forward: Config["forward"],
): Rate {
  const own = ratePerSecond === null ? UNLIMITED : bucketOf(ratePerSecond);
  const isFree = (each: string) =>
    listenerOf(each) !== null || isOwnMachine(parseTarget(each), forward);
  if (forward.ratePerMinute === 0 || isFree(url)) return own;
  const sharers = Math.max(1, urls.filter((each) => !isFree(each)).length);
  const share = forward.ratePerMinute / sharers;
  const shared = { perSecond: share / 60, burst: Math.max(1, share) };
  return own.perSecond <= shared.perSecond ? own : shared;
}

/** A second's worth may go at once. */
const bucketOf = (perSecond: number): Rate => ({ perSecond, burst: Math.max(1, perSecond) });
