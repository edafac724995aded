import { readDecimal } from "./decimal.ts";
import type { BodyValue } from "./json-values.ts";
import { QUERY_CHARACTERS_MAX } from "./limits.ts";
import { parseQuery } from "./parse.ts";
import type { PlainField, Query } from "./query.ts";

/** One step on the way to a value in a body: a member's name, or null for an element of a list. */
export type PathKey = string | null;

/**
 * A value where it was seen. The method, the path, the type and headers come with one character per byte, as they are
 * stored. `form` is a field of an urlencoded body by its whole name, decoded.
 */
export type SeenValue =
  | { field: PlainField; value: string }
  | { field: "header" | "query" | "form"; name: string; value: string }
  | { field: "body"; path: readonly PathKey[]; value: BodyValue };

/** Characters of a value and of a name that go into a term; a longer one is asked for by its beginning. */
const VALUE_MAX = 200;
const NAME_MAX = 100;
/** Leaves room for other terms. */
const TERM_MAX = QUERY_CHARACTERS_MAX * 0.7;

/** The place of a value as a field of the language, such as `body.items[*].sku`; null when none leads there. */
export function composeField(seen: SeenValue): string | null {
  switch (seen.field) {
    case "header":
    case "query":
      return fits(`${seen.field}.${writePattern(seen.name, BARE_KEY, NAME_MAX)}`);
    case "form": {
      const name = writePattern(seen.name, BARE_STEP, NAME_MAX);
      // A form's name is asked for as a whole, which no wildcard is.
      return name.includes("*") ? null : fits(`body.${name}`);
    }
    case "body":
      return seen.path.length === 0 ? null : fits(`body${seen.path.map(writeStep).join("")}`);
    default:
      return seen.field;
  }
}

/**
 * The term that a request with this value matches, and few without it: NUL and what is no character can't be asked for,
 * so a wildcard stands in their place, as it does for the rest of a long value. Null when no field leads to the value.
 */
export function composeTerm(seen: SeenValue): string | null {
  const field = composeField(seen);
  return field && fits(`${field}:${writeValue(seen)}`);
}

/** The term that asks only for the place, whatever its value. */
export function composeAny(seen: SeenValue): string | null {
  const field = composeField(seen);
  return field && fits(`${field}:*`);
}

const fits = (term: string) => (term.length > TERM_MAX ? null : term);

const writeStep = (key: PathKey) =>
  key === null ? "[*]" : `.${writePattern(key, BARE_STEP, NAME_MAX)}`;

const BYTE_FIELDS: readonly SeenValue["field"][] = ["method", "path", "type", "header"];

/** What stands behind the colon; of a text that is longer than `max` characters its beginning. */
export function writeValue(seen: SeenValue, max = VALUE_MAX): string {
  if (seen.field === "body") return writeBodyValue(seen.value, max);
  const isBytes = BYTE_FIELDS.includes(seen.field);
  return writePattern(isBytes ? wireText(seen.value) : seen.value, BARE_VALUE, max);
}

/** A text that could be a number is quoted: bare it would be that number in any way to write it. */
function writeBodyValue(value: BodyValue, max: number): string {
  if (value.kind === "group") return "*";
  if (value.kind === "text" && value.text.length <= max && readDecimal(value.text)) {
    return quote(value.text);
  }
  return writePattern(value.text, BARE_VALUE, max);
}

/** What cursor.ts reads without quotes, less its own signs; a key and a step end at theirs. */
const BARE_VALUE = /^[^\s()"*]+$/;
const BARE_KEY = /^[^\s()"*:<>]+$/;
const BARE_STEP = /^[^\s()"*:<>.[\]]+$/;
/** NUL is no part of a query, a lone surrogate of no URL; U+FFFD stands for bytes that are none. */
const UNASKABLE = /[\0\ufffd\p{Cs}]+/u;

function writePattern(text: string, bare: RegExp, max: number): string {
  const isCut = text.length > max;
  const pieces = text.slice(0, max).split(UNASKABLE);
  if (isCut) pieces.push("");
  if (pieces.length === 1) return bare.test(text) ? text : quote(text);
  return pieces.map((piece) => (piece === "" || bare.test(piece) ? piece : quote(piece))).join("*");
}

const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** Bytes that are UTF-8 as the text they are. */
function wireText(value: string): string {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value;
  try {
    const bytes = Uint8Array.from(value, (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return value;
  }
}

/**
 * A query with one more term, or with its opposite. The term alone where the query can't be read or would be too long
 * with it.
 */
export function addTerm(query: string, term: string, how: "with" | "without"): string {
  const added = how === "with" ? term : `-${term}`;
  const parsed = parseQuery(query);
  if (!parsed.ok) return added;
  const kept = withoutTerm(query, parsed.query, term);
  const isEither = parsed.query.kind === "or";
  const whole = kept === "" ? added : `${isEither ? `(${kept})` : kept} ${added}`;
  return parseQuery(whole).ok ? whole : added;
}

/** What is left of a query without this term and its opposite, where they stand among those that must all match. */
function withoutTerm(text: string, query: Query, term: string): string {
  const items = query.kind === "and" ? query.items : [query];
  let kept = text;
  for (const item of items.toReversed()) {
    const own = item.kind === "not" ? item.item : item;
    if (!("span" in own) || text.slice(own.span.from, own.span.to) !== term) continue;
    const from = own.span.from - (item.kind === "not" ? 1 : 0);
    kept = `${kept.slice(0, from).trimEnd()} ${kept.slice(own.span.to).trimStart()}`;
  }
  return kept.trim();
}
