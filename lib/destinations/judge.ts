import type { DestinationSettings } from "../contract/destinations.ts";
import { nextAttempt, retryAfter } from "../forward/backoff.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { TurnOutcome } from "../store/turn-attempts.ts";
import type { Sign } from "./circuit.ts";

type Tried = {
  forwardId: string;
  attempt: NewAttempt;
  /** Attempts made, this one with them. */
  tries: number;
  sinceMs: number;
  nowMs: number;
  /** The circuit breaker was open when it began. */
  isProbe: boolean;
};

/** What becomes of a forward after an attempt. */
export function judge(
  { forwardId, attempt, tries, sinceMs, nowMs, isProbe }: Tried,
  { retry }: Pick<DestinationSettings, "retry">,
  random = Math.random,
): TurnOutcome {
  const end = { forwardId, attempt, dueAtMs: null };
  if (isSuccess(attempt, retry.success)) return { ...end, state: "delivered", deadReason: null };
  // No later attempt leads elsewhere.
  if (attempt.error?.code === "private_target") {
    return { ...end, state: "dead", deadReason: "private_target" };
  }
  // The server was stopped: whoever goes on tries it at once.
  if (attempt.error?.code === "interrupted") {
    return { ...end, state: "failed", deadReason: null, dueAtMs: nowMs };
  }
  const retryAfterMs = retryAfter(attempt.headers, nowMs);
  const next = nextAttempt({ tries, sinceMs, nowMs, retryAfterMs, isProbe }, retry, random);
  return next.kind === "dead"
    ? { ...end, state: "dead", deadReason: next.reason }
    : { ...end, state: "failed", deadReason: null, dueAtMs: next.atMs };
}

function isSuccess(
  { status, error }: Pick<NewAttempt, "status" | "error">,
  success: DestinationSettings["retry"]["success"],
): boolean {
  if (error !== null || status === null) return false;
  const ofClass = `${Math.floor(status / 100)}xx`;
  return success.some((wanted) => wanted === status || wanted === ofClass);
}

/** It answered, but only to say that it can't now. */
const FAILING = new Set([408, 429]);

/** What an attempt says of the target. A 404 or a 422 blames the request: whoever sends it is alive. */
export function signOf({ state, attempt: { status, error } }: TurnOutcome): Sign {
  if (state === "delivered") return "alive";
  if (error?.code === "interrupted" || error?.code === "private_target") return "none";
  if (error !== null || status === null) return "failing";
  return status >= 500 || FAILING.has(status) ? "failing" : "alive";
}
