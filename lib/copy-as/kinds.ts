/** The forms of a copied request, with the names that a person knows them by. */
export const COPY_KINDS = {
  curl: "cURL (bash)",
  httpie: "HTTPie",
  fetch: "fetch (JavaScript)",
  python: "Python requests",
  raw: "Raw HTTP",
} as const;
export type CopyKind = keyof typeof COPY_KINDS;

/** The file that a text reads the body from when it is too large to stand in it. */
export const BODY_FILE = "body.bin";
/** Bytes of a body that can stand in a text. */
export const INLINE_BYTES_MAX = 256 * 1024;
