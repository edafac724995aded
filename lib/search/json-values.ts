import { fold, isWhole } from "./pattern.ts";
import type { Step } from "./query.ts";

/** A value in a body. `literal` is a number, true, false or null as it was written; a `group` is an object or an array. */
export type BodyValue = { kind: "text" | "literal"; text: string } | { kind: "group" };

/** Answers true to end the search. */
type Visit = (value: BodyValue) => boolean;

/** `at` is behind what was read; -1 once the text can't be read on. */
type Reader = { readonly text: string; at: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COLON = 0x3a;
const COMMA = 0x2c;
const NO_TEXT = /[\s,:[\]{}"]|$/g;

/**
 * Visits the values at a path of a JSON text, in their order, until a visit is true. The keys of `path` are folded.
 * Several at once where names are doubled or the path has wildcards; a list at the path's end stands for its elements
 * too. Reads once from left to right: where the text stops being JSON the search ends, and what stood before it counts.
 */
export function someJsonValue(text: string, path: readonly Step[], visit: Visit): boolean {
  return visitAt({ text, at: 0 }, path, 0, visit);
}

function visitAt(reader: Reader, path: readonly Step[], depth: number, visit: Visit): boolean {
  const first = skipSpace(reader);
  if (depth === path.length) return visitValue(reader, visit);
  if (first === OPEN_BRACE) return visitMembers(reader, path, depth, visit);
  if (first === OPEN_BRACKET) return visitElements(reader, path, depth, visit);
  skipValue(reader);
  return false;
}

function visitMembers(reader: Reader, path: readonly Step[], depth: number, visit: Visit): boolean {
  const step = path[depth] as Step;
  reader.at += 1;
  if (skipSpace(reader) === CLOSE_BRACE) return end(reader);
  for (;;) {
    const key = skipSpace(reader) === QUOTE ? readString(reader) : null;
    if (key === null || skipSpace(reader) !== COLON) return broken(reader);
    reader.at += 1;
    if (fitsKey(key, step)) {
      if (visitAt(reader, path, depth + 1, visit)) return true;
    } else skipValue(reader);
    if (reader.at < 0) return false;
    const next = skipSpace(reader);
    if (next === CLOSE_BRACE) return end(reader);
    if (next !== COMMA) return broken(reader);
    reader.at += 1;
  }
}

function visitElements(
  reader: Reader,
  path: readonly Step[],
  depth: number,
  visit: Visit,
): boolean {
  const step = path[depth] as Step;
  return someElement(reader, (index) => {
    if (fitsIndex(index, step)) return visitAt(reader, path, depth + 1, visit);
    skipValue(reader);
    return false;
  });
}

/** Calls `each` with the reader at every element; `each` moves it behind. */
function someElement(reader: Reader, each: (index: number) => boolean): boolean {
  reader.at += 1;
  if (skipSpace(reader) === CLOSE_BRACKET) return end(reader);
  for (let index = 0; ; index++) {
    if (each(index)) return true;
    if (reader.at < 0) return false;
    const next = skipSpace(reader);
    if (next === CLOSE_BRACKET) return end(reader);
    if (next !== COMMA) return broken(reader);
    reader.at += 1;
  }
}

function visitValue(reader: Reader, visit: Visit): boolean {
  const first = skipSpace(reader);
  if (first === OPEN_BRACE) return visit({ kind: "group" }) || skipValue(reader);
  if (first !== OPEN_BRACKET) return visitScalar(reader, first, visit);
  return (
    visit({ kind: "group" }) ||
    someElement(reader, () => {
      const begin = skipSpace(reader);
      const isGroup = begin === OPEN_BRACE || begin === OPEN_BRACKET;
      return isGroup ? skipValue(reader) : visitScalar(reader, begin, visit);
    })
  );
}

function visitScalar(reader: Reader, first: number, visit: Visit): boolean {
  const isText = first === QUOTE;
  const text = isText ? readString(reader) : readLiteral(reader);
  return text !== null && visit({ kind: isText ? "text" : "literal", text });
}

/** Always false, so that a search goes on behind it. */
function skipValue(reader: Reader): false {
  const first = skipSpace(reader);
  if (first === QUOTE) skipString(reader);
  else if (first === OPEN_BRACE || first === OPEN_BRACKET) skipGroup(reader);
  else readLiteral(reader);
  return false;
}

/** Brackets are counted, not paired: what lies between is not looked at. */
function skipGroup(reader: Reader): void {
  const { text } = reader;
  let depth = 0;
  for (let at = reader.at; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      reader.at = at;
      skipString(reader);
      if (reader.at < 0) return;
      at = reader.at - 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) {
        reader.at = at + 1;
        return;
      }
    }
  }
  reader.at = -1;
}

function skipString(reader: Reader): void {
  const { text } = reader;
  for (let at = reader.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) {
      reader.at = at + 1;
      return;
    }
  }
  reader.at = -1;
}

/** Null when it is cut off, or has an escape that there is not. */
function readString(reader: Reader): string | null {
  const start = reader.at;
  skipString(reader);
  if (reader.at < 0) return null;
  const inside = reader.text.slice(start + 1, reader.at - 1);
  if (!inside.includes("\\")) return inside;
  try {
    return JSON.parse(`"${inside.replace(/\p{Cc}/gu, escapeControl)}"`) as string;
  } catch {
    broken(reader);
    return null;
  }
}

/** Control characters stand bare in many a string, though JSON wants them escaped. */
const escapeControl = (char: string) => `\\u00${char.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** A number or a word. At the text's end it may be cut off, so it does not count. */
function readLiteral(reader: Reader): string | null {
  NO_TEXT.lastIndex = reader.at;
  const stop = NO_TEXT.exec(reader.text)?.index ?? reader.text.length;
  const text = reader.text.slice(reader.at, stop);
  const isLiteral = /^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(text);
  if (stop === reader.text.length || !isLiteral) {
    broken(reader);
    return null;
  }
  reader.at = stop;
  return text;
}

/** The next character's code that is no space; -1 at the end or once broken. */
function skipSpace(reader: Reader): number {
  if (reader.at < 0) return -1;
  for (; reader.at < reader.text.length; reader.at++) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
  }
  return -1;
}

function end(reader: Reader): false {
  reader.at += 1;
  return false;
}

function broken(reader: Reader): false {
  reader.at = -1;
  return false;
}

function fitsKey(key: string, step: Step): boolean {
  if (!("key" in step)) return false;
  const [only = ""] = step.key;
  if (step.key.length === 1 && only.length !== key.length) return false;
  return isWhole(fold(key), step.key);
}

function fitsIndex(index: number, step: Step): boolean {
  return "index" in step ? step.index === index : isWhole(String(index), step.key);
}
