"use client";

import { useCallback, useEffect, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type Loaded, useLoad } from "#components/load/use-load.ts";

/**
 * The whole request. One that is opened as it arrives is read once more when its answer's outcome is known, since the
 * time until it was stored comes with that.
 */
export function useRequest(
  api: ApiClient,
  binId: string,
  summary: RequestSummary,
): Loaded<CapturedRequest> {
  const { id } = summary;
  const load = useCallback(
    (signal: AbortSignal) => api.request(binId, id, signal),
    [api, binId, id],
  );
  const loaded = useLoad(load);
  const [later, setLater] = useState<CapturedRequest | null>(null);
  const isEarly = loaded.kind === "ready" && loaded.result.timing.storedMs === null;
  const isDue = isEarly && summary.answered !== null && later === null;
  useEffect(() => {
    if (!isDue) return;
    const controller = new AbortController();
    // The first reading stays good when this one fails.
    load(controller.signal).then(setLater, () => undefined);
    return () => controller.abort();
  }, [isDue, load]);
  return later ? { kind: "ready", result: later } : loaded;
}
