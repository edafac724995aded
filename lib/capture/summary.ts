import { sentHeaders } from "../contract/answer-headers.ts";
import type { Draft } from "../contract/draft.ts";
import { type RequestSummary, UNCHECKED } from "../contract/requests.ts";
import { rfc3339 } from "../contract/time.ts";
import { providerName, toHandshake } from "../providers/providers.ts";
import type { StoredRun } from "./writer.ts";

/** What a live list shows of a commit's rows, from memory: the same as a read of the table would give. */
export function toSummaries(run: StoredRun): RequestSummary[] {
  return run.drafts.map((draft, index) => toSummary(draft, run.firstSeq + index));
}

function toSummary(draft: Draft, seq: number): RequestSummary {
  const {
    id,
    method,
    target,
    contentType,
    bodySize,
    bodyTruncated,
    bodyIncomplete,
    remoteAddress,
  } = draft;
  return {
    id,
    seq,
    receivedAt: rfc3339(draft.receivedAtUs),
    method,
    target,
    contentType,
    bodySize,
    bodyTruncated,
    bodyIncomplete,
    remoteAddress,
    ...toHandshake(draft.handshake),
    provider: draft.provider && { ...draft.provider, name: providerName(draft.provider.id) },
    signature: UNCHECKED,
    response: draft.response && {
      ...draft.response,
      headers: sentHeaders(draft.response.headers, id),
    },
    answered: null,
  };
}
