import { type Decoded, percentDecode } from "#lib/contract/percent.ts";

export type Cookie = { name: string; value: string; decoded: Decoded };

/**
 * A Cookie header's pairs (RFC 6265 4.2) in order, duplicates and all. A pair without = has an empty name, as browsers
 * read it.
 */
export function splitCookies(header: string): Cookie[] {
  return header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const value = pair.slice(equals + 1).trim();
      const name = equals === -1 ? "" : pair.slice(0, equals).trim();
      return { name, value, decoded: percentDecode(value, false) };
    });
}
