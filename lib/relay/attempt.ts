import { v7 as uuidv7 } from "uuid";
import { isDelivered } from "../contract/delivered.ts";
import type { Tried } from "../contract/relay-schemas.ts";
import { ACKNOWLEDGE_MS } from "../contract/relay.ts";
import { failedAttempt } from "../forward/attempt.ts";
import type { NewAttempt } from "../store/forwards.ts";
import type { Reply } from "./session.ts";

/** What a listener's reply is stored as; null when nothing was tried. */
export function attemptOf(reply: Reply, startedAt: Date): NewAttempt | null {
  switch (reply.kind) {
    case "acknowledged":
      return reply.outcome.kind === "tried" ? toAttempt(reply.outcome) : null;
    case "invalid":
      return failedAttempt(
        "reset",
        `The listener's report can't be read: ${reply.reason}.`,
        startedAt,
      );
    case "silent":
      return failedAttempt(
        "interrupted",
        `No word from the listener for ${ACKNOWLEDGE_MS / 1000} s. Its target may have handled the request.`,
        startedAt,
      );
    case "cut":
      return failedAttempt(
        "interrupted",
        "The connection to the listener ended before its report came. Its target may have handled the request.",
        startedAt,
      );
  }
}

/** One try on the listener's machine, as it is stored. */
function toAttempt(tried: Tried): NewAttempt {
  const { kind: _, body, ...columns } = tried;
  return {
    ...columns,
    id: uuidv7(),
    startedAt: new Date(tried.startedAt),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    bodySha256Sent: Buffer.from(tried.bodySha256Sent, "hex"),
  };
}

export const stateAfter = (attempt: NewAttempt): "delivered" | "failed" =>
  isDelivered(attempt) ? "delivered" : "failed";
