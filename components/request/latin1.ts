/**
 * A header value holds one character per byte. When its bytes beyond ASCII are UTF-8, the text they were meant to be;
 * else null.
 */
export function asUtf8(value: string): string | null {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return null;
  const bytes = Uint8Array.from(value, (char) => char.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
