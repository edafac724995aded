"use client";

import { answeredTone, answeredWords } from "#components/request/answered.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const tones = { good: "text-good", warn: "text-warn", bad: "text-bad", neutral: "text-muted" };
const signs = { sent: "", sender_gone: "⨯", failed: "⨯" };

/** What was answered: the status by its class, with a sign while it is not known to have gone out. */
export function AnswerMark({ request }: { request: RequestSummary }) {
  const words = answeredWords(request, useNow());
  const { response, answered } = request;
  const sign = answered ? signs[answered.outcome] : "?";
  return (
    <span className="shrink-0" title={words}>
      <span className={tones[answeredTone(request)]}>{response?.status ?? "—"}</span>
      {response && sign && <span className="ml-0.5 text-faint">{sign}</span>}
    </span>
  );
}
