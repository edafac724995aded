"use client";

import { useEffect, useRef, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";

/**
 * The whole note of a request. A row has its first line only, so it is read again whenever the row was told anew; until
 * then what was known stays.
 */
export function useNote(api: ApiClient, summary: RequestSummary, request: CapturedRequest | null) {
  const [note, setNote] = useState("");
  const isFirst = useRef(true);
  useEffect(() => {
    if (!request) return;
    const isKnown = isFirst.current && request.noteLine === summary.noteLine;
    isFirst.current = false;
    if (!summary.noteLine || isKnown) return setNote((summary.noteLine && request.note) ?? "");
    const abort = new AbortController();
    api.request(request.binId, summary.id, abort.signal).then(
      (read) => setNote(read.note ?? ""),
      () => undefined,
    );
    return () => abort.abort();
  }, [api, summary, request]);
  return { note, setNote };
}
