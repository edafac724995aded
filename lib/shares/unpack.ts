import zlib from "node:zlib";
import { CODINGS_MAX, type Coding, hasZlibHeader, isCoding } from "../contract/content-coding.ts";

/** The body without its content codings, the last applied undone first; null where that can't be done whole. */
export function unpack(body: Buffer, codings: readonly string[], bytesMax: number): Buffer | null {
  if (codings.length > CODINGS_MAX) return null;
  let bytes = body;
  for (const coding of codings.toReversed()) {
    if (!isCoding(coding)) return null;
    try {
      bytes = undo(bytes, coding, { maxOutputLength: bytesMax });
    } catch {
      return null;
    }
  }
  return bytes;
}

function undo(bytes: Buffer, coding: Coding, options: { maxOutputLength: number }): Buffer {
  switch (coding) {
    case "gzip":
      return zlib.gunzipSync(bytes, options);
    case "deflate":
      return hasZlibHeader(bytes)
        ? zlib.inflateSync(bytes, options)
        : zlib.inflateRawSync(bytes, options);
    case "br":
      return zlib.brotliDecompressSync(bytes, options);
    case "zstd":
      return zlib.zstdDecompressSync(bytes, options);
  }
}
