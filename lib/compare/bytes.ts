import type { Slices } from "../body/slices.ts";
import { Runs } from "./runs.ts";

/** Two sides of so many fit beside each other. */
export const ROW_BYTES = 8;
/** Compared in one go: up to 5 ms. */
const SLICE = 1_048_576;
const CHUNKS = 16_384;

/** Bytes in rows of at most 8: those that both begin with, what is between, those that both end with. */
export class Chunks {
  readonly bytes: Uint8Array;
  /** Where the middle begins, and where it ends. */
  private readonly from: number;
  private readonly to: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  get headCount(): number {
    return rowsFor(this.from);
  }
  get middleCount(): number {
    return rowsFor(this.to - this.from);
  }
  get tailCount(): number {
    return rowsFor(this.bytes.length - this.to);
  }
  get count(): number {
    return this.headCount + this.middleCount + this.tailCount;
  }

  /** The bytes of a row, from..to. */
  range(row: number): { from: number; to: number } {
    if (row < this.headCount) return clip(row * ROW_BYTES, this.from);
    const inMiddle = row - this.headCount;
    if (inMiddle < this.middleCount) {
      return clip(this.from + inMiddle * ROW_BYTES, this.to);
    }
    const inTail = inMiddle - this.middleCount;
    return clip(this.to + inTail * ROW_BYTES, this.bytes.length);
  }
}

const rowsFor = (size: number) => Math.ceil(size / ROW_BYTES);
const clip = (from: number, end: number) => ({ from, to: Math.min(from + ROW_BYTES, end) });

export type ByteComparison = {
  before: Chunks;
  after: Chunks;
  runs: Runs;
  /** The first byte that differs, and how many do, or lie where the other has none. */
  first: number;
  count: number;
};

/** Compares byte by byte, between what both begin and end with. */
export function* compareBytes(before: Uint8Array, after: Uint8Array): Slices<ByteComparison> {
  const most = Math.min(before.length, after.length);
  const head = yield* equalUpTo(most, (at) => before[at] === after[at]);
  const tail = yield* equalUpTo(
    most - head,
    (at) => before[before.length - 1 - at] === after[after.length - 1 - at],
  );
  // Whole rows only, so that offsets of equal bytes keep their place in a row.
  const from = head - (head % ROW_BYTES);
  const old = new Chunks(before, from, before.length - tail);
  const now = new Chunks(after, from, after.length - tail);
  const runs = new Runs();
  const same = (start: number, other: number, count: number) =>
    runs.push({
      kind: "same",
      before: start,
      beforeCount: count,
      after: other,
      afterCount: count,
      entry: -1,
    });
  same(0, 0, old.headCount);
  const count = yield* compareMiddle(old, now, runs);
  same(old.count - old.tailCount, now.count - now.tailCount, old.tailCount);
  return { before: old, after: now, runs, first: head, count };
}

function* equalUpTo(most: number, isEqual: (at: number) => boolean): Slices<number> {
  let at = 0;
  while (at < most && isEqual(at)) {
    at += 1;
    if (at % SLICE === 0) yield;
  }
  return at;
}

/** How many bytes differ. */
function* compareMiddle(old: Chunks, now: Chunks, runs: Runs): Slices<number> {
  let differing = 0;
  const rows = Math.max(old.middleCount, now.middleCount);
  for (let index = 0; index < rows; index += 1) {
    const row = old.headCount + index;
    const beforeCount = index < old.middleCount ? 1 : 0;
    const afterCount = index < now.middleCount ? 1 : 0;
    const count = countDiffering(
      beforeCount ? old.range(row) : null,
      afterCount ? now.range(row) : null,
      old.bytes,
      now.bytes,
    );
    differing += count;
    const changed = beforeCount === 0 ? "added" : afterCount === 0 ? "removed" : "changed";
    const kind = count === 0 ? "same" : changed;
    runs.push({ kind, before: row, beforeCount, after: row, afterCount, entry: -1 });
    if (index % CHUNKS === 0) yield;
  }
  return differing;
}

type Range = { from: number; to: number } | null;

function countDiffering(old: Range, now: Range, before: Uint8Array, after: Uint8Array): number {
  const oldSize = old ? old.to - old.from : 0;
  const nowSize = now ? now.to - now.from : 0;
  let count = Math.abs(oldSize - nowSize);
  for (let at = 0; at < Math.min(oldSize, nowSize); at += 1) {
    if (before[(old?.from ?? 0) + at] !== after[(now?.from ?? 0) + at]) count += 1;
  }
  return count;
}
