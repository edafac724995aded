import {
  OPEN_BRACE,
  OPEN_BRACKET,
  skipSpace,
  skipValue,
  someElement,
  someMember,
} from "../search/json-reader.ts";

/** Where the value at a JSON pointer begins in a JSON text, or the deepest one on the way to it; -1 in what is no JSON. */
export function offsetAt(text: string, pointer: string): number {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const reader = { text: `${text} `, at: 0 };
  let found = skipSpace(reader) < 0 ? -1 : reader.at;
  const go = (depth: number): boolean => {
    const first = skipSpace(reader);
    found = reader.at;
    const step = steps[depth];
    if (step === undefined) return true;
    if (first === OPEN_BRACE)
      return someMember(reader, (key) => (key === step ? go(depth + 1) : skipValue(reader)));
    if (first === OPEN_BRACKET) {
      return someElement(reader, (at) => (String(at) === step ? go(depth + 1) : skipValue(reader)));
    }
    return true;
  };
  go(0);
  return found;
}

export const lineAt = (text: string, offset: number) =>
  text.slice(0, Math.max(offset, 0)).split("\n").length;
