/** What a small body may unfold to; beyond it a zip bomb is cut. */
export const DECODED_BYTES_MAX = 64 * 1024 * 1024;

export type Decompressed =
  | { kind: "decoded"; bytes: Uint8Array<ArrayBuffer>; cut: boolean }
  | { kind: "unknown" }
  | { kind: "failed" };

/** Names in Content-Encoding (RFC 9110 8.4.1) and what DecompressionStream calls them. */
const formats: Record<string, CompressionFormat> = {
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
};

/** Undoes a Content-Encoding, for the view only. `unknown` when the browser can't (brotli, zstd, several at once). */
export async function decompress(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
): Promise<Decompressed> {
  const format = formats[encoding.trim().toLowerCase()];
  if (!format) return { kind: "unknown" };
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  try {
    return await readBounded(stream);
  } catch {
    return { kind: "failed" };
  }
}

async function readBounded(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Decompressed> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, so nothing more is unfolded.
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > DECODED_BYTES_MAX) break;
  }
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return { kind: "decoded", bytes, cut: size > DECODED_BYTES_MAX };
}
