import { asPrintable } from "./printable.ts";

export type Alphabet = "base64" | "base64url";

/** `text` is null where the bytes are none. */
export type Base64 = { alphabet: Alphabet; bytes: Uint8Array<ArrayBuffer>; text: string | null };

/** Shorter ones are words, names and ids as often as not. */
const TEXT_CHARS_MIN = 16;
/** Bytes that are no text prove nothing: only a padded text of this length is taken for base64 ... */
const PADDED_CHARS_MIN = 24;
/** ... or one of this length with a + in it. */
const UNPADDED_CHARS_MIN = 40;

/** Decodes what is base64 beyond doubt (RFC 4648 4 and 5): it holds text, or its form leaves no other reading. Else null. */
export function readBase64(value: string): Base64 | null {
  const joined = joinLines(value);
  if (joined.length < TEXT_CHARS_MIN || isPlainWord(joined)) return null;
  const decoded = decodeBase64(joined);
  if (!decoded) return null;
  const text = asPrintable(decoded.bytes);
  return text !== null || isUnmistakable(joined) ? { ...decoded, text } : null;
}

/** Decodes either alphabet, padded or not. Null when it is neither, or not what an encoder would write. */
export function decodeBase64(value: string): Omit<Base64, "text"> | null {
  const alphabet = alphabetOf(value);
  if (!alphabet) return null;
  const bare = value.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  if (value.endsWith("=") && value.length % 4 !== 0) return null;
  const rest = bare.length % 4;
  if (rest === 1) return null;
  const last = bare.slice(bare.length - (rest || 4));
  // An encoder leaves no bit set behind the last byte.
  if (btoa(atob(last)).replace(/=+$/, "") !== last) return null;
  return { alphabet, bytes: toBytes(atob(bare)) };
}

function alphabetOf(value: string): Alphabet | null {
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return "base64";
  return /^[A-Za-z0-9_-]+={0,2}$/.test(value) ? "base64url" : null;
}

/** MIME and PEM break base64 into lines of one length (RFC 2045 6.8, RFC 7468 2). */
function joinLines(value: string): string {
  const lines = value.trim().split(/\r?\n/);
  const width = lines[0]?.length ?? 0;
  const isBroken = lines.length > 1 && (width === 76 || width === 64);
  return isBroken && lines.slice(0, -1).every(({ length }) => length === width)
    ? lines.join("")
    : value;
}

/** Hex, numbers and words of one letter case are in the alphabet too. */
function isPlainWord(value: string): boolean {
  return /^(?:[0-9a-f]+|[0-9A-F]+|[a-z]+|[A-Z]+|[A-Z]?[a-z]+[0-9]*)$/.test(value);
}

function isUnmistakable(value: string): boolean {
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value);
  if (!isMixed || value.length % 4 !== 0) return false;
  if (value.endsWith("=")) return value.length >= PADDED_CHARS_MIN;
  return value.length >= UNPADDED_CHARS_MIN && value.includes("+");
}

function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
