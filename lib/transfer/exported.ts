import type { CapturedRequest } from "../contract/requests.ts";

/** A request on its way into a file, with its whole body as stored. */
export type Exported = { request: CapturedRequest; body: Buffer };

/** What an export is of. */
export type ExportFacts = {
  bin: { id: string; name: string | null; url: string };
  /** Empty: all requests. */
  q: string;
  /** RFC 3339. */
  exportedAt: string;
  /** Of this server. */
  version: string;
};

/**
 * Writes a file of one format, piece by piece: `begin`, `each` for every request, `end`. Nothing of a request is kept
 * longer than it is written, but for what a format needs to know that no other one follows.
 */
export type ExportWriter = {
  begin(): string;
  each(exported: Exported): Iterable<string>;
  /** `requests`: how many there were. */
  end(requests: number): string;
};

/** Bytes of a body that one piece is made of: a multiple of 3, so that base64 has no padding in between. */
const PIECE_BYTES = 192 * 1024;

/** The body as base64, to be written one piece after the other. */
export function* base64Pieces(body: Buffer): Generator<string> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    yield body.toString("base64", at, Math.min(at + PIECE_BYTES, body.length));
  }
}

/** A body of UTF-8 as what stands between the quotes of a JSON string, to be written one piece after the other. */
export function* jsonTextPieces(body: Buffer): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    const piece = decoder.decode(body.subarray(at, at + PIECE_BYTES), { stream: true });
    yield JSON.stringify(piece).slice(1, -1);
  }
  yield JSON.stringify(decoder.decode()).slice(1, -1);
}
