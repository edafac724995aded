/** New for each run, so that no sender can prepare two texts that are taken for one. */
const SEED_A = Math.floor(Math.random() * 2 ** 32);
const SEED_B = Math.floor(Math.random() * 2 ** 32);

/** 53 bits as a number: two texts of the same hash are taken for the same. */
export function hashText(text: string, from = 0, to = text.length): number {
  let a = SEED_A ^ (to - from);
  let b = SEED_B;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x85ebca6b);
    a ^= a >>> 13;
    b = Math.imul(b ^ code, 0xc2b2ae35);
    b ^= b >>> 16;
  }
  return join(a, b);
}

/** The hash of a list of hashes, one after the other; the order counts. */
export function mixHash(hash: number, next: number): number {
  const a = Math.imul((hash / 2 ** 21) ^ (next / 2 ** 21), 0x85ebca6b);
  const b = Math.imul((hash & 0x1fffff) ^ (next & 0x1fffff) ^ a, 0xc2b2ae35);
  return join(a ^ (b >>> 15), Math.imul(b ^ (a >>> 13), 0x27d4eb2f));
}

const join = (a: number, b: number): number => (a >>> 0) * 2 ** 21 + (b >>> 11);
