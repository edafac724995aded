import type { HeaderPair } from "./headers.ts";

/** What a small body may unfold to; beyond it a zip bomb is cut. */
export const DECODED_BYTES_MAX = 64 * 1024 * 1024;
/** One upon the other. Real senders use one; a gateway may add a second. */
export const CODINGS_MAX = 5;

/** The content codings that are undone for the view (RFC 9110 8.4.1, RFC 7932, RFC 8878). */
export const codings = ["gzip", "deflate", "br", "zstd"] as const;
export type Coding = (typeof codings)[number];

/** On `?decoded=true`: where the unfolding ended. */
export const DECODED_HEADER = "Hooklens-Decoded";
/**
 * `whole`: all of it. `cut`: there is more than DECODED_BYTES_MAX. `broken`: the bytes stop being the coding, or end too
 * early. `late`: it took too long.
 */
export const decodedEnds = ["whole", "cut", "broken", "late"] as const;
export type DecodedEnd = (typeof decodedEnds)[number];

/** The codings of a message in the order in which its sender applied them; `identity` is none. */
export function contentCodings(headers: readonly HeaderPair[]): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "content-encoding")
    .flatMap(([, value]) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .map((coding) => (coding === "x-gzip" ? "gzip" : coding))
    .filter((coding) => coding !== "" && coding !== "identity");
}

export function isCoding(name: string): name is Coding {
  return (codings as readonly string[]).includes(name);
}

/** A body sent as "deflate" with zlib's header (RFC 1950), as it should be, and not bare (RFC 1951), as some send it. */
export function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}
