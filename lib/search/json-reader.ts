/** `at` is behind what was read; -1 once the text can't be read on. */
export type JsonReader = { readonly text: string; at: number };

export const QUOTE = 0x22;
export const OPEN_BRACKET = 0x5b;
export const OPEN_BRACE = 0x7b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;
/** What parts a brace from its bracket; no other characters are told apart by it. */
const BRACE_BIT = OPEN_BRACE ^ OPEN_BRACKET;
const COLON = 0x3a;
const COMMA = 0x2c;

/**
 * Calls `each` with the reader before every member's value, until it is true; `each` moves the reader behind the value.
 * The reader is at the opening brace.
 */
export function someMember(reader: JsonReader, each: (key: string) => boolean): boolean {
  reader.at += 1;
  if (skipSpace(reader) === CLOSE_BRACE) return end(reader);
  for (;;) {
    const key = skipSpace(reader) === QUOTE ? readString(reader) : null;
    if (key === null || skipSpace(reader) !== COLON) return broken(reader);
    reader.at += 1;
    if (each(key)) return true;
    if (isAtEnd(reader, CLOSE_BRACE)) return false;
  }
}

/** The same for the elements of a list; the reader is at the opening bracket. */
export function someElement(reader: JsonReader, each: (index: number) => boolean): boolean {
  reader.at += 1;
  if (skipSpace(reader) === CLOSE_BRACKET) return end(reader);
  for (let index = 0; ; index++) {
    if (each(index)) return true;
    if (isAtEnd(reader, CLOSE_BRACKET)) return false;
  }
}

/** Moves behind a comma, or behind the closing bracket: then it was the last, as it is where the text breaks off. */
function isAtEnd(reader: JsonReader, close: number): boolean {
  if (reader.at < 0) return true;
  const next = skipSpace(reader);
  if (next === COMMA) {
    reader.at += 1;
    return false;
  }
  if (next === close) end(reader);
  else broken(reader);
  return true;
}

/** Always false, so that a search goes on behind it. */
export function skipValue(reader: JsonReader): false {
  const first = skipSpace(reader);
  if (first === QUOTE) skipString(reader);
  else if (first === OPEN_BRACE || first === OPEN_BRACKET) skipGroup(reader);
  else readLiteral(reader);
  return false;
}

/** Brackets are counted, not paired: what lies between is not looked at. */
export function skipGroup(reader: JsonReader): void {
  const { text } = reader;
  let depth = 0;
  for (let at = reader.at; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      reader.at = at;
      skipString(reader);
      if (reader.at < 0) return;
      at = reader.at - 1;
    } else if ((code | BRACE_BIT) === OPEN_BRACE) depth += 1;
    else if ((code | BRACE_BIT) === CLOSE_BRACE) {
      depth -= 1;
      if (depth === 0) {
        reader.at = at + 1;
        return;
      }
    }
  }
  reader.at = -1;
}

export function skipString(reader: JsonReader): void {
  const { text, at } = reader;
  let quote = text.indexOf('"', at + 1);
  while (quote >= 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  reader.at = quote < 0 ? -1 : quote + 1;
}

/** By an odd number of backslashes. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 1;
}

/** Null when it is cut off, or has an escape that there is not. */
export function readString(reader: JsonReader): string | null {
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
export function readLiteral(reader: JsonReader): string | null {
  const { text } = reader;
  const start = reader.at;
  let at = start;
  while (at < text.length && isInLiteral(text.charCodeAt(at))) at += 1;
  const literal = text.slice(start, at);
  if (start < 0 || at === text.length || !isLiteral(literal)) {
    broken(reader);
    return null;
  }
  reader.at = at;
  return literal;
}

/** Letters, digits, and + - . */
function isInLiteral(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2e ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x45
  );
}

/** Numbers are taken as they begin: what is none can only be found as a text. */
function isLiteral(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x2d || (first >= 0x30 && first <= 0x39)) return true;
  return text === "true" || text === "false" || text === "null";
}

/** The next character's code that is no space; -1 at the end or once broken. */
export function skipSpace(reader: JsonReader): number {
  if (reader.at < 0) return -1;
  for (; reader.at < reader.text.length; reader.at++) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
  }
  return -1;
}

function end(reader: JsonReader): false {
  reader.at += 1;
  return false;
}

function broken(reader: JsonReader): false {
  reader.at = -1;
  return false;
}
