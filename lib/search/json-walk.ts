import {
  type JsonReader,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  readLiteral,
  readString,
  skipGroup,
  skipSpace,
  skipString,
  someElement,
  someMember,
} from "./json-reader.ts";
import type { BodyValue } from "./json-values.ts";
import { bodyScope, innerScope, type Scope } from "./scope.ts";

const DEPTH_MAX = 64;

type Each = (scope: Scope, value: BodyValue, isAsWritten: boolean) => void;

/**
 * Calls `each` with all values of a JSON text that some path could reach. `isAsWritten` says that the value's text
 * stands so in the body. Answers false when there may be more: a path can pass by what is broken within a group, by
 * counting brackets.
 */
export function walkJson(text: string, each: Each): boolean {
  return walk({ text, at: 0 }, bodyScope, 0, each);
}

function walk(reader: JsonReader, scope: Scope, depth: number, each: Each): boolean {
  const first = skipSpace(reader);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    readScalar(reader, first, scope, each);
    return true;
  }
  each(scope, { kind: "group" }, true);
  if (depth === DEPTH_MAX) {
    skipGroup(reader);
    return false;
  }
  let isAll = true;
  const inside = (inner: Scope) => {
    if (!walk(reader, inner, depth + 1, each)) isAll = false;
    return false;
  };
  if (first === OPEN_BRACE) someMember(reader, (key) => inside(innerScope(scope, key)));
  else someElement(reader, () => inside(scope));
  return isAll && (reader.at >= 0 || depth === 0);
}

function readScalar(reader: JsonReader, first: number, scope: Scope, each: Each): void {
  const start = reader.at;
  if (first !== QUOTE) {
    const text = readLiteral(reader);
    if (text !== null) each(scope, { kind: "literal", text }, true);
    return;
  }
  const text = readString(reader);
  if (text !== null) {
    each(scope, { kind: "text", text }, text.length === reader.at - start - 2);
    return;
  }
  // Other values can still be reached behind a text that can't be read.
  reader.at = start;
  skipString(reader);
}
