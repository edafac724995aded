import {
  CODINGS_MAX,
  DECODED_BYTES_MAX,
  type DecodedEnd,
  hasZlibHeader,
} from "#lib/contract/content-coding.ts";

export type Decompressed =
  | { kind: "decoded"; bytes: Uint8Array<ArrayBuffer>; end: DecodedEnd }
  /** What the codings are is not known here. */
  | { kind: "unknown" }
  | { kind: "failed" };

/** The server's way, for what this browser can't. */
export type DecodeElsewhere = () => Promise<{ bytes: ArrayBuffer; end: DecodedEnd }>;

const DECODE_MS_MAX = 5_000;

/** Names in Content-Encoding and what DecompressionStream calls them; "brotli" and "zstd" are not in every browser. */
const formats: Record<string, string> = {
  gzip: "gzip",
  deflate: "deflate",
  br: "brotli",
  zstd: "zstd",
};

/**
 * Undoes content codings, the last applied first, for the view only. What the browser can't, or says is broken (it takes
 * no gzip of several members), is asked of the server where there is one to ask.
 */
export async function decompress(
  bytes: Uint8Array<ArrayBuffer>,
  codings: readonly string[],
  elsewhere: DecodeElsewhere | null = null,
): Promise<Decompressed> {
  const stages = stagesFor(bytes, codings);
  const here: Decompressed = stages ? await unfold(bytes, stages) : { kind: "unknown" };
  const isDone = here.kind === "decoded" && here.end !== "broken";
  if (isDone || !elsewhere) return here;
  return elsewhere().then(
    (answer): Decompressed => ({
      kind: "decoded",
      bytes: new Uint8Array(answer.bytes),
      end: answer.end,
    }),
    () => here,
  );
}

type Stage = ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>;

function stagesFor(bytes: Uint8Array, codings: readonly string[]): Stage[] | null {
  if (codings.length > CODINGS_MAX) return null;
  try {
    return codings.toReversed().map((coding, place) => {
      const isBare = coding === "deflate" && place === 0 && !hasZlibHeader(bytes);
      const format = isBare ? "deflate-raw" : formats[coding];
      // The types know fewer formats than browsers do; one that a browser does not know throws.
      return new DecompressionStream(format as CompressionFormat);
    });
  } catch {
    return null;
  }
}

async function unfold(bytes: Uint8Array<ArrayBuffer>, stages: Stage[]): Promise<Decompressed> {
  let stream: ReadableStream<Uint8Array<ArrayBuffer>> = new Blob([bytes]).stream();
  for (const stage of stages) stream = stream.pipeThrough(stage);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const end = await collect(stream, chunks);
  const unfolded = new Uint8Array(await new Blob(chunks).arrayBuffer());
  if (unfolded.length === 0 && end !== "whole") return { kind: "failed" };
  return { kind: "decoded", bytes: unfolded.subarray(0, DECODED_BYTES_MAX), end };
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  chunks: Uint8Array<ArrayBuffer>[],
): Promise<DecodedEnd> {
  const until = performance.now() + DECODE_MS_MAX;
  let size = 0;
  try {
    // Leaving the loop cancels the stream, so nothing more is unfolded.
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > DECODED_BYTES_MAX) return "cut";
      if (performance.now() > until) return "late";
    }
    return "whole";
  } catch {
    return "broken";
  }
}
