import type { AttemptModel } from "#prisma/generated/models/Attempt.ts";
import type { ForwardModel } from "#prisma/generated/models/Forward.ts";
import type { WaitingForwardModel } from "#prisma/generated/models/WaitingForward.ts";
import type { Attempt, AttemptErrorCode, Change, Forward } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { toBuffer } from "./bytes.ts";

/** `waiting`: what a destination still has to do about it. An attempt that is under way has nothing to show yet. */
export function toForward(
  row: ForwardModel,
  attempts: readonly AttemptModel[],
  waiting?: WaitingForwardModel,
): Forward {
  const { id, requestId, target, listener, state, append, resigned, edited } = row;
  const isUnderWay = row.byBrowser && state === "pending";
  return {
    id,
    requestId,
    to: target,
    listener,
    byBrowser: row.byBrowser,
    destinationId: row.destinationId,
    state: state as Forward["state"],
    deadReason: row.deadReason as Forward["deadReason"],
    nextAttemptAt: waiting?.dueAt.toISOString() ?? null,
    append,
    resigned,
    edited,
    attempts: attempts.filter(({ id }) => !isUnderWay && id !== waiting?.attemptId).map(toAttempt),
  };
}

function toAttempt(row: AttemptModel): Attempt {
  const { id, startedAt, status, headers, bodySize, body, bodySha256Sent, url, timing } = row;
  return {
    id,
    startedAt: startedAt.toISOString(),
    status,
    headers: (headers ?? []) as HeaderPair[],
    bodySize,
    bodyBase64: toBuffer(body ?? new Uint8Array()).toString("base64"),
    bodyDropped: body === null && bodySize > 0,
    bodySha256Sent: toBuffer(bodySha256Sent).toString("hex"),
    url,
    changes: row.changes as Change[] | null,
    timing: timing as Attempt["timing"],
    error: toError(row),
  };
}

function toError({ errorCode, errorMessage }: AttemptModel): Attempt["error"] {
  if (errorCode === null) return null;
  return { code: errorCode as AttemptErrorCode, message: errorMessage ?? "" };
}
