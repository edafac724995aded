import { fold } from "./pattern.ts";
import type { Pattern } from "./query.ts";

/*
 * Byte text: a string with one character (U+0000 to U+00FF) for each byte. Headers and the target come so, and a body's
 * bytes are looked at so, since they may be in any encoding or in none.
 */

const PIECE_BYTES = 8 * 1024;
const lowerCase = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);

const decoder = new TextDecoder();

/** Bytes as folded byte text. */
export function foldedByteText(bytes: Uint8Array): string {
  const decoded = decoder.decode(bytes);
  // As many characters as bytes, and none in place of what is no UTF-8: it is ASCII. This way takes a fifth of the time.
  const isAscii = decoded.length === bytes.length && !decoded.includes("\ufffd");
  return isAscii ? decoded.toLowerCase() : foldEachByte(bytes);
}

function foldEachByte(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    const folded = new Uint8Array(piece.length);
    for (let i = 0; i < piece.length; i++) folded[i] = lowerCase[piece[i] as number] as number;
    text += String.fromCharCode.apply(null, folded as unknown as number[]);
  }
  return text;
}

/**
 * A pattern as it may stand in byte text, folded: its characters in UTF-8, and in latin1 where that can hold them, since
 * nothing says which of the two a header or a body is in.
 */
export function bytePatterns(pattern: Pattern): Pattern[] {
  const folded = pattern.map(fold);
  const utf8 = folded.map(toByteText);
  const isAscii = utf8.every((piece, at) => piece === folded[at]);
  return isAscii || !folded.every(isLatin1) ? [utf8] : [utf8, folded];
}

const encoder = new TextEncoder();
const toByteText = (text: string) => String.fromCharCode(...encoder.encode(text));
const isLatin1 = (text: string) => !/[^\0-\xff]/.test(text);
