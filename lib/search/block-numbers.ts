import type { RequestIndex } from "./index-terms.ts";
import type { NumberRange } from "./narrowing.ts";
import type { Scope } from "./scope.ts";

/*
 * The numbers of a block: for each scope the least and the greatest number of each request, so that "more than" and
 * "less than" are known almost exactly. Scopes beyond ROWS_MAX share the last row: it says too much, never too little.
 */

export type BlockNumbers = {
  /** The scope of each row; OTHERS for the row that stands for all other scopes, when there is one. */
  scopes: Scope[];
  /** RANGE_BYTES for each scope. */
  rows: Uint8Array;
};

const PLACES = 128;
/** Least and greatest of each place as 32-bit floats, little end first; NaN where there is no number. */
export const RANGE_BYTES = PLACES * 8;
export const OTHERS: Scope = 0;
const ROWS_MAX = 256;

export function packNumbers(indexes: readonly (RequestIndex | null)[]): BlockNumbers {
  const scopes = usualScopes(indexes);
  const rows = new Float32Array(scopes.length * PLACES * 2).fill(Number.NaN);
  const rowOf = new Map(scopes.map((scope, row) => [scope, row]));
  const widen = (row: number, place: number, least: number, greatest: number) => {
    const at = (row * PLACES + place) * 2;
    if (!((rows[at] as number) <= least)) rows[at] = least;
    if (!((rows[at + 1] as number) >= greatest)) rows[at + 1] = greatest;
  };
  const others = rowOf.get(OTHERS) ?? 0;
  for (const [place, index] of indexes.entries()) {
    for (const [scope, { least, greatest }] of index?.numbers ?? []) {
      widen(rowOf.get(scope) ?? others, place, least, greatest);
    }
    if (index?.isUnsure) for (const row of scopes.keys()) widen(row, place, -Infinity, Infinity);
  }
  return { scopes, rows: littleEndian(rows) };
}

/** Those that most requests have; with OTHERS when that is not all. */
function usualScopes(indexes: readonly (RequestIndex | null)[]): Scope[] {
  const counts = new Map<Scope, number>();
  for (const index of indexes) {
    for (const scope of index?.numbers.keys() ?? [])
      counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  const scopes = [...counts].sort(([, a], [, b]) => b - a).map(([scope]) => scope);
  const isAll = scopes.length <= ROWS_MAX && !indexes.some((index) => index?.isUnsure);
  return isAll
    ? scopes
    : [...scopes.slice(0, ROWS_MAX).filter((scope) => scope !== OTHERS), OTHERS];
}

function littleEndian(floats: Float32Array): Uint8Array {
  const bytes = new Uint8Array(floats.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, float] of floats.entries()) view.setFloat32(at * 4, float, true);
  return bytes;
}

/** A bit for each place that may have such a number; `row` is empty when no request has one. */
export function rangeBits({ side, value, isStrict }: NumberRange, row: Uint8Array): Uint8Array {
  const bits = new Uint8Array(PLACES / 8);
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  for (let place = 0; place < row.byteLength / 8; place++) {
    const number = view.getFloat32(place * 8 + (side === "above" ? 4 : 0), true);
    const order = side === "above" ? number - value : value - number;
    const fits = order > 0 || (!isStrict && number === value);
    if (fits) bits[place >> 3] = (bits[place >> 3] as number) | (1 << (place & 7));
  }
  return bits;
}
