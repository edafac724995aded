import { toDouble } from "./decimal.ts";
import type { Decimal } from "./query.ts";
import { hashText, type Scope } from "./scope.ts";

/*
 * Index terms: 16-bit numbers that a request has and a query asks for. A request without a term that a query needs can't
 * match; one that has them all may. Hashes may collide, so an index never decides, it only narrows.
 */

/** Numbers of terms that there are. */
export const TERMS = 1 << 16;

/** What the index keeps of one request. */
export class RequestIndex {
  /** One bit for each term. */
  readonly bits = new Uint8Array(TERMS / 8);
  /** The least and the greatest number of each scope. */
  readonly numbers = new Map<Scope, { least: number; greatest: number }>();
  /** It may match anything: not all of its terms could be found out. */
  isUnsure = false;

  add(term: number): void {
    const at = term >>> 3;
    this.bits[at] = (this.bits[at] as number) | (1 << (term & 7));
  }

  /** The three terms of a hash. */
  addHash(hash: number): void {
    const mixed = mix(hash);
    this.add(mixed % TERMS);
    this.add(mixed >>> 16);
    this.add(mix(mixed ^ PRIME_1) % TERMS);
  }

  addNumber(scope: Scope, number: Decimal): void {
    const { least, greatest } = floatsAround(number);
    const range = this.numbers.get(scope);
    if (!range) this.numbers.set(scope, { least, greatest });
    else {
      range.least = Math.min(range.least, least);
      range.greatest = Math.max(range.greatest, greatest);
    }
  }
}

const float = new DataView(new ArrayBuffer(8));

/** The 32-bit floats next to a number on both sides; the number itself twice, if it is one. */
function floatsAround(number: Decimal): { least: number; greatest: number } {
  const value = toDouble(number);
  const near = Math.fround(value);
  if (near === value && number.short !== null) return { least: near, greatest: near };
  return { least: neighbour(near, -1), greatest: neighbour(near, 1) };
}

function neighbour(value: number, direction: -1 | 1): number {
  if (!Number.isFinite(value) || value === 0) return value + direction * 2 ** -149;
  float.setFloat32(0, value);
  float.setInt32(0, float.getInt32(0) + (value > 0 ? direction : -direction));
  return float.getFloat32(0);
}

/** Spreads the bits of a 32-bit number over all its bits (murmur3's finalizer). */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca6b;

/** The three terms of a hash: a quarter of all terms may be there by chance. */
export function termsOf(hash: number): number[] {
  const mixed = mix(hash);
  return [mixed % TERMS, mixed >>> 16, mix(mixed ^ PRIME_1) % TERMS];
}

/** That this text is at a place; the place's own hash says that something is there. */
export const valueHash = (scope: Scope, text: string): number =>
  hashText(hashText(scope, "="), text);

/** That this number is there, in any way to write it. */
export function numberHash(scope: Scope, number: Decimal): number {
  if (number.short !== null) return shortHash(scope, number.short);
  const { negative, digits, exponent } = number;
  return hashText(scope, `#${negative ? "-" : ""}${digits}e${exponent}`);
}

function shortHash(scope: Scope, value: number): number {
  float.setFloat64(0, value + 0); // -0 is 0.
  return mix(mix(scope ^ float.getInt32(0)) ^ float.getInt32(4));
}

const pairTerm = (two: number) => mix(two + PRIME_1) % TERMS;
const pairTerms = Uint16Array.from({ length: 1 << 16 }, (_, two) => pairTerm(two));

/** The one term of three characters; the other is by the other prime. */
const trigramTerm = (three: number, prime: number) => Math.imul(three, prime) >>> 16;

/** Every run of two and of three characters of a folded byte text. */
export function addGrams(text: string, index: RequestIndex): void {
  let three = 0;
  for (let at = 0; at < text.length; at++) {
    three = ((three << 8) | (text.charCodeAt(at) & 0xff)) & 0xffffff;
    if (at > 0) index.add(pairTerms[three & 0xffff] as number);
    if (at > 1) {
      index.add(trigramTerm(three, PRIME_1));
      index.add(trigramTerm(three, PRIME_2));
    }
  }
}

const GRAMS_MAX = 8;

/** The terms that any text has which contains this folded byte text; none for a single character. */
export function gramsOf(text: string): number[] {
  const code = (at: number) => text.charCodeAt(at) & 0xff;
  if (text.length < 2) return [];
  if (text.length === 2) return [pairTerm((code(0) << 8) | code(1))];
  const last = text.length - 3;
  const step = Math.max(1, last / (GRAMS_MAX - 1));
  const terms: number[] = [];
  for (let next = 0; next <= last; next += step) {
    const at = Math.floor(next);
    const three = (code(at) << 16) | (code(at + 1) << 8) | code(at + 2);
    terms.push(trigramTerm(three, PRIME_1), trigramTerm(three, PRIME_2));
  }
  return terms;
}
