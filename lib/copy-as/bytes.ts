/** Characters that one call of String.fromCharCode takes without running out of stack. */
const CHUNK = 32_768;
/** RFC 2045 6.8: no more characters to a line. */
const BASE64_LINE = 76;

/** A string of one character per byte as its bytes. */
export const latin1Bytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Bytes as UTF-8 text, a byte order mark included; null when they are none, or hold a NUL. */
export function asText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A header's value, which holds one character per byte, as the text that its bytes mean; null when they are not UTF-8. */
export const headerText = (value: string): string | null =>
  isAscii(value) ? value : asText(latin1Bytes(value));

export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Base64 in lines, without an end of line after the last. */
export function base64Lines(bytes: Uint8Array): string[] {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).match(new RegExp(`.{1,${BASE64_LINE}}`, "g")) ?? [];
}
