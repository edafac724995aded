import { parsePath } from "../providers/path.ts";
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
import { type Bytes, utf8 } from "./bytes.ts";

/** A key, an index, or `[*]` for all elements. */
type Step = string | number;
type Span = { from: number; to: number };

/**
 * The JSON text with another value at a path, every other byte as it was: parsing and writing it again would change what
 * is signed elsewhere in it. A number stays a number. Null when there is no such value, or the text is no UTF-8.
 */
export function setJsonValue(body: Uint8Array, path: string, value: string): Bytes | null {
  const text = decodeStrictly(body);
  if (text === null) return null;
  const spans: Span[] = [];
  const [list, element] = path.split("[*]", 2);
  const steps: Step[] = [...parsePath(list ?? "")];
  if (element !== undefined) steps.push("[*]", ...parsePath(element));
  find({ text, at: 0 }, steps, spans);
  if (spans.length === 0) return null;
  return utf8(spans.reduceRight((whole, span) => replace(whole, span, value), text));
}

function find(reader: JsonReader, steps: readonly Step[], spans: Span[]): void {
  const first = skipSpace(reader);
  const [step, ...further] = steps;
  const inside = (isWanted: boolean) => {
    if (isWanted) find(reader, further, spans);
    else skipValue(reader);
    return reader.at < 0;
  };
  if (step === undefined) {
    const from = reader.at;
    skipValue(reader);
    if (reader.at > from) spans.push({ from, to: reader.at });
  } else if (first === OPEN_BRACE) someMember(reader, (key) => inside(key === step));
  else if (first === OPEN_BRACKET)
    someElement(reader, (index) => inside(step === "[*]" || index === step));
  else skipValue(reader);
}

function replace(text: string, { from, to }: Span, value: string): string {
  const isText = text.charCodeAt(from) === QUOTE || !Number.isFinite(Number(value));
  return text.slice(0, from) + (isText ? JSON.stringify(value) : value) + text.slice(to);
}

function decodeStrictly(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
