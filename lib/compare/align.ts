import { diffArrays } from "diff";
import type { Slices } from "../body/slices.ts";
import { growing } from "./order.ts";

/** Edits searched for between two fixed points, and steps of that: up to 30 ms. What differs more is all different. */
const EDITS_MAX = 400;
const STEPS_MAX = 8_000_000;
/** Looked at in one go. */
const SLICE = 16_384;

/**
 * What of one sequence is in another, in the same order: for each of `before` its place in `after`, or -1. Equal numbers
 * are equal. Where both have something just once it is a fixed point; between those the fewest edits are looked for.
 */
export function* alignSequences(before: Float64Array, after: Float64Array): Slices<Int32Array> {
  const matches = new Int32Array(before.length).fill(-1);
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) {
    matches[head] = head;
    head += 1;
    if (head % SLICE === 0) yield;
  }
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
    matches[before.length - tail] = after.length - tail;
    if (tail % SLICE === 0) yield;
  }
  const ends: Block = { a: head, b: head, aTo: before.length - tail, bTo: after.length - tail };
  for (const block of yield* fixedPoints(before, after, ends, matches)) {
    alignBlock(before, after, block, matches);
    yield;
  }
  return matches;
}

type Block = { a: number; b: number; aTo: number; bTo: number };

/** Matches what is there once on both sides; gives the blocks between. */
function* fixedPoints(
  before: Float64Array,
  after: Float64Array,
  ends: Block,
  matches: Int32Array,
): Slices<Block[]> {
  const only = yield* onlyOnce(after, ends.b, ends.bTo);
  const mine = yield* onlyOnce(before, ends.a, ends.aTo);
  const candidates = new Int32Array(Math.max(ends.aTo - ends.a, 0)).fill(-1);
  for (let at = ends.a; at < ends.aTo; at += 1) {
    const value = before[at] ?? 0;
    if (mine.get(value) === at) candidates[at - ends.a] = only.get(value) ?? -1;
    if (at % SLICE === SLICE - 1) yield;
  }
  const kept = yield* growing(candidates);
  const blocks: Block[] = [];
  let { a, b } = ends;
  for (let index = 0; index < kept.length; index += 1) {
    if (!kept[index]) continue;
    const point = candidates[index] ?? 0;
    if (ends.a + index > a && point > b) blocks.push({ a, b, aTo: ends.a + index, bTo: point });
    matches[ends.a + index] = point;
    a = ends.a + index + 1;
    b = point + 1;
    if (index % SLICE === SLICE - 1) yield;
  }
  if (ends.aTo > a && ends.bTo > b) blocks.push({ a, b, aTo: ends.aTo, bTo: ends.bTo });
  return blocks;
}

/** The place of each value that is there once; -1 for those that are there more often. */
function* onlyOnce(values: Float64Array, from: number, to: number): Slices<Map<number, number>> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? 0;
    places.set(value, places.has(value) ? -1 : at);
    if (at % SLICE === SLICE - 1) yield;
  }
  return places;
}

function alignBlock(
  before: Float64Array,
  after: Float64Array,
  { a, b, aTo, bTo }: Block,
  matches: Int32Array,
): void {
  const most = Math.floor(STEPS_MAX / (aTo - a + bTo - b));
  const changes = diffArrays([...before.subarray(a, aTo)], [...after.subarray(b, bTo)], {
    maxEditLength: Math.min(EDITS_MAX, most),
  });
  let [left, right] = [a, b];
  for (const { added, removed, count } of changes ?? []) {
    for (let at = 0; !added && !removed && at < count; at += 1) matches[left + at] = right + at;
    if (!added) left += count;
    if (!removed) right += count;
  }
}
