import { contentCodings } from "../contract/content-coding.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { Redaction } from "../contract/shares.ts";
import { decodedField, formEdits } from "./field-edits.ts";
import { isChecksumHeader } from "./find-checksums.ts";
import { credentialAt, isCredentialHeader } from "./find-tokens.ts";
import { valuesWithin } from "./json-edits.ts";
import { parsePath, type Path } from "./path.ts";
import { LOOKED_INTO_BYTES, placesIn } from "./redact-body.ts";
import { Piece, type Redactor } from "./redactor.ts";
import { unpack } from "./unpack.ts";

/** A header or a trailer. */
export type Field = { name: Piece; value: Piece };

/** The texts of a request, with what is hidden in them by its name or its path. */
export type Pieces = {
  headers: Field[];
  trailers: Field[];
  target: Piece;
  /** What stands before the target in the request line, and in the URL. */
  beforeTarget: Piece;
  beforeInUrl: Piece;
  address: Piece;
  type: Piece;
  read: BodyRead;
};

/** Cuts a request into its texts; what is hidden by its name or path becomes known to the redactor. */
export function piecesOf(
  given: CapturedRequest,
  body: Buffer | null,
  rules: Redaction,
  { known, looksInside }: Pick<Redactor, "known" | "looksInside">,
): Pieces {
  const learn: Learn = (value, why) => known.add(value, why);
  const paths = rules.paths.map(parsePath).filter((path) => path !== null);
  const named = new Set(rules.headers.map((name) => name.toLowerCase()));
  const toField = ([name, value]: HeaderPair): Field => ({
    name: new Piece(name),
    value: headerPiece(name, value, named, rules, learn),
  });
  const read = bodyPiece(given, body, looksInside, paths);
  learnFrom(read.piece, learn);
  return {
    headers: given.headers.map(toField),
    trailers: given.trailers.map(toField),
    target: targetPiece(given.target, paths, learn),
    beforeTarget: new Piece(before(given.requestTarget, given.target)),
    beforeInUrl: new Piece(before(given.url, given.target)),
    address: new Piece(given.remoteAddress),
    type: new Piece(given.contentType ?? ""),
    read,
  };
}

/** What the paths lead to in the body. */
function learnFrom({ text, edits }: Piece, learn: Learn): void {
  for (const edit of edits) {
    if (edit.why !== "value") continue;
    for (const value of valuesWithin(text.slice(edit.from, edit.to), edit)) {
      learn(value, "value");
      learn(decodedField(value), "value");
    }
  }
}

/** Notes a value that is hidden wherever it stands. */
type Learn = (value: string, why: "header" | "value" | "token") => void;

function headerPiece(
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

function targetPiece(target: string, paths: readonly Path[], learn: Learn): Piece {
  const mark = target.indexOf("?");
  const edits = mark < 0 ? [] : formEdits(target, paths, mark + 1);
  for (const { from, to } of edits) {
    learn(target.slice(from, to), "value");
    learn(decodedField(target.slice(from, to)), "value");
  }
  return new Piece(target, edits);
}

/** What stands before the target in what ends with it. */
const before = (text: string, target: string) =>
  text.endsWith(target) ? text.slice(0, text.length - target.length) : text;

export type BodyRead = { piece: Piece; isWithheld: boolean; isUnpacked: boolean };

function bodyPiece(
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

/** Hides the values of headers by which what is hidden elsewhere could be guessed. */
export function hideChecksums(fields: readonly Field[]): void {
  for (const { name, value } of fields) {
    if (value.text === "" || !isChecksumHeader(name.text) || isAll(value)) continue;
    // Behind the word for its scheme it is hidden already.
    const isHidden = value.edits.some(({ to, why }) => why === "token" && to === value.text.length);
    if (!isHidden) value.hideAll("checksum");
  }
}
