import type { Edit } from "./edits.ts";

/** Groups of digits with one sign between them. */
const RUNS = /\d+(?:[ +.\-_]\d+)*/g;
const DIGITS_MIN = 13;
const DIGITS_MAX = 19;

/** Card numbers: digits of an issuer's range, of its length, with the right check digit (ISO/IEC 7812-1). */
export function findCards(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const run of text.matchAll(RUNS)) {
    if (run[0].length < DIGITS_MIN) continue;
    const groups = [...run[0].matchAll(/\d+/g)];
    for (let first = 0; first < groups.length; ) {
      const last = lastOf(groups, first);
      const [start, end] = [groups[first], groups[last ?? first]];
      if (last !== null && start && end) {
        const from = run.index + start.index;
        edits.push({ from, to: run.index + end.index + end[0].length, why: "card" });
      }
      first = (last ?? first) + 1;
    }
  }
  return edits;
}

/** The group with which a number that starts at `first` is a card's; null when it is none. */
function lastOf(groups: readonly RegExpExecArray[], first: number): number | null {
  if (!/^[2-69]/.test(groups[first]?.[0] ?? "")) return null;
  let digits = "";
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]?.[0] ?? "";
    if (digits.length > DIGITS_MAX) return null;
    if (digits.length >= DIGITS_MIN && isChecked(digits) && isIssued(digits)) return last;
  }
  return null;
}

/** Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Mir, Maestro, Troy. Times start with a 1. */
const issuers: readonly [RegExp, readonly number[]][] = [
  [/^4/, [13, 16, 18, 19]],
  [/^5[1-5]|^222[1-9]|^22[3-9]|^2[3-6]|^27[01]|^2720/, [16]],
  [/^3[47]/, [15]],
  [/^6(?:011|4[4-9]|5)/, [16, 17, 18, 19]],
  [/^62|^35/, [16, 17, 18, 19]],
  [/^3(?:0|6|8|9)/, [14, 15, 16, 17, 18, 19]],
  [/^220[0-4]|^9792/, [16, 17, 18, 19]],
  [/^(?:5[06-8]|6)/, [13, 14, 15, 16, 17, 18, 19]],
];

const isIssued = (digits: string) =>
  issuers.some(([start, lengths]) => lengths.includes(digits.length) && start.test(digits));

/** Luhn's formula. */
function isChecked(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
