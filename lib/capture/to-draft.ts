import type { IncomingMessage } from "node:http";
import { type Draft, INLINE_BODY_BYTES_MAX, type Recognised } from "../contract/draft.ts";
import { isUrlCheck } from "../providers/handshake.ts";
import type { Handshake } from "../providers/handshakes/row.ts";
import { threadKeyOf } from "../providers/thread-key.ts";
import type { Secret } from "../signatures/subject.ts";
import { signatureOf, type Verdict } from "../signatures/verdict.ts";
import type { CaptureAddress } from "./address.ts";
import { type PlannedAnswer, REFUSAL } from "./answer.ts";
import { microsecondsAt } from "./clock.ts";
import { type Head, readTrailers } from "./head.ts";
import type { ReadBody } from "./read-body.ts";

/** A request that came, with what was found out of it at once. */
export type Arrived = {
  body: ReadBody;
  /** The body of one that lies in the request's row. */
  inline: Buffer | null;
  provider: Recognised | null;
  /** The bin's, of all providers. */
  secrets: readonly Secret[];
};

/** What is known of a request before its body. */
export type Begun = {
  id: string;
  request: IncomingMessage;
  address: CaptureAddress;
  head: Head;
  /** Scheme and host as the sender saw them. */
  origin: string;
  remoteAddress: string;
  headAt: number;
  /** From the accepted connection; null when it is not the connection's first. */
  headMs: number | null;
};

/** What was decided about it. */
export type Judged = {
  verdict: Verdict;
  plan: PlannedAnswer | null;
  handshake: Handshake | null;
};

/** The row to be. */
export function toDraft(begun: Begun, arrived: Arrived, judged: Judged, bodyMs: number): Draft {
  const { id, request, address, head, origin, remoteAddress, headAt, headMs } = begun;
  const { body, inline, provider } = arrived;
  const { verdict, plan, handshake } = judged;
  const { method = "", httpVersion, rawTrailers } = request;
  const { binId, target, targetPrefix } = address;
  // A provider that sends wrong signatures on purpose, or a stranger in its name: who knows.
  const isRefusal = plan === REFUSAL || handshake?.status === REFUSAL.status;
  const isHandshake =
    handshake !== null && !handshake.isDelivery && !isRefusal && handshake.status < 400;
  return {
    id,
    binId,
    receivedAtUs: microsecondsAt(headAt),
    method,
    target,
    targetPrefix,
    origin,
    httpVersion,
    headers: head.headers,
    trailers: readTrailers(rawTrailers),
    contentType: head.contentType,
    body: inline,
    largeBody: body.size > INLINE_BODY_BYTES_MAX ? body.pieces : null,
    bodySize: body.size,
    bodyDeclaredSize: head.declaredSize,
    bodyTruncated: body.truncated,
    bodyIncomplete: body.broken !== null,
    bodySha256: body.sha256,
    remoteAddress,
    cookieRedacted: head.cookieRedacted,
    provider,
    threadKey: threadKeyOf({
      provider,
      isHandshake,
      method,
      target,
      bodySize: body.size,
      bodySha256: body.sha256,
      isBodyWhole: !body.truncated && !body.broken,
    }),
    signature: signatureOf(verdict, () => isHandshake || isUnansweredCheck(begun, arrived)),
    refused: isRefusal,
    imported: null,
    providerChosen: false,
    handshake: isHandshake ? handshake.id : null,
    response: plan && {
      status: plan.status,
      headers: plan.headers,
      bodySize: plan.body.byteLength,
    },
    headMs,
    bodyMs,
  };
}

/** Of a bin that does without handshakes. */
function isUnansweredCheck(
  { request: { method = "" }, address, head, origin, headAt }: Begun,
  { body, inline, provider, secrets }: Arrived,
): boolean {
  const isBodyWhole = !body.truncated && body.broken === null;
  const url = `${origin}/in/${address.binId}${address.target}`;
  const asked = { method, url, headers: head.headers, body: inline ?? Buffer.alloc(0) };
  const request = { ...asked, isBodyWhole, receivedAtMs: headAt };
  return isUrlCheck(request, provider?.id ?? null, secrets);
}
