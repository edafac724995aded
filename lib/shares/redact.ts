import { INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { HiddenMark } from "../contract/hidden.ts";
import type { CapturedRequest, RequestSummary } from "../contract/requests.ts";
import type { Redaction } from "../contract/shares.ts";
import { readAs } from "../providers/recognise.ts";
import { toRecognised } from "../providers/shown.ts";
import { marksOf, type Placed } from "./marks.ts";
import {
  type BodyRead,
  type Field,
  hideChecksums,
  isAll,
  type Pieces,
  piecesOf,
} from "./pieces.ts";
import { createRedactor, type Redactor } from "./redactor.ts";

/** A request as others may see it. */
export type Redacted = { request: CapturedRequest & { hidden: HiddenMark[] }; body: Buffer };

type Asked = {
  rules: Redaction;
  /** What the request is a part of, in the place of its bin. */
  shareId: string;
};

/** All that a redaction needs to know. */
export type AskedRedaction = Asked & {
  given: CapturedRequest;
  /** Null when it is too large to be looked into. */
  body: Uint8Array | null;
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
  const pieces = piecesOf(given, body, rules, redactor);
  hide(pieces, redactor);
  const { target, beforeTarget, beforeInUrl, address, type, read } = pieces;
  const isChanged = read.isWithheld || read.piece.edits.length > 0;
  const shown = isChanged ? redactedBytes(read) : (body ?? Buffer.alloc(0));
  const headers = shownPairs(pieces.headers);
  const reframed = isChanged ? reframe(headers, shown.length, read.isUnpacked) : [];
  const hidden = marksOf(placesOf(pieces, reframed));
  const isHidden = hidden.some(({ why }) => why !== "bin");
  const hidesType = rules.headers.some((name) => name.toLowerCase() === "content-type");
  const request = {
    id: given.id,
    seq: given.seq,
    binId: shareId,
    receivedAt: given.receivedAt,
    method: given.method,
    target: target.redacted,
    requestTarget: beforeTarget.redacted + target.redacted,
    url: beforeInUrl.redacted + target.redacted,
    httpVersion: given.httpVersion,
    headers,
    trailers: shownPairs(pieces.trailers),
    contentType: given.contentType === null || hidesType ? null : type.redacted,
    bodySize: isChanged ? shown.length : given.bodySize,
    bodyDeclaredSize: isChanged ? null : given.bodyDeclaredSize,
    bodyTruncated: given.bodyTruncated,
    bodyIncomplete: given.bodyIncomplete,
    bodySha256: isChanged ? "" : given.bodySha256,
    remoteAddress: address.redacted,
    redacted: given.redacted,
    provider: providerOf(given, headers, target.redacted, shown),
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
    hidden,
  };
  return { request, body: shown };
}

/** First what the rules find, then the same wherever else it stands, then by what the rest could be guessed. */
function hide(pieces: Pieces, redactor: Redactor): void {
  const { headers, trailers, target, beforeTarget, beforeInUrl, address, type, read } = pieces;
  const fields = [...headers, ...trailers];
  const all = [
    ...fields.map(({ value }) => value),
    target,
    beforeTarget,
    beforeInUrl,
    address,
    type,
    read.piece,
  ];
  redactor.findIn(all);
  redactor.findKnownIn([...fields.map(({ name }) => name), ...all]);
  const [first] = read.piece.edits;
  if (first?.why === "unreadable" && isAll(read.piece)) read.isWithheld = true;
  const isGuessable =
    read.isWithheld ||
    [read.piece, target].some(({ edits }) => edits.some(({ why }) => why !== "bin"));
  if (!isGuessable) return;
  redactor.findChecksumsIn([target, ...(read.isWithheld ? [] : [read.piece])]);
  hideChecksums(fields);
}

const shownPairs = (fields: readonly Field[]): HeaderPair[] =>
  fields.map(({ name, value }) => [name.redacted, value.redacted]);

const redactedBytes = ({ piece, isWithheld }: BodyRead): Buffer =>
  isWithheld ? Buffer.alloc(0) : Buffer.from(piece.redacted, "latin1");

function placesOf(pieces: Pieces, reframed: readonly string[]): Placed[] {
  const { headers, trailers, target, beforeTarget, address, read } = pieces;
  const fields = (where: "header" | "trailer", from: readonly Field[]): Placed[] =>
    from.map(({ name, value }) => ({
      where,
      name: name.redacted,
      edits: [...name.edits, ...value.edits],
    }));
  return [
    { where: "target", edits: [...target.edits, ...beforeTarget.edits] },
    ...fields("header", headers),
    ...fields("trailer", trailers),
    ...reframed.map((name): Placed => ({ where: "header", name, edits: [{ why: "size" }] })),
    { where: "body", edits: read.isWithheld ? [{ why: "unreadable" }] : read.piece.edits },
    { where: "address", edits: address.edits },
  ];
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
