import { Readable, type Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import {
  CODINGS_MAX,
  type Coding,
  codings as knownCodings,
  DECODED_BYTES_MAX,
  type DecodedEnd,
  hasZlibHeader,
  isCoding,
} from "../contract/content-coding.ts";
import { HooklensError } from "../errors.ts";

const DECODE_MS_MAX = 5_000;
/** Each may hold DECODED_BYTES_MAX twice, while its pieces are put together. */
const AT_ONCE_MAX = 2;
const PIECE_BYTES = 256 * 1024;
/** The largest window that a sender may use (RFC 9659: 8 MB). */
const ZSTD_WINDOW_LOG = 23;

export type DecodedBody = { bytes: Buffer; end: DecodedEnd };

let running = 0;

/**
 * Undoes the content codings of a body, the last applied first. What was unfolded before a fault is given as well.
 * @throws undecodable_body, no_room
 */
export async function decodeBody(
  body: Buffer,
  codings: readonly string[],
  { bytesMax = DECODED_BYTES_MAX, msMax = DECODE_MS_MAX } = {},
): Promise<DecodedBody> {
  const stages = stagesFor(body, codings);
  if (running >= AT_ONCE_MAX) {
    throw new HooklensError("no_room", "Other bodies are being decoded. Try again.", {
      retryAfterSeconds: 1,
    });
  }
  running += 1;
  try {
    const decoded = await unfold(body, stages, bytesMax, AbortSignal.timeout(msMax));
    if (decoded.bytes.length === 0 && decoded.end === "broken") {
      throw undecodable(`The bytes are not ${codings.join(", ")}.`);
    }
    return decoded;
  } finally {
    running -= 1;
  }
}

function stagesFor(body: Buffer, codings: readonly string[]): Transform[] {
  if (codings.length > CODINGS_MAX) {
    throw undecodable(`It names ${codings.length} codings; ${CODINGS_MAX} are undone at most.`);
  }
  const unknown = codings.find((coding) => !isCoding(coding));
  if (unknown !== undefined) {
    throw undecodable(`Its coding is not one of ${knownCodings.join(", ")}.`);
  }
  const applied = codings.filter(isCoding).toReversed();
  return applied.map((coding, place) => stage(coding, place > 0 || hasZlibHeader(body)));
}

function stage(coding: Coding, zlibHeader: boolean): Transform {
  switch (coding) {
    case "gzip":
      return zlib.createGunzip({ chunkSize: PIECE_BYTES });
    case "deflate":
      return zlibHeader
        ? zlib.createInflate({ chunkSize: PIECE_BYTES })
        : zlib.createInflateRaw({ chunkSize: PIECE_BYTES });
    case "br":
      return zlib.createBrotliDecompress({ chunkSize: PIECE_BYTES });
    case "zstd":
      return zlib.createZstdDecompress({
        chunkSize: PIECE_BYTES,
        params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
      });
  }
}

async function unfold(
  body: Buffer,
  stages: Transform[],
  bytesMax: number,
  signal: AbortSignal,
): Promise<DecodedBody> {
  const pieces: Buffer[] = [];
  let size = 0;
  const collect = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(piece);
      size += piece.length;
      // An error ends the stages before it: nothing more is unfolded.
      done(size > bytesMax ? new Error("The body unfolds to more than is kept.") : null);
    },
  });
  const end = await pipeline([Readable.from([body]), ...stages, collect], { signal }).then(
    (): DecodedEnd => "whole",
    (): DecodedEnd => (size > bytesMax ? "cut" : signal.aborted ? "late" : "broken"),
  );
  return { bytes: Buffer.concat(pieces, Math.min(size, bytesMax)), end };
}

const undecodable = (why: string) =>
  new HooklensError("undecodable_body", `${why} Without ?decoded=true the bytes come as sent.`);
