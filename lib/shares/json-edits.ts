import {
  type JsonReader,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
  skipValue,
  someElement,
  someMember,
} from "../search/json-reader.ts";
import type { Edit } from "./edits.ts";
import { behindElement, behindMember, hasArrived, type Path } from "./path.ts";

const DEPTH_MAX = 500;
const RECORD_SEPARATOR = 0x1e;
/** Of UTF-8, one character per byte. */
const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** By its first character, behind a byte order mark. */
export function looksLikeJson(text: string): boolean {
  const reader = { text, at: text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0 };
  while (skipSpace(reader) === RECORD_SEPARATOR) reader.at += 1;
  const first = skipSpace(reader);
  return first === OPEN_BRACE || first === OPEN_BRACKET;
}

/**
 * The values that the paths lead to, one JSON value after the other. Null when it can't be read to its end: what stands
 * behind is then not known. Each member counts, also those of the same name.
 */
export function jsonEdits(text: string, paths: readonly Path[]): Edit[] | null {
  const reader: JsonReader = {
    text,
    at: text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0,
  };
  const edits: Edit[] = [];

  function look(left: readonly Path[], depth: number): void {
    const first = skipSpace(reader);
    if (depth > DEPTH_MAX) reader.at = -1;
    else if (hasArrived(left)) hide(first);
    else if (left.length === 0) skipValue(reader);
    else if (first === OPEN_BRACE) {
      someMember(reader, (key) => {
        look(behindMember(left, plainName(key)), depth + 1);
        return reader.at < 0;
      });
    } else if (first === OPEN_BRACKET) {
      someElement(reader, (index) => {
        if (skipSpace(reader) < 0) return true;
        look(behindElement(left, index), depth + 1);
        return reader.at < 0;
      });
    } else skipValue(reader);
  }

  function hide(first: number): void {
    const from = reader.at;
    skipValue(reader);
    const isText = first === QUOTE;
    const [start, end] = isText ? [from + 1, reader.at - 1] : [from, reader.at];
    if (reader.at >= 0) edits.push({ from: start, to: end, why: "value", isQuoted: !isText });
  }

  while (reader.at >= 0) {
    const next = skipSpace(reader);
    if (next < 0) return edits;
    if (next === RECORD_SEPARATOR) reader.at += 1;
    else look(paths, 0);
  }
  return null;
}

/** Names are read as one character per byte. */
const plainName = (key: string) =>
  /[\x80-\xff]/.test(key) && !/[^\0-\xff]/.test(key) ? Buffer.from(key, "latin1").toString() : key;

const STRINGS_AND_NUMBERS = /"((?:[^"\\]|\\.)*)"|-?\d[\d.eE+-]*/g;

/** The values within a hidden run, as one character per byte: those that stand for themselves, and no common words. */
export function* valuesWithin(run: string, edit: Edit): Generator<string> {
  if (!edit.isQuoted) {
    yield unescaped(run);
    return;
  }
  for (const [whole, inner] of run.matchAll(STRINGS_AND_NUMBERS)) {
    const value = inner === undefined ? whole : unescaped(inner);
    if (/[^a-z_.-]/.test(value) || value.length > 20) yield value;
  }
}

function unescaped(inner: string): string {
  if (!inner.includes("\\")) return inner;
  try {
    const text: unknown = JSON.parse(`"${Buffer.from(inner, "latin1").toString()}"`);
    return Buffer.from(String(text)).toString("latin1");
  } catch {
    return inner;
  }
}
