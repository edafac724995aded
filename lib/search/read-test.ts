import { type Cursor, peek, QueryMistake, readPattern, readQuoted, take } from "./cursor.ts";
import { readDecimal } from "./decimal.ts";
import { readAgo, readMoment } from "./moment.ts";
import type { Comparison, Field, Pattern, Test } from "./query.ts";

const VALUE_CHARACTERS = /[^\s()"]+/y;
const OPERATOR = /:|[<>]=?/y;
const BYTES: Record<string, number> = {
  "": 1,
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};
const A_SIZE = "a size in bytes, or with kb, mb, kib or mib";
const A_TIME = "a time, as in 2026-11-21T10:30:00Z or 2026-11-21";

/** Reads the operator and the value behind a field. `name` is the field as it was written. */
export function readTest(cursor: Cursor, field: Field, name: string): Test {
  const start = cursor.at;
  const operator = take(cursor, OPERATOR);
  if (!operator) {
    throw new QueryMistake(start, `expected : and a value after ${name}; ${name}:* is any value.`);
  }
  if (operator === ":") return readEqual(cursor, field, name);
  if (!isComparable(field)) {
    const expected = `expected : after ${name}; ${operator} compares numbers, sizes and times.`;
    throw new QueryMistake(start, expected);
  }
  return readComparison(cursor, field, operator as Comparison, `${name}${operator}`);
}

const COMPARABLE = ["status", "size", "at", "id", "query", "header"];
const isComparable = (field: Field): boolean =>
  field.name === "body" ? field.path.length > 0 : COMPARABLE.includes(field.name);

function readEqual(cursor: Cursor, field: Field, name: string): Test {
  const start = cursor.at;
  const isQuoted = peek(cursor) === '"';
  const pattern = readPattern(cursor, VALUE_CHARACTERS);
  const expect = (what: string) => new QueryMistake(start, `expected ${what} after ${name}:`);
  if (!pattern) throw expect("a value");
  const isAny = pattern.length > 1;
  if (field.name === "size" && !isAny) {
    const value = readBytes(pattern.join(""));
    if (value === null) throw expect(A_SIZE);
    return { op: "=", value };
  }
  if (field.name === "at" && !isAny) {
    const moment = readMoment(pattern.join(""));
    if (!moment) throw expect(`${A_TIME}; at>-15m is the last 15 minutes`);
    return { op: "during", ...moment };
  }
  return { op: "is", pattern, number: isAny || isQuoted ? null : readNumber(pattern) };
}

const readNumber = (pattern: Pattern) => readDecimal(pattern.join(""));

function readComparison(cursor: Cursor, field: Field, op: Comparison, before: string): Test {
  const start = cursor.at;
  const text = peek(cursor) === '"' ? readQuoted(cursor) : (take(cursor, VALUE_CHARACTERS) ?? "");
  const test = toComparison(field, op, text);
  if (test) return test;
  const what = { size: A_SIZE, at: `${A_TIME}, or -15m (s, m, h, d, w) for one ago` };
  const wanted = field.name === "size" || field.name === "at" ? what[field.name] : "a number";
  throw new QueryMistake(start, `expected ${wanted} after ${before}`);
}

function toComparison(field: Field, op: Comparison, text: string): Test | null {
  if (field.name === "size") {
    const value = readBytes(text);
    return value === null ? null : { op, value };
  }
  if (field.name === "at") {
    const ago = readAgo(text);
    if (ago !== null) return { op, ago };
    const moment = readMoment(text);
    return moment && besideMoment(op, moment);
  }
  const number = readDecimal(text);
  return number && { op, number };
}

/** A time stands for as long as it is written: what is later than a day begins behind its last second. */
function besideMoment(op: Comparison, { from, before }: { from: number; before: number }): Test {
  if (op === ">") return { op: ">=", value: before };
  if (op === "<=") return { op: "<", value: before };
  return { op, value: from };
}

/** `10kb` as bytes; units are those that sizes are shown in, powers of 1000, and kib and mib of 1024. */
function readBytes(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)([a-z]*)$/i.exec(text);
  const unit = BYTES[match?.[2]?.toLowerCase() ?? ""];
  return match && unit ? Number(match[1]) * unit : null;
}
