import { contentCodings } from "../contract/content-coding.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { Redaction } from "../contract/shares.ts";
import { decodedField, formEdits } from "./field-edits.ts";
import { isChecksumHeader } from "./find-checksums.ts";
import { credentialAt, isCredentialHeader } from "./find-tokens.ts";
import type { Path } from "./path.ts";
import { LOOKED_INTO_BYTES, placesIn } from "./redact-body.ts";
import { Piece } from "./redactor.ts";
import { unpack } from "./unpack.ts";

/** Notes a value that is hidden wherever it stands. */
export type Learn = (value: string, why: "header" | "value" | "token") => void;

export function headerPiece(
  name: string,
  value: string,
  named: ReadonlySet<string>,
  { tokens }: Redaction,
  learn: Learn,
): Piece {
  const why = named.has(name.toLowerCase())
    ? ("header" as const)
    : tokens && isCredentialHeader(name)
      ? ("token" as const)
      : null;
  if (why === null || value === "") return new Piece(value);
  const at = credentialAt(value);
  if (why === "header") learn(value, why);
  learn(value.slice(at), why);
  if (/cookie/i.test(name)) {
    for (const { 1: cookie = "" } of value.matchAll(/=\s*"?([^;"\s]{8,})/g)) learn(cookie, why);
  }
  return new Piece(value, [{ from: why === "token" ? at : 0, to: value.length, why }]);
}

export function targetPiece(target: string, paths: readonly Path[], learn: Learn): Piece {
  const mark = target.indexOf("?");
  const edits = mark < 0 ? [] : formEdits(target, paths, mark + 1);
  for (const { from, to } of edits) {
    learn(target.slice(from, to), "value");
    learn(decodedField(target.slice(from, to)), "value");
  }
  return new Piece(target, edits);
}

/** What stands before the target in what ends with it. */
export const before = (text: string, target: string) =>
  text.endsWith(target) ? text.slice(0, text.length - target.length) : text;

export type BodyRead = { piece: Piece; isWithheld: boolean; isUnpacked: boolean };

export function bodyPiece(
  request: CapturedRequest,
  body: Buffer | null,
  looksInside: boolean,
  paths: readonly Path[],
): BodyRead {
  if (body === null) return { piece: new Piece(""), isWithheld: true, isUnpacked: false };
  if (body.length === 0) return { piece: new Piece(""), isWithheld: false, isUnpacked: false };
  const codings = contentCodings(request.headers);
  const unpacked = codings.length > 0 ? unpack(body, codings, LOOKED_INTO_BYTES) : null;
  const isPacked = codings.length > 0 && unpacked === null;
  const text = (unpacked ?? body).toString("latin1");
  const places = isPacked ? null : placesIn(text, request.contentType, paths);
  const isOpaque = places === null;
  return {
    piece: new Piece(text, looksInside ? (places ?? []) : [], isOpaque),
    isWithheld: isOpaque && looksInside,
    isUnpacked: unpacked !== null,
  };
}

export const isAll = ({ edits: [first], text }: Piece) =>
  first?.from === 0 && first.to === text.length;

export function hideChecksums(pairs: readonly HeaderPair[], pieces: readonly Piece[]): void {
  for (const [place, [name, value]] of pairs.entries()) {
    const piece = pieces[place];
    if (!piece || value === "" || !isChecksumHeader(name) || isAll(piece)) continue;
    // Behind the word for its scheme it is hidden already.
    const isHidden = piece.edits.some(({ to, why }) => why === "token" && to === value.length);
    if (!isHidden) piece.hideAll("checksum");
  }
}
