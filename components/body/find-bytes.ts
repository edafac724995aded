import { add, type Found, nothing, STEP } from "./find.ts";
import type { Work } from "#lib/body/slices.ts";

/** Every place of some bytes; with `anyCase` ASCII letters are found in either case. Null when nobody waits any more. */
export async function findInBytes(
  bytes: Uint8Array,
  needle: Uint8Array,
  anyCase: boolean,
  work: Work,
): Promise<Found | null> {
  const found = nothing(needle.length);
  if (needle.length === 0) return found;
  const wanted = anyCase ? needle.map(lowered) : needle;
  const last = bytes.length - needle.length;
  for (let at = 0; at <= last; ) {
    const until = Math.min(at + STEP, last + 1);
    while (at < until) {
      if (!isAt(bytes, at, wanted, anyCase)) at += 1;
      else if (add(found, at)) return found;
      else at += needle.length;
    }
    await work.pause();
    if (work.stopped()) return null;
  }
  return found;
}

function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array, anyCase: boolean): boolean {
  for (let place = 0; place < wanted.length; place += 1) {
    const byte = bytes[at + place] ?? 0;
    if ((anyCase ? lowered(byte) : byte) !== wanted[place]) return false;
  }
  return true;
}

const lowered = (byte: number) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

/** `de ad be ef`, `0xdeadbeef` or `de:ad`; null for what is no whole number of hex bytes. */
export function readHex(query: string): Uint8Array | null {
  const digits = query.replace(/^0x/i, "").replace(/[\s:,-]/g, "");
  if (!/^([0-9a-f]{2})+$/i.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
