import { INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { HiddenMark } from "../contract/hidden.ts";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import type { Redaction } from "../contract/shares.ts";
import { readAs } from "../providers/recognise.ts";
import { toRecognised } from "../providers/shown.ts";
import { decodedField } from "./field-edits.ts";
import { valuesWithin } from "./json-edits.ts";
import { marksOf, type Placed } from "./marks.ts";
import { parsePath } from "./path.ts";
import { before, bodyPiece, headerPiece, hideChecksums, isAll, targetPiece } from "./pieces.ts";
import { createRedactor, Piece } from "./redactor.ts";

/** A request as others may see it. */
export type Redacted = { request: CapturedRequest & { hidden: HiddenMark[] }; body: Buffer };

type Asked = {
  rules: Redaction;
  /** What the request is a part of, in the place of its bin. */
  shareId: string;
};

/**
 * A request without what the rules hide. What is derived from it is derived anew from what is left. Nothing is told of
 * how long a hidden value was, nor anything by which a guess of it could be checked.
 * @param body null when it is too large to be looked into
 */
export function redactRequest(
  given: CapturedRequest,
  body: Buffer | null,
  { rules, shareId }: Asked,
): Redacted {
  const redactor = createRedactor(rules, rules.captureUrl ? null : given.binId);
  const paths = rules.paths.map(parsePath).filter((path) => path !== null);
  const learn = (value: string, why: "header" | "value" | "token") =>
    redactor.known.add(value, why);

  const named = new Set(rules.headers.map((name) => name.toLowerCase()));
  const toPiece = ([name, value]: HeaderPair) => headerPiece(name, value, named, rules, learn);
  const headers = given.headers.map(toPiece);
  const trailers = given.trailers.map(toPiece);
  const target = targetPiece(given.target, paths, learn);
  const beforeTarget = new Piece(before(given.requestTarget, given.target));
  const beforeInUrl = new Piece(before(given.url, given.target));
  const address = new Piece(given.remoteAddress);
  const type = new Piece(given.contentType ?? "");
  const read = bodyPiece(given, body, redactor.looksInside, paths);
  for (const { from, to, why, isQuoted } of read.piece.edits) {
    if (why !== "value") continue;
    const run = read.piece.text.slice(from, to);
    for (const value of valuesWithin(run, { from, to, why, isQuoted: isQuoted === true })) {
      learn(value, "value");
      learn(decodedField(value), "value");
    }
  }

  const pieces = [
    ...headers,
    ...trailers,
    target,
    beforeTarget,
    beforeInUrl,
    address,
    type,
    read.piece,
  ];
  redactor.findIn(pieces);
  redactor.findKnownIn(pieces);
  if (
    !read.isWithheld &&
    read.piece.edits.some(({ why }) => why === "unreadable" && isAll(read.piece))
  ) {
    read.isWithheld = true;
  }
  const isGuessable =
    read.isWithheld ||
    [read.piece, target].some(({ edits }) => edits.some(({ why }) => why !== "bin"));
  if (isGuessable) {
    redactor.findChecksumsIn([target, ...(read.isWithheld ? [] : [read.piece])]);
    hideChecksums(given.headers, headers);
    hideChecksums(given.trailers, trailers);
  }

  const isChanged = read.isWithheld || read.piece.edits.length > 0;
  const bytes = read.isWithheld ? Buffer.alloc(0) : Buffer.from(read.piece.redacted, "latin1");
  const shown = isChanged ? bytes : (body ?? Buffer.alloc(0));
  const pairs = (from: readonly HeaderPair[], to: readonly Piece[]): HeaderPair[] =>
    from.map(([name], place) => [name, to[place]?.redacted ?? ""]);
  const shownHeaders = pairs(given.headers, headers);
  const reframed = isChanged ? reframe(shownHeaders, shown.length, read.isUnpacked) : [];
  const hidden: Placed[] = [
    { where: "target", edits: [...target.edits, ...beforeTarget.edits] },
    ...headers.map(({ edits }, place) => ({
      where: "header" as const,
      name: given.headers[place]?.[0] ?? "",
      edits,
    })),
    ...trailers.map(({ edits }, place) => ({
      where: "trailer" as const,
      name: given.trailers[place]?.[0] ?? "",
      edits,
    })),
    ...reframed.map((name) => ({
      where: "header" as const,
      name,
      edits: [{ why: "size" as const }],
    })),
    { where: "body", edits: read.isWithheld ? [{ why: "unreadable" as const }] : read.piece.edits },
    { where: "address", edits: address.edits },
  ];
  const marks = marksOf(hidden);
  const isHidden = marks.some(({ why }) => why !== "bin");
  const contentType =
    given.contentType === null || named.has("content-type") ? null : type.redacted;

  return {
    body: shown,
    request: {
      id: given.id,
      seq: given.seq,
      binId: shareId,
      receivedAt: given.receivedAt,
      method: given.method,
      target: target.redacted,
      requestTarget: beforeTarget.redacted + target.redacted,
      url: beforeInUrl.redacted + target.redacted,
      httpVersion: given.httpVersion,
      headers: shownHeaders,
      trailers: pairs(given.trailers, trailers),
      contentType,
      bodySize: isChanged ? shown.length : given.bodySize,
      bodyDeclaredSize: isChanged ? null : given.bodyDeclaredSize,
      bodyTruncated: given.bodyTruncated,
      bodyIncomplete: given.bodyIncomplete,
      bodySha256: isChanged ? "" : given.bodySha256,
      remoteAddress: address.redacted,
      redacted: given.redacted,
      provider: providerOf(given, shownHeaders, target.redacted, shown),
      ...(given.providerChosen ? { providerChosen: true as const } : {}),
      signature: isHidden ? { ...given.signature, timestampAgeSeconds: null } : given.signature,
      // How many there are, and which they are like, tells of others.
      thread: null,
      ...(given.handshake ? { handshake: given.handshake } : {}),
      ...(given.imported
        ? { imported: { ...given.imported, id: null, seq: null, binId: null } }
        : {}),
      // What was answered is the owner's own, or his machine's.
      response: given.response && { ...given.response, headers: [], bodySize: 0 },
      answered: given.answered,
      timing: given.timing,
      hidden: marks,
    },
  };
}

/** Of a redacted request, what a list shows. */
export function toSharedSummary({ request }: Redacted): RequestSummary {
  const {
    binId: _binId,
    requestTarget: _requestTarget,
    url: _url,
    httpVersion: _httpVersion,
    headers: _headers,
    trailers: _trailers,
    bodyDeclaredSize: _bodyDeclaredSize,
    bodySha256: _bodySha256,
    redacted: _redacted,
    timing: _timing,
    ...summary
  } = request;
  return summary;
}

/** Sets what frames the body to what is shown of it; gives the names of what was set. */
function reframe(headers: HeaderPair[], size: number, isUnpacked: boolean): string[] {
  const names: string[] = [];
  for (const pair of headers) {
    const name = pair[0].toLowerCase();
    const value = name.endsWith("content-length")
      ? String(size)
      : name === "content-encoding" && isUnpacked
        ? "identity"
        : null;
    if (value === null || pair[1] === value) continue;
    pair[1] = value;
    names.push(pair[0]);
  }
  return names;
}

/** What the request says of its sender, as far as it is shown. */
function providerOf(
  { provider }: CapturedRequest,
  headers: readonly HeaderPair[],
  target: string,
  body: Buffer,
): RequestSummary["provider"] {
  if (!provider) return null;
  const isSmall = body.length > 0 && body.length <= INLINE_BODY_BYTES_MAX;
  const facts = readAs(provider.id, headers, target, isSmall ? body : null);
  if (facts) return toRecognised(facts);
  return {
    id: provider.id,
    name: provider.name,
    event: null,
    deliveryId: null,
    attempt: null,
    eventId: null,
    account: null,
    mode: null,
    occurredAt: null,
  };
}
