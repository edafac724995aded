import type { PathKey } from "./compose.ts";
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
import type { BodyValue } from "./json-values.ts";

const DEPTH_MAX = 12;
/** Of a list: its elements are mostly alike. */
const ELEMENTS_MAX = 5;
const LEAVES_MAX = 1_000;

/** Calls `each` with the texts, numbers and words of a JSON text and the way to them; not with all of a large one. */
export function eachJsonLeaf(
  text: string,
  each: (path: readonly PathKey[], value: BodyValue) => void,
): void {
  let left = LEAVES_MAX;
  walk({ text, at: 0 }, []);

  /** True once enough was seen. */
  function walk(reader: JsonReader, path: readonly PathKey[]): boolean {
    const first = skipSpace(reader);
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return leaf(reader, path, first === QUOTE);
    if (path.length === DEPTH_MAX) return skipValue(reader);
    if (first === OPEN_BRACE) return someMember(reader, (key) => walk(reader, [...path, key]));
    return someElement(reader, (index) =>
      index < ELEMENTS_MAX ? walk(reader, [...path, null]) : skipValue(reader),
    );
  }

  function leaf(reader: JsonReader, path: readonly PathKey[], isText: boolean): boolean {
    const value = isText ? readString(reader) : readLiteral(reader);
    if (value === null) return true;
    each(path, { kind: isText ? "text" : "literal", text: value });
    left -= 1;
    return left === 0;
  }
}
