import type { Slices } from "../body/slices.ts";

/** Looked at in one go: up to 5 ms. */
const SLICE = 16_384;

/** Of a list of numbers (-1 counts as none) those that belong to a longest run that only grows. */
export function* growing(values: Int32Array): Slices<Uint8Array> {
  const tails: number[] = [];
  const previous = new Int32Array(values.length).fill(-1);
  for (let index = 0; index < values.length; index += 1) {
    if (index % SLICE === SLICE - 1) yield;
    const value = values[index] ?? -1;
    if (value < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const kept = new Uint8Array(values.length);
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) kept[at] = 1;
  return kept;
}

/** Which stands beside which: -1 for nothing. `isMoved`: both have it, at another place among the others. */
export type Step = { before: number; after: number; isMoved: boolean };

/**
 * The order in which two lists are shown side by side: that of the first, and what only the second has behind that which
 * it follows there. `matches`: for each of the first its place in the second, or -1.
 */
export function* layOut(matches: Int32Array, afterCount: number): Slices<Generator<Step>> {
  return steps(matches, yield* growing(matches), afterCount);
}

function* steps(matches: Int32Array, kept: Uint8Array, afterCount: number): Generator<Step> {
  const taken = new Uint8Array(afterCount);
  for (const match of matches) if (match >= 0) taken[match] = 1;
  function* only(from: number): Generator<Step> {
    for (let after = from; after < afterCount && !taken[after]; after += 1) {
      yield { before: -1, after, isMoved: false };
    }
  }
  yield* only(0);
  for (let before = 0; before < matches.length; before += 1) {
    const after = matches[before] ?? -1;
    yield { before, after, isMoved: after >= 0 && !kept[before] };
    if (after >= 0) yield* only(after + 1);
  }
}
