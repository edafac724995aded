import type { Decimal } from "./query.ts";

const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/;
/** Decimals of so many digits go through a double and back unchanged (IEEE 754), so their order is that of the doubles. */
const EXACT_DIGITS = 15;
const EXACT_EXPONENT_MAX = 290;

/** Reads a JSON number, also with a + or with leading zeros; null for any other text. */
export function readDecimal(text: string): Decimal | null {
  if (isPlainInteger(text)) return plainInteger(text);
  const match = NUMBER.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  const significant = (whole + fraction).replace(/^0+/, "");
  const digits = significant.slice(0, significant.length - endZeros(significant));
  if (digits === "") return { negative: false, digits, exponent: 0, short: 0 };
  const exponent = Number(power) - fraction.length + significant.length - digits.length;
  const fits = digits.length <= EXACT_DIGITS && Math.abs(exponent) <= EXACT_EXPONENT_MAX;
  return { negative: sign === "-", digits, exponent, short: fits ? Number(text) : null };
}

/** Most numbers are of this kind, and the long way takes ten times as long. */
function isPlainInteger(text: string): boolean {
  if (text.length === 0 || text.length > EXACT_DIGITS) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

function plainInteger(text: string): Decimal {
  const end = text.length - endZeros(text);
  let start = 0;
  while (start < end && text[start] === "0") start += 1;
  const digits = text.slice(start, end);
  const exponent = digits === "" ? 0 : text.length - end;
  return { negative: false, digits, exponent, short: Number(text) };
}

/** The double next to it, which keeps the order of what it rounds. */
export function toDouble({ negative, digits, exponent, short }: Decimal): number {
  return short ?? Number(`${negative ? "-" : ""}${digits || "0"}e${exponent}`);
}

/** Below 0 when a < b, 0 when they are the same number, above 0 when a > b: exact for any number of digits. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.short !== null && b.short !== null) return a.short - b.short;
  if (signOf(a) !== signOf(b)) return signOf(a) - signOf(b);
  const size = compareSizes(a, b);
  return a.negative ? -size : size;
}

function signOf({ digits, negative }: Decimal): number {
  if (digits === "") return 0;
  return negative ? -1 : 1;
}

function compareSizes(a: Decimal, b: Decimal): number {
  const byLength = a.digits.length + a.exponent - (b.digits.length + b.exponent);
  if (byLength !== 0 || a.digits === b.digits) return byLength;
  // Both begin at the same place, so the texts' order is the numbers'.
  return a.digits < b.digits ? -1 : 1;
}

/** A regular expression for this would take quadratic time on a long run of zeros. */
function endZeros(digits: string): number {
  let count = 0;
  while (count < digits.length && digits[digits.length - 1 - count] === "0") count += 1;
  return count;
}
