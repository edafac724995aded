import {
  type JsonReader,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  readLiteral,
  readString,
  skipSpace,
  skipValue,
  someElement,
  someMember,
} from "../search/json-reader.ts";
import type { Found } from "./message.ts";

/** `.name`, `["any name"]`, `[0]`. */
const STEP = /\.([^.[\]]+)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** The steps of a path such as `.items[0].id`; null when it is none. */
function readPath(path: string): (string | number)[] | null {
  const steps: (string | number)[] = [];
  for (STEP.lastIndex = 0; STEP.lastIndex < path.length; ) {
    const [, name, index, quoted] = STEP.exec(path) ?? [];
    if (index !== undefined) steps.push(Number(index));
    else if (quoted !== undefined) steps.push(JSON.parse(`"${quoted}"`) as string);
    else if (name !== undefined) steps.push(name);
    else return null;
  }
  return steps;
}

/**
 * The value at a path into a JSON text; null when there is none. Of a doubled name the last counts, as it does for
 * JSON.parse. A number keeps its digits.
 * @param path as it stands behind `body`: `.items[0].id`, or "" for the whole text.
 */
export function valueAt(json: string, path: string): Found | null {
  if (path === "") return { kind: "text", text: json };
  const reader = readerAt(json, path);
  return reader && readValue(reader);
}

/** From where to where it stands in the text; null when it is not there. */
export function spanAt(json: string, path: string): { start: number; end: number } | null {
  const reader = readerAt(json, path);
  if (!reader) return null;
  skipSpace(reader);
  const start = reader.at;
  skipValue(reader);
  return reader.at < 0 ? null : { start, end: reader.at };
}

function readerAt(json: string, path: string): JsonReader | null {
  const steps = readPath(path);
  if (!steps) return null;
  // A literal at the very end may be cut off: a space says that it is not.
  const reader: JsonReader = { text: `${json} `, at: 0 };
  for (const step of steps) {
    const at = typeof step === "number" ? elementAt(reader, step) : memberAt(reader, step);
    if (at === null) return null;
    reader.at = at;
  }
  return reader;
}

function memberAt(reader: JsonReader, name: string): number | null {
  if (skipSpace(reader) !== OPEN_BRACE) return null;
  let found: number | null = null;
  someMember(reader, (key) => {
    skipSpace(reader);
    if (key === name) found = reader.at;
    return skipValue(reader);
  });
  return found;
}

function elementAt(reader: JsonReader, wanted: number): number | null {
  if (skipSpace(reader) !== OPEN_BRACKET) return null;
  let found: number | null = null;
  someElement(reader, (index) => {
    skipSpace(reader);
    if (index !== wanted) return skipValue(reader);
    found = reader.at;
    return true;
  });
  return found;
}

function readValue(reader: JsonReader): Found | null {
  const first = skipSpace(reader);
  const start = reader.at;
  if (first === QUOTE) {
    const text = readString(reader);
    return text === null ? null : { kind: "text", text };
  }
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    skipValue(reader);
    return reader.at < 0 ? null : { kind: "group", text: reader.text.slice(start, reader.at) };
  }
  const text = readLiteral(reader);
  if (text === null) return null;
  return { kind: /^[a-z]/.test(text) ? "word" : "number", text };
}
