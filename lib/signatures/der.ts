import type { Bytes } from "./bytes.ts";

/** One element of DER (X.690, 8.1): its tag, and where its content lies. */
export type Element = { tag: number; start: number; content: number; end: number };

export const SEQUENCE = 0x30;
const INTEGER = 0x02;
export const BIT_STRING = 0x03;
const NULL = 0x05;

/** The element that begins at `at` and ends within `limit`; null for what is no DER. Tags of several bytes are not read. */
export function readElement(bytes: Uint8Array, at: number, limit: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > limit) return null;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 3) return null;
  const content = at + 2 + lengthBytes;
  if (content > limit) return null;
  let length = lengthBytes === 0 ? first : 0;
  for (let each = at + 2; each < content; each++) length = length * 256 + (bytes[each] ?? 0);
  return content + length > limit ? null : { tag, start: at, content, end: content + length };
}

/** The elements within another, at most `count` of them; null when what stands there is no DER. */
export function readElements(bytes: Uint8Array, parent: Element, count: number): Element[] | null {
  const elements: Element[] = [];
  let at = parent.content;
  while (at < parent.end && elements.length < count) {
    const element = readElement(bytes, at, parent.end);
    if (!element) return null;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

export function encodeElement(tag: number, ...contents: Uint8Array[]): Bytes {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const sizes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const bytes = new Uint8Array(1 + sizes.length + length);
  bytes.set([tag, ...sizes]);
  let at = 1 + sizes.length;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

/** A whole number of any size, unsigned. */
export function encodeInteger(bytes: Uint8Array): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? new Uint8Array(1) : bytes.subarray(first);
  return encodeElement(
    INTEGER,
    (digits[0] ?? 0) > 0x7f ? new Uint8Array([0]) : new Uint8Array(),
    digits,
  );
}

export const encodeNull = (): Bytes => encodeElement(NULL);
