const LETTER = /[A-Za-z]/;
/** Of JSON: strings with what follows them, and numbers. */
const JSON_PIECE = /"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d[\d.eE+-]*/g;
/** Of other text: a tag, an escape of percent encoding, or what may be changed. */
const TEXT_PIECE = /<[^>]*>|%[0-9A-Fa-f]{2}|[A-Za-z0-9]/g;

/**
 * Changes one byte, so that what it means still parses: a handler that refuses it does so for its signature, not for a
 * syntax error. In JSON a number's last digit, else a letter of a text; never a key.
 * @returns null for an empty body.
 */
export function tamper(body: Uint8Array): Uint8Array | null {
  if (body.length === 0) return null;
  // Latin1: one character for each byte.
  const text = Array.from(body, (byte) => String.fromCharCode(byte)).join("");
  const at = isJson(text) ? placeInJson(text) : lastPlace(text);
  const place = at ?? body.length - 1;
  const changed = Uint8Array.from(body);
  changed[place] = other(body[place] ?? 0, text.charAt(place));
  return changed;
}

/** Digits pair up among themselves, letters with their other case; any other byte loses or gets its lowest bit. */
const other = (byte: number, character: string): number =>
  LETTER.test(character) ? byte ^ 0x20 : byte ^ 1;

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function placeInJson(text: string): number | null {
  let inNumber: number | null = null;
  let inText: number | null = null;
  for (const { 0: piece, 1: content, 2: colon, index } of text.matchAll(JSON_PIECE)) {
    const last = index + piece.length - (content === undefined ? 1 : 2);
    if (content === undefined) {
      if (/^-?\d{2,}$/.test(piece)) inNumber = last;
    } else if (colon === undefined && isChangeable(content)) inText = last;
  }
  return inNumber ?? inText;
}

const isChangeable = (content: string): boolean =>
  !content.includes("\\") && /[A-Za-z0-9]$/.test(content);

function lastPlace(text: string): number | null {
  let found: number | null = null;
  for (const { 0: piece, index } of text.matchAll(TEXT_PIECE)) {
    if (piece.length === 1) found = index;
  }
  return found;
}
