import type { RequestSummary } from "#lib/contract/requests.ts";
import { formatMs } from "./format-ms.ts";

/** Until then "not yet known" is the likelier truth than "never": outcomes are written within 250 ms. */
const PATIENCE_MS = 4_000;
const DELAY_MAX_MS = 30_000;

/**
 * What became of the answer, in words: `answered 200 in 3.1 ms`. `now` in milliseconds since 1970; `listenerWaitMs` as
 * the bin has it.
 */
export function answeredWords(summary: RequestSummary, now: number, listenerWaitMs = 0): string {
  const { response, answered } = summary;
  if (answered) return outcomeWords(answered, response);
  if (summary.imported?.format === "har") {
    return response ? `answered ${response.status}, as the file tells` : "the file tells no answer";
  }
  if (!response) return "not answered: the sender was gone";
  const age = now - Date.parse(summary.receivedAt);
  if (age < listenerWaitMs) return `waiting for localhost’s answer, else ${response.status} …`;
  if (age < PATIENCE_MS) return `answering ${response.status} …`;
  if (age < DELAY_MAX_MS) return `answer ${response.status} not confirmed yet`;
  return `decided on ${response.status}; unknown whether it went out`;
}

function outcomeWords(
  { outcome, respondedMs, delayCut }: NonNullable<RequestSummary["answered"]>,
  response: RequestSummary["response"],
): string {
  const status = response?.status;
  const from = { listener: " from localhost", enforce: " (not verified)", bin: "" };
  const took = respondedMs === null ? "" : ` in ${formatMs(respondedMs)}`;
  if (outcome === "sender_gone") return `sender was gone before ${status ?? "an answer"} went out`;
  if (outcome === "failed") return `answering ${status ?? ""} failed`;
  return `answered ${status ?? ""}${from[response?.from ?? "bin"]}${took}${delayCut ? ", its delay cut short" : ""}`;
}

export type AnswerTone = "good" | "warn" | "bad" | "neutral";

export function answeredTone({ response, answered }: RequestSummary): AnswerTone {
  if (!answered) return "neutral";
  if (answered.outcome !== "sent") return "warn";
  return statusTone(response?.status ?? 0);
}

export function statusTone(status: number): AnswerTone {
  if (status >= 500) return "bad";
  if (status >= 400) return "warn";
  return status >= 200 && status < 300 ? "good" : "neutral";
}
