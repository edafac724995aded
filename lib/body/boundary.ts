import { parseContentType } from "./content-type.ts";

/** The boundary that the content type names, or the one that the first line shows. */
export function boundaryOf(contentType: string | null, bytes: Uint8Array): string | null {
  const named = parseContentType(contentType).params.get("boundary");
  if (named) return named;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 80));
  return /^--([^\r\n]{1,70}?)[ \t]*\r?\n/.exec(head)?.[1] ?? null;
}
