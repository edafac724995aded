import type { Edit } from "./edits.ts";
import { fieldEdits, formEdits } from "./field-edits.ts";
import { jsonEdits, looksLikeJson } from "./json-edits.ts";
import { partsOf } from "./multipart.ts";
import type { Path } from "./path.ts";

/** More than that is not looked into: it would hold up everybody else. */
export const LOOKED_INTO_BYTES = 256 * 1024;

/** What is hidden in a body by its place; null for one that can't be looked into. `text`: one character per byte. */
export function placesIn(
  text: string,
  contentType: string | null,
  paths: readonly Path[],
): Edit[] | null {
  if (text.length > LOOKED_INTO_BYTES || isWide(contentType)) return null;
  const parts = partsOf(contentType, text);
  if (!parts) return isBinary(text) ? null : valuesAt(text, contentType, paths);
  const edits = parts.flatMap(({ name, contentType: type, content: { from, to } }): Edit[] => {
    const content = text.slice(from, to);
    if (content === "") return [];
    if (fieldEdits(name, content, paths) === "all") return [{ from, to, why: "value" }];
    const inner = isBinary(content) || isWide(type) ? null : valuesAt(content, type, paths);
    if (!inner) return [{ from, to, why: "unreadable" }];
    return inner.map((edit) => ({ ...edit, from: edit.from + from, to: edit.to + from }));
  });
  const isRestBinary = isBinary(outside(text, edits));
  return isRestBinary ? null : edits;
}

/** Null where a path would have to be followed through what is no JSON after all. */
function valuesAt(text: string, contentType: string | null, paths: readonly Path[]): Edit[] | null {
  if (paths.length === 0) return [];
  const isJson = looksLikeJson(text);
  if (isJson) return jsonEdits(text, paths);
  return FORM.test(contentType ?? "") ? formEdits(text, paths) : [];
}

const FORM = /^\s*application\/x-www-form-urlencoded/i;

/** By its charset not one byte per ASCII character: nothing would be found in it. */
const isWide = (contentType: string | null) =>
  /charset\s*=\s*"?\s*(?:utf-?(?:7|16|32)|ucs|ebcdic|cp037|ibm|hz-|iso-2022)/i.test(
    contentType ?? "",
  );

/** The control characters that no text has. */
function isBinary(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x07 || (code > 0x0d && code < 0x20 && code !== 0x1b && code !== 0x1e)) return true;
  }
  return false;
}

function outside(text: string, edits: readonly Edit[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const { from, to } of edits) {
    pieces.push(text.slice(at, from));
    at = Math.max(at, to);
  }
  return [...pieces, text.slice(at)].join("");
}
