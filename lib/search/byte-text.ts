import { fold } from "./pattern.ts";
import type { Pattern } from "./query.ts";

/*
 * Byte text: a string with one character (U+0000 to U+00FF) for each byte. Headers and the target come so, and a body's
 * bytes are looked at so, since they may be in any encoding or in none.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes as folded byte text. */
export function foldedByteText(bytes: Uint8Array): string {
  const decoded = decoder.decode(bytes);
  // As many characters as bytes, and none in place of what is no UTF-8: it is ASCII. This way takes a fifth of the time.
  const isAscii = decoded.length === bytes.length && !decoded.includes("\ufffd");
  return isAscii ? decoded.toLowerCase() : byteText(bytes.map(lowerCase));
}

/** A text in UTF-8, as byte text. */
export function toByteText(text: string): string {
  return isAscii(text) ? text : byteText(encoder.encode(text));
}

/**
 * A pattern as it may stand in byte text, folded: its characters in UTF-8, and in latin1 where that can hold them, since
 * nothing says which of the two a header or a body is in.
 */
export function bytePatterns(pattern: Pattern): Pattern[] {
  const folded = pattern.map(fold);
  const utf8 = folded.map(toByteText);
  return folded.every(isAscii) || !folded.every(isLatin1) ? [utf8] : [utf8, folded];
}

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);
const isLatin1 = (text: string) => !/[^\0-\xff]/.test(text);
const lowerCase = (byte: number) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

/** More arguments at once would overflow the stack. */
const PIECE_BYTES = 8 * 1024;

function byteText(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    text += String.fromCharCode(...bytes.subarray(start, start + PIECE_BYTES));
  }
  return text;
}
