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
} from "./json-reader.ts";
import { fold, isWhole } from "./pattern.ts";
import type { Step } from "./query.ts";

/** A value in a body. `literal` is a number, true, false or null as it was written; a `group` is an object or an array. */
export type BodyValue = { kind: "text" | "literal"; text: string } | { kind: "group" };

/** Answers true to end the search. */
type Visit = (value: BodyValue) => boolean;

/**
 * Visits the values at a path of a JSON text, in their order, until a visit is true. The keys of `path` are folded.
 * Several at once where names are doubled or the path has wildcards; a list at the path's end stands for its elements
 * too. Reads once from left to right: where the text stops being JSON the search ends, and what stood before it counts.
 */
export function someJsonValue(text: string, path: readonly Step[], visit: Visit): boolean {
  return visitAt({ text, at: 0 }, path, 0, visit);
}

function visitAt(reader: JsonReader, path: readonly Step[], depth: number, visit: Visit): boolean {
  const first = skipSpace(reader);
  const step = path[depth];
  if (!step) return visitValue(reader, first, visit);
  if (first === OPEN_BRACE) {
    return someMember(reader, (key) =>
      fitsKey(key, step) ? visitAt(reader, path, depth + 1, visit) : skipValue(reader),
    );
  }
  if (first === OPEN_BRACKET) {
    return someElement(reader, (index) =>
      fitsIndex(index, step) ? visitAt(reader, path, depth + 1, visit) : skipValue(reader),
    );
  }
  return skipValue(reader);
}

function visitValue(reader: JsonReader, first: number, visit: Visit): boolean {
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

function visitScalar(reader: JsonReader, first: number, visit: Visit): boolean {
  const isText = first === QUOTE;
  const text = isText ? readString(reader) : readLiteral(reader);
  return text !== null && visit({ kind: isText ? "text" : "literal", text });
}

function fitsKey(key: string, step: Step): boolean {
  if (!("key" in step)) return false;
  const [only = ""] = step.key;
  if (step.key.length === 1 && only.length !== key.length) return false;
  return isWhole(fold(key), step.key);
}

function fitsIndex(index: number, step: Step): boolean {
  if ("index" in step) return step.index === index || step.index === null;
  return isWhole(String(index), step.key);
}
