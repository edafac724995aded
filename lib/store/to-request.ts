import { toHandshake } from "#lib/providers/providers.ts";
import { toRecognised, toThread } from "#lib/providers/shown.ts";
import type { AnnotationModel } from "#prisma/generated/models/Annotation.ts";
import type { AnswerModel } from "#prisma/generated/models/Answer.ts";
import type { CapturedRequestModel } from "#prisma/generated/models/CapturedRequest.ts";
import { noteLineOf } from "../contract/annotation-limits.ts";
import { listenerResponse, storedResponse } from "../contract/answer-headers.ts";
import { importedResponse, toImported } from "../contract/imported.ts";
import { urlOf } from "../contract/url.ts";
import type { Imported } from "../contract/draft.ts";
import type { AnsweredEvent } from "../contract/events.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type {
  Answered,
  CapturedRequest,
  RecognisedProvider,
  RequestResponse,
  RequestSummary,
  Signature,
} from "../contract/requests.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Beside } from "./beside.ts";

/** The columns of a summary: neither headers nor body, which can be long. */
export const summaryColumns = {
  id: true,
  seq: true,
  receivedAtUs: true,
  method: true,
  target: true,
  contentType: true,
  bodySize: true,
  bodyTruncated: true,
  bodyIncomplete: true,
  remoteAddress: true,
  providerId: true,
  event: true,
  deliveryId: true,
  deliveryAttempt: true,
  eventId: true,
  account: true,
  mode: true,
  occurredAtUs: true,
  providerChosen: true,
  threadKey: true,
  threadPlace: true,
  handshake: true,
  signatureStatus: true,
  signatureScheme: true,
  signatureReason: true,
  signatureAge: true,
  refused: true,
  imported: true,
  responseStatus: true,
  responseHeaders: true,
  responseBodySize: true,
} as const;

type SummaryRow = Pick<CapturedRequestModel, keyof typeof summaryColumns>;
type AnswerRow = AnswerModel | undefined;

function toProvider(row: SummaryRow): RequestSummary["provider"] {
  if (row.providerId === null) return null;
  return toRecognised({
    id: row.providerId,
    event: row.event,
    deliveryId: row.deliveryId,
    attempt: row.deliveryAttempt,
    eventId: row.eventId,
    account: row.account,
    mode: row.mode as RecognisedProvider["mode"],
    occurredAtUs: row.occurredAtUs === null ? null : Number(row.occurredAtUs),
  });
}

type SignatureRow = Pick<
  CapturedRequestModel,
  "signatureStatus" | "signatureScheme" | "signatureReason" | "signatureAge"
>;

export function toSignature(row: SignatureRow): Signature {
  return {
    status: (row.signatureStatus ?? "unchecked") as Signature["status"],
    scheme: row.signatureScheme,
    reason: row.signatureReason,
    timestampAgeSeconds: row.signatureAge,
  };
}

function toResponse(row: SummaryRow, answer: AnswerRow): RequestSummary["response"] {
  const listeners = answer && toListenerResponse(answer);
  if (listeners) return listeners;
  if (row.responseStatus === null) return null;
  const headers = (row.responseHeaders ?? []) as HeaderPair[];
  const { responseStatus: status, responseBodySize: bodySize } = row;
  const imported = row.imported as Imported | null;
  if (imported) return importedResponse({ status, headers, bodySize }, imported);
  return storedResponse({ status, headers, bodySize }, row.id, row.refused);
}

/** Null when the bin's own answer went out. */
function toListenerResponse(answer: AnswerModel): RequestResponse | null {
  const { responseStatus: status, responseHeaders, responseBodySize } = answer;
  if (status === null) return null;
  const headers = (responseHeaders ?? []) as HeaderPair[];
  return listenerResponse({ status, headers, bodySize: responseBodySize ?? 0 }, answer.id);
}

function toAnswered(row: AnswerModel): Answered {
  return {
    outcome: row.outcome as Answered["outcome"],
    respondedMs: row.respondedMs,
    ...(row.delayCut ? { delayCut: true as const } : {}),
  };
}

export function toAnsweredEvent(row: AnswerModel): AnsweredEvent {
  const response = toListenerResponse(row);
  return {
    id: row.id,
    seq: Number(row.seq),
    answered: toAnswered(row),
    storedMs: row.storedMs,
    ...(response ? { response } : {}),
  };
}

/** What people say of it, as a list shows it. */
function toMarks(annotation: AnnotationModel | undefined) {
  if (!annotation) return {};
  const { note, labels, pinned } = annotation;
  return {
    ...(pinned ? { pinned: true as const } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(note ? { noteLine: noteLineOf(note) } : {}),
  };
}

export function toSummary(row: SummaryRow, { answer, annotation, count }: Beside): RequestSummary {
  const provider = toProvider(row);
  return {
    id: row.id,
    seq: Number(row.seq),
    receivedAt: rfc3339(Number(row.receivedAtUs)),
    method: row.method,
    target: row.target,
    contentType: row.contentType,
    bodySize: row.bodySize,
    bodyTruncated: row.bodyTruncated,
    bodyIncomplete: row.bodyIncomplete,
    remoteAddress: row.remoteAddress,
    provider,
    ...(row.providerChosen ? { providerChosen: true as const } : {}),
    thread: toThread(row.threadKey, provider, row.threadPlace, count),
    ...toHandshake(row.handshake),
    ...toImported(row.imported as Imported | null),
    ...toMarks(annotation),
    signature: toSignature(row),
    response: toResponse(row, answer),
    answered: answer ? toAnswered(answer) : null,
  };
}

export function toCapturedRequest(
  row: Omit<CapturedRequestModel, "body">,
  beside: Beside = { count: row.threadPlace },
): CapturedRequest {
  const { answer, annotation } = beside;
  return {
    ...toSummary(row, beside),
    binId: row.binId,
    requestTarget: row.targetPrefix + row.target,
    url: urlOf(row),
    httpVersion: row.httpVersion,
    headers: row.headers as HeaderPair[],
    trailers: (row.trailers ?? []) as HeaderPair[],
    bodyDeclaredSize: row.bodyDeclaredSize === null ? null : Number(row.bodyDeclaredSize),
    bodySha256: Buffer.from(row.bodySha256).toString("hex"),
    redacted: row.cookieRedacted ? ["cookie"] : [],
    ...(annotation?.note ? { note: annotation.note } : {}),
    timing: { headMs: row.headMs, bodyMs: row.bodyMs, storedMs: answer?.storedMs ?? null },
  };
}
