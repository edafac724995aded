"use client";

import { useEffect, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";
import { type Feed, isGone } from "./feed.ts";

export type Selected =
  | { kind: "none" }
  | { kind: "loading" }
  | { kind: "shown"; summary: RequestSummary }
  | { kind: "missing"; seq: number | null; message: string };

/** The selected request: from the list, or read by its id when the list does not reach back to it. */
export function useSelectedRequest(
  feed: Feed,
  /** What the list shows. */
  items: readonly RequestSummary[],
  id: string | null,
  binId: string,
  api: ApiClient,
): Selected {
  const [kept, setKept] = useState<RequestSummary | null>(null);
  const [failure, setFailure] = useState<{ id: string; message: string } | null>(null);
  const listed = id
    ? (items.find((item) => item.id === id) ?? feed.items.find((item) => item.id === id))
    : undefined;
  // Stays on screen when the list lets it go.
  if (listed && listed !== kept) setKept(listed);
  const summary = listed ?? (kept?.id === id ? kept : null);
  const wanted = id && feed.loaded && !summary ? id : null;

  useEffect(() => {
    if (!wanted) return;
    const reading = new AbortController();
    api.request(binId, wanted, reading.signal).then(setKept, (error: unknown) => {
      if (!reading.signal.aborted) setFailure({ id: wanted, message: messageOf(error) });
    });
    return () => reading.abort();
  }, [api, binId, wanted]);

  if (!id) return { kind: "none" };
  if (summary) {
    const removed = isGone(feed.gone, summary.seq);
    if (!removed) return { kind: "shown", summary };
    return { kind: "missing", seq: summary.seq, message: "It was deleted, here or elsewhere." };
  }
  return failure?.id === id
    ? { kind: "missing", seq: null, message: failure.message }
    : { kind: "loading" };
}
