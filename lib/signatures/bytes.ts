import type { SignatureForm } from "../providers/scheme.ts";

type Encoding = SignatureForm["encoding"];
export type Bytes = Uint8Array<ArrayBuffer>;

/** Long enough for every signature and JWS; what is longer is none. */
const ENCODED_CHARACTERS_MAX = 16_384;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/**
 * A header's value as it went over the wire: HTTP parsers read each byte as one character, whatever the sender meant. What
 * no wire could hold is taken as UTF-8.
 */
export function wireBytes(value: string): Bytes {
  const bytes = new Uint8Array(value.length);
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 0xff) return utf8(value);
    bytes[at] = code;
  }
  return bytes;
}

/** The header's value for these bytes. */
export const wireText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/** Null for what is not written so. Base64 may lack its padding. */
export function decode(text: string, encoding: Encoding): Bytes | null {
  if (text === "" || text.length > ENCODED_CHARACTERS_MAX) return null;
  if (encoding === "text") return utf8(text);
  return encoding === "hex" ? decodeHex(text) : decodeBase64(text, encoding);
}

export function encode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "text") return new TextDecoder().decode(bytes);
  if (encoding === "hex") return encodeHex(bytes);
  const base64 = btoa(wireText(bytes));
  return encoding === "base64" ? base64 : toUrlAlphabet(base64);
}

/** In a time that does not depend on where they differ. */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

/** A single part is not copied: it may be a body of megabytes. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  const [only] = parts;
  if (parts.length === 1 && only?.buffer instanceof ArrayBuffer) return only as Bytes;
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function decodeHex(text: string): Bytes | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

const encodeHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function decodeBase64(text: string, encoding: "base64" | "base64url"): Bytes | null {
  const alphabet = encoding === "base64" ? /^[A-Za-z0-9+/]+={0,2}$/ : /^[A-Za-z0-9_-]+={0,2}$/;
  if (!alphabet.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

const toUrlAlphabet = (base64: string): string =>
  base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
