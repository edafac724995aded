import { xmlPiece } from "./xml-lex.ts";

const SAMPLE_BYTES = 4096;

/** The image types that every current browser shows, by their first bytes. */
export function imageTypeOf(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return "image/jpeg";
  if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) return "image/gif";
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) return "image/webp";
  if (startsWith(bytes, 4, "ftypavif") || startsWith(bytes, 4, "ftypavis")) return "image/avif";
  return null;
}

/** XML whose first element is an svg. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const head = sampleText(bytes).trimStart();
  if (!head.startsWith("<")) return false;
  let piece = xmlPiece(head, 0);
  while (piece.kind === "other" || piece.kind === "text") {
    if (piece.to >= head.length) return false;
    piece = xmlPiece(head, piece.to);
  }
  return piece.kind === "start" && piece.name === "svg";
}

/** Says of itself that it is XML. */
export function looksLikeXml(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*<\?xml\s/.test(sampleText(bytes)) && looksLikeText(bytes);
}

/** Starts with { or [ and ends with the matching bracket. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const first = sampleText(bytes).trimStart()[0];
  const last = ascii(bytes.subarray(-SAMPLE_BYTES)).trimEnd().at(-1);
  return (first === "{" && last === "}") || (first === "[" && last === "]");
}

/** Control characters that no text has: anything below space but BEL to CR and ESC. */
export function hasBinaryControls(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, SAMPLE_BYTES)
    .some((byte) => byte < 0x07 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

/** UTF-8 without binary controls, judged by the first 4 KiB. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (hasBinaryControls(bytes)) return false;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    decoder.decode(bytes.subarray(0, SAMPLE_BYTES), { stream: bytes.length > SAMPLE_BYTES });
    return true;
  } catch {
    return false;
  }
}

function sampleText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES));
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function startsWith(bytes: Uint8Array, at: number, magic: string): boolean {
  return ascii(bytes.subarray(at, at + magic.length)) === magic;
}
