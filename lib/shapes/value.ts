import { readFields } from "../search/form-values.ts";
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
import { SHAPE_LIMITS } from "./limits.ts";

/** A number as it was written: a double would lose digits of what goes beyond 2^53. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Deeper, or further on, than a sample is looked at. */
export const UNSEEN = Symbol("unseen");

/** A map and no object, so that no name means anything (`__proto__`). */
export type Members = ReadonlyMap<string, Value>;
export type Value =
  | null
  | boolean
  | string
  | NumberText
  | readonly Value[]
  | Members
  | typeof UNSEEN;

type Walk = JsonReader & { left: number };

/** The value of a JSON text; null when it is none. Of doubled names the last one counts, as in JSON.parse. */
export function readSample(text: string): { value: Value } | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  // A literal at the very end would count as cut off.
  return { value: readValue({ text: `${text} `, at: 0, left: SHAPE_LIMITS.valuesOfSample }, 0) };
}

/** A form as one flat object: texts, and lists of them where a name came more than once. */
export function readFormSample(text: string): { value: Value } {
  const members = new Map<string, string | string[]>();
  for (const [name, value] of readFields(text).slice(0, SHAPE_LIMITS.valuesOfSample)) {
    const before = members.get(name);
    if (before === undefined) members.set(name, value);
    else if (typeof before === "string") members.set(name, [before, value]);
    else before.push(value);
  }
  return { value: members };
}

function readValue(reader: Walk, depth: number): Value {
  const first = skipSpace(reader);
  reader.left -= 1;
  if (first === QUOTE) return readString(reader) ?? UNSEEN;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return toScalar(readLiteral(reader));
  if (depth >= SHAPE_LIMITS.depth || reader.left <= 0) {
    skipValue(reader);
    return UNSEEN;
  }
  return first === OPEN_BRACE ? readMembers(reader, depth) : readElements(reader, depth);
}

function readMembers(reader: Walk, depth: number): Value {
  const members = new Map<string, Value>();
  someMember(reader, (key) => {
    members.set(key, readValue(reader, depth + 1));
    return false;
  });
  return members;
}

function readElements(reader: Walk, depth: number): Value {
  const elements: Value[] = [];
  someElement(reader, () => {
    elements.push(readValue(reader, depth + 1));
    return false;
  });
  return elements;
}

function toScalar(literal: string | null): Value {
  if (literal === null) return UNSEEN;
  if (literal === "null") return null;
  if (literal === "true" || literal === "false") return literal === "true";
  return new NumberText(literal);
}
