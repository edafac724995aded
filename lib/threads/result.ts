import type { RequestSummary } from "../contract/requests.ts";
import type { AttemptResult } from "../contract/threads.ts";
import type { Delivery } from "../providers/deliveries.ts";

const SUCCESS = [200, 299] as const;

/** What a sender that delivers so made of what it got. */
export function resultOf(request: RequestSummary, delivery: Delivery): AttemptResult {
  const { answered, response } = request;
  if (!response) return "unanswered";
  if (!answered) return "unknown";
  const isLate = (answered.respondedMs ?? 0) > (delivery.timeoutMs ?? Number.POSITIVE_INFINITY);
  if (answered.outcome !== "sent") return isLate ? "late" : "unanswered";
  const [first, last] = delivery.accepts ?? SUCCESS;
  if (response.status < first || response.status > last) return "refused";
  return isLate ? "late" : "delivered";
}
