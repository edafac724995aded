import type { HeaderPair } from "../../contract/headers.ts";
import type { Bytes } from "../bytes.ts";
import type { BodyVariant } from "./body-variants.ts";

/** Bytes that are unpacked at most: a bomb is left alone. */
const UNPACKED_MAX = 16 * 1_048_576;
/** Bytes that are packed to see whether the packed form was signed. */
const PACKED_MAX = 1_048_576;

type Format = "gzip" | "deflate" | "deflate-raw";

/** The body unpacked, when it came packed; packed as zlib does it by default, when it did not. */
export async function* recode(
  body: Uint8Array,
  headers: readonly HeaderPair[],
): AsyncGenerator<BodyVariant> {
  const format = packedFormat(body, headers);
  if (format) {
    const unpacked = await through(body, new DecompressionStream(format), UNPACKED_MAX);
    if (unpacked) yield { body: unpacked, codes: ["decompressed"] };
    return;
  }
  if (body.length > PACKED_MAX) return;
  const packed = await through(body, new CompressionStream("gzip"), UNPACKED_MAX);
  if (packed) yield { body: packed, codes: ["compressed"] };
}

function packedFormat(body: Uint8Array, headers: readonly HeaderPair[]): Format | null {
  if (body[0] === 0x1f && body[1] === 0x8b) return "gzip";
  const coding = headers.find(([name]) => name.toLowerCase() === "content-encoding")?.[1];
  if (coding?.trim().toLowerCase() !== "deflate") return null;
  // Senders differ on whether deflate has zlib's frame (RFC 9110 8.4.1.2).
  return body[0] === 0x78 ? "deflate" : "deflate-raw";
}

/** Null for what is broken or too large. */
async function through(
  body: Uint8Array,
  transform: CompressionStream | DecompressionStream,
  bytesMax: number,
): Promise<Bytes | null> {
  const chunks: BlobPart[] = [];
  let length = 0;
  try {
    const stream = new Blob([Uint8Array.from(body)])
      .stream()
      .pipeThrough<Uint8Array<ArrayBuffer>>(transform);
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > bytesMax) {
        await reader.cancel();
        return null;
      }
      chunks.push(value);
    }
  } catch {
    return null;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
