import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { AttemptErrorCode, Change } from "../contract/forwards.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { SendResult } from "./send.ts";

export type Sent = { body: Buffer; url: string; changes: Change[] };

/** One try as it is stored: what came back, also of an answer that broke off, and why it failed. */
export function toAttempt(result: SendResult, startedAt: Date, sent: Sent): NewAttempt {
  const answer = result.kind === "response" ? result : result.answer;
  return {
    id: uuidv7(),
    startedAt,
    status: answer?.status ?? null,
    headers: answer?.headers ?? [],
    body: answer?.body ?? Buffer.alloc(0),
    bodySize: answer?.bodySize ?? 0,
    bodySha256Sent: createHash("sha256").update(sent.body).digest(),
    url: sent.url,
    changes: sent.changes,
    timing: result.timing,
    error: result.kind === "failure" ? { code: result.code, message: result.message } : null,
  };
}

/**
 * A try of which nothing is known but why it counts as failed.
 * @param totalMs how long it took, or was waited for: until now.
 */
export const failedAttempt = (
  code: AttemptErrorCode,
  message: string,
  startedAt = new Date(),
  totalMs = Math.max(0, Date.now() - startedAt.getTime()),
): NewAttempt => ({
  id: uuidv7(),
  startedAt,
  status: null,
  headers: [],
  body: Buffer.alloc(0),
  bodySize: 0,
  bodySha256Sent: Buffer.alloc(0),
  url: null,
  changes: null,
  timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs },
  error: { code, message },
});

/** A try whose outcome was lost: what was sent, whether, and how long it took is not known any more. */
export const interruptedAttempt = (startedAt: Date): NewAttempt =>
  failedAttempt(
    "interrupted",
    "Hooklens stopped before the outcome was stored. The target may have handled the request.",
    startedAt,
    0,
  );
