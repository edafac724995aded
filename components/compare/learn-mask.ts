import { createPacer } from "#components/body/pacer.ts";
import { inSlices } from "#lib/body/slices.ts";
import { compareMessages } from "#lib/compare/compare.ts";
import type { Comparison } from "#lib/compare/comparison.ts";
import { isMasked, type Mask, withPlace } from "#lib/compare/place.ts";
import { learnPlaces } from "#lib/compare/summary.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { likeQuery } from "./find-previous.ts";
import { readWhole, type Whole } from "./read-message.ts";
import { several } from "./words.ts";

const REQUESTS_MAX = 6;
/** Of two that differ nobody knows what always does. */
const REQUESTS_MIN = 3;
const BYTES_MAX = 1024 * 1024;

export type Learned = { mask: Mask; words: string };

/** Adds to a mask what differs between each and the next of the newest requests of the same kind. */
export async function learnMask(
  api: ApiClient,
  binId: string,
  summary: RequestSummary,
  mask: Mask,
  signal: AbortSignal,
): Promise<Learned> {
  const { items } = await api.requests(binId, {
    q: likeQuery(summary),
    limit: REQUESTS_MAX,
    signal,
  });
  const small = items.filter(({ bodySize }) => bodySize <= BYTES_MAX);
  if (small.length < REQUESTS_MIN) {
    return {
      mask,
      words: `Nothing learned: it takes ${REQUESTS_MIN} requests like this one, of at most 1 MiB each.`,
    };
  }
  const comparisons: Comparison[] = [];
  let last: Whole | null = null;
  for (const { id } of small) {
    const whole = await readWhole(api, binId, id, signal);
    if (last) comparisons.push(await compareTwo(last, whole, signal));
    last = whole;
  }
  const found = learnPlaces(comparisons);
  const known = new Set(mask.entries.map(({ place }) => place));
  const fresh = found.filter((place) => !known.has(place) && !isMasked(mask, place));
  return {
    mask: fresh.reduce((made, place) => withPlace(made, place, true), mask),
    words: `${several(fresh.length, "place")} learned from the newest ${small.length} requests like this one.`,
  };
}

async function compareTwo(before: Whole, after: Whole, signal: AbortSignal): Promise<Comparison> {
  const comparison = await inSlices(compareMessages(before.message, after.message), {
    pause: createPacer(),
    stopped: () => signal.aborted,
  });
  if (!comparison) throw signal.reason;
  return comparison;
}
