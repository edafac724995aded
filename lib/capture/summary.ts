import { importedResponse, toImported } from "../contract/imported.ts";
import { storedResponse } from "../contract/answer-headers.ts";
import type { Draft, Stored } from "../contract/draft.ts";
import type { RequestResponse, RequestSummary } from "../contract/requests.ts";
import { rfc3339 } from "../contract/time.ts";
import { toHandshake } from "../providers/providers.ts";
import { toRecognised, toThread } from "../providers/shown.ts";
import type { StoredRun } from "./writer.ts";

/** What a live list shows of a commit's rows, from memory: the same as a read of the table would give. */
export function toSummaries(run: StoredRun): RequestSummary[] {
  return run.drafts.map((draft, index) =>
    toSummary(draft, { seq: run.firstSeq + index, threadPlace: run.places[index] ?? 1 }),
  );
}

function toSummary(draft: Draft, { seq, threadPlace }: Stored): RequestSummary {
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
    ...(draft.providerChosen ? { providerChosen: true as const } : {}),
    ...toImported(draft.imported),
    provider: draft.provider && toRecognised(draft.provider),
    // The one that came last, so no later one is known.
    thread: toThread(draft.threadKey, draft.provider, threadPlace, threadPlace),
    signature: draft.signature,
    response: draft.response && responseOf(draft.response, draft),
    answered: null,
  };
}

function responseOf(
  response: NonNullable<Draft["response"]>,
  { id, imported, refused }: Draft,
): RequestResponse {
  return imported ? importedResponse(response, imported) : storedResponse(response, id, refused);
}
