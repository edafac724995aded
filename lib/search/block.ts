import { type BlockNumbers, packNumbers, rangeBits } from "./block-numbers.ts";
import { type RequestIndex, TERMS } from "./index-terms.ts";
import type { Narrowing, NumberRange } from "./narrowing.ts";

/*
 * A block is the index of 128 requests that follow each other in a bin: for every term one bit per request, so that a
 * query reads 16 bytes for each of its terms. It is made once: requests never change.
 */

/** Rises when terms are made in another way: older blocks are then made anew. */
export const BLOCK_FORMAT = 1;
export const BLOCK_REQUESTS = 128;
/** Bytes of one term. */
export const SLICE_BYTES = BLOCK_REQUESTS / 8;

const WIDTH_MIN = 1024;
/** How much of a block may be ones. Fuller, it takes less room and lets more through that does not match. */
const FILL_MAX = 0.25;

export type Block = {
  /** Terms that are told apart, a power of two; 0 in a block without requests. */
  width: number;
  /** SLICE_BYTES for each term, from 0. */
  bits: Uint8Array;
  numbers: BlockNumbers;
};

/** `indexes` by their place in the block; null where a request was removed. */
export function packBlock(indexes: readonly (RequestIndex | null)[]): Block {
  const rows = indexes.map((index) => index && (index.isUnsure ? ALL.slice() : index.bits));
  const present = rows.filter((row) => row !== null);
  const numbers = packNumbers(indexes);
  if (present.length === 0) return { width: 0, bits: new Uint8Array(), numbers };
  let width = TERMS;
  while (width > WIDTH_MIN && fillOf(present, width / 2) <= FILL_MAX) {
    width /= 2;
    for (const row of present) halve(row, width);
  }
  return { width, bits: transpose(rows, width), numbers };
}

const ALL = new Uint8Array(TERMS / 8).fill(0xff);

/** How full the rows would be at half their width; those that are full anyway don't count. */
function fillOf(rows: readonly Uint8Array[], width: number): number {
  const bytes = width / 8;
  const fills = rows
    .map((row) => {
      let ones = 0;
      for (let at = 0; at < bytes; at++)
        ones += ONES[(row[at] as number) | (row[at + bytes] as number)] as number;
      return ones / width;
    })
    .filter((fill) => fill < FULL);
  return fills.length === 0 ? 1 : fills.reduce((sum, fill) => sum + fill, 0) / fills.length;
}

const FULL = 0.6;
const ONES = Uint8Array.from(
  { length: 256 },
  (_, byte) => byte.toString(2).replaceAll("0", "").length,
);

/** A term's upper bits are dropped. */
function halve(row: Uint8Array, width: number): void {
  const bytes = width / 8;
  for (let at = 0; at < bytes; at++) row[at] = (row[at] as number) | (row[at + bytes] as number);
}

/** From a row of terms for each request to a row of requests for each term; eight terms at a time are written side by side. */
function transpose(rows: readonly (Uint8Array | null)[], width: number): Uint8Array {
  const bits = new Uint8Array(width * SLICE_BYTES);
  for (let at = 0; at < width / 8; at++) {
    for (let place = 0; place < rows.length; place++) {
      const bit = 1 << (place & 7);
      for (let left = rows[place]?.[at] ?? 0; left !== 0; left &= left - 1) {
        const index = (at * 8 + 31 - Math.clz32(left & -left)) * SLICE_BYTES + (place >> 3);
        bits[index] = (bits[index] as number) | bit;
      }
    }
  }
  return bits;
}

/** All that a narrowing asks of a block, in the order in which candidatesOf takes it. */
export function questionsOf(narrowing: Narrowing): { terms: number[]; ranges: NumberRange[] } {
  switch (narrowing.kind) {
    case "any":
      return { terms: [], ranges: [] };
    case "terms":
      return { terms: narrowing.terms, ranges: [] };
    case "number":
      return { terms: [], ranges: [narrowing.range] };
    default: {
      const all = narrowing.items.map(questionsOf);
      return {
        terms: all.flatMap(({ terms }) => terms),
        ranges: all.flatMap(({ ranges }) => ranges),
      };
    }
  }
}

/** What a block says: SLICE_BYTES for each term asked for, and the row of numbers for each range, empty without one. */
export type Answers = { slices: Uint8Array; ranges: Uint8Array[] };

/** The places in a block (0 to 127) of the requests that may match. */
export function candidatesOf(narrowing: Narrowing, { slices, ranges }: Answers): number[] {
  const bits = evaluate(narrowing, { slices, slice: 0, ranges, range: 0 });
  const places: number[] = [];
  for (let place = 0; place < BLOCK_REQUESTS; place++) {
    if ((bits[place >> 3] as number) & (1 << (place & 7))) places.push(place);
  }
  return places;
}

type Cursor = Answers & { slice: number; range: number };

function evaluate(narrowing: Narrowing, cursor: Cursor): Uint8Array {
  switch (narrowing.kind) {
    case "any":
      return new Uint8Array(SLICE_BYTES).fill(0xff);
    case "terms":
      return combine(
        narrowing.terms.map(() => nextSlice(cursor)),
        "and",
      );
    case "number": {
      cursor.range += 1;
      return rangeBits(narrowing.range, cursor.ranges[cursor.range - 1] ?? new Uint8Array());
    }
    default:
      return combine(
        narrowing.items.map((item) => evaluate(item, cursor)),
        narrowing.kind,
      );
  }
}

function nextSlice(cursor: Cursor): Uint8Array {
  const start = cursor.slice;
  cursor.slice += SLICE_BYTES;
  return cursor.slices.subarray(start, cursor.slice);
}

function combine(all: readonly Uint8Array[], how: "and" | "or"): Uint8Array {
  const isAnd = how === "and";
  const bits = new Uint8Array(SLICE_BYTES).fill(isAnd ? 0xff : 0);
  for (const one of all) {
    for (let at = 0; at < SLICE_BYTES; at++) {
      const [own, other] = [bits[at] as number, one[at] as number];
      bits[at] = isAnd ? own & other : own | other;
    }
  }
  return bits;
}
