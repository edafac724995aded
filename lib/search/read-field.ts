import { type Cursor, peek, QueryMistake, readPattern, take } from "./cursor.ts";
import {
  type Field,
  fieldNames,
  keyedFields,
  type PlainField,
  plainFields,
  type Step,
} from "./query.ts";

const NAME = /[A-Za-z]+(?=[.[:<>])/y;
const KEY_CHARACTERS = /[^\s:<>()"]+/y;
const STEP_CHARACTERS = /[^\s:<>()".[\]]+/y;
/** Looks like a field with a value. A URL's scheme does not, and neither does a time. */
const LIKE_A_FIELD = /[A-Za-z](?:[\w.-]*\w)?(?=:(?!\/\/)|[<>])/y;

/** Reads a field's name, up to its operator; null when a bare word is here. */
export function readField(cursor: Cursor): Field | null {
  const start = cursor.at;
  const name = take(cursor, NAME)?.toLowerCase();
  if (isPlain(name) && peek(cursor) !== "." && peek(cursor) !== "[") return { name };
  if (name === "body") return { name, path: readPath(cursor) };
  if (isKeyed(name)) return { name, key: readKey(cursor, name) };
  cursor.at = start;
  const unknown = take(cursor, LIKE_A_FIELD);
  if (unknown) throw new QueryMistake(start, unknownField(unknown));
  return null;
}

function unknownField(given: string): string {
  const meant = given.includes(".") ? `body.${given}` : `header.${given}, body.${given}`;
  return `expected a field, not ${given}: ${fieldNames.join(", ")}. Or is it ${meant}, or in quotes the text itself?`;
}

function readKey(cursor: Cursor, name: string) {
  const key = peek(cursor) === "." ? readDotted(cursor, KEY_CHARACTERS) : null;
  if (!key) throw new QueryMistake(cursor.at, `expected .NAME after ${name}, as in ${name}.id:5`);
  return key;
}

function readDotted(cursor: Cursor, characters: RegExp) {
  cursor.at += 1;
  return readPattern(cursor, characters);
}

function readPath(cursor: Cursor): Step[] {
  const path: Step[] = [];
  for (;;) {
    if (peek(cursor) === ".") {
      const key = readDotted(cursor, STEP_CHARACTERS);
      if (!key) throw new QueryMistake(cursor.at, "expected a name after the dot.");
      path.push({ key });
    } else if (peek(cursor) === "[") path.push(readElement(cursor));
    else return path;
  }
}

function readElement(cursor: Cursor): Step {
  const inside = take(cursor, /\[(?:\d{1,9}|\*)\]/y);
  if (!inside) throw new QueryMistake(cursor.at + 1, "expected a number or * and a closing ].");
  return { index: inside === "[*]" ? null : Number(inside.slice(1, -1)) };
}

const isPlain = (name: string | undefined): name is PlainField =>
  (plainFields as readonly (string | undefined)[]).includes(name);
const isKeyed = (name: string | undefined): name is (typeof keyedFields)[number] =>
  (keyedFields as readonly (string | undefined)[]).includes(name);
