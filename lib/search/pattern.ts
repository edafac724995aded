import type { Pattern } from "./query.ts";

/** Letter case is of no matter from A to Z: beyond it the bytes of a body may be in any encoding. */
export function fold(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text;
}

export const foldPattern = (pattern: Pattern): Pattern => pattern.map(fold);

/** The pieces stand in the text in this order. Takes time in proportion to the text, whatever the pattern. */
export function contains(text: string, pattern: Pattern): boolean {
  let at = 0;
  for (const piece of pattern) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

/** The pieces are the whole text, with anything between them. */
export function isWhole(text: string, pattern: Pattern): boolean {
  const first = pattern[0] ?? "";
  const last = pattern.at(-1) ?? "";
  if (pattern.length === 1) return text === first;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pattern.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
