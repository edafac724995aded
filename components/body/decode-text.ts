import { parseContentType } from "./content-type.ts";

export type DecodedText = {
  text: string;
  /** The encoding used, by its WHATWG name. */
  charset: string;
  /** What the content type asked for, when no browser knows it. */
  unknownCharset: string | null;
  /** U+FFFD stands where bytes could not be decoded. */
  lossy: boolean;
};

/** Decodes by the content type's charset, else by a byte order mark, else as UTF-8. A byte order mark stays in the text. */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const asked = parseContentType(contentType).params.get("charset") ?? null;
  const known = asked ? knownCharset(asked) : null;
  const charset = known ?? markedCharset(bytes) ?? "utf-8";
  const unknownCharset = asked && !known ? asked : null;
  try {
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, charset, unknownCharset, lossy: false };
  } catch {
    const text = new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
    return { text, charset, unknownCharset, lossy: true };
  }
}

function knownCharset(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function markedCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}
