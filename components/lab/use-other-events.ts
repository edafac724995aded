"use client";

import { useCallback } from "react";
import { type Loaded, useLoad } from "#components/load/use-load.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";

const SHOWN_MAX = 20;

type Asked = Pick<CapturedRequest, "binId" | "id" | "seq" | "provider">;

/** Events that this one could change places with: of the same sender, the nearest first, and no try of the same event. */
export function useOtherEvents(api: ApiClient, request: Asked): Loaded<RequestSummary[]> {
  const { binId, id, seq, provider } = request;
  const providerId = provider?.id;
  const eventId = provider?.eventId ?? null;
  const load = useCallback(
    async (signal: AbortSignal) => {
      const q = providerId === undefined ? {} : { q: `provider:${providerId}` };
      const { items } = await api.requests(binId, { limit: 100, signal, ...q });
      return items
        .filter((other) => other.id !== id)
        .filter((other) => eventId === null || other.provider?.eventId !== eventId)
        .toSorted((a, b) => Math.abs(a.seq - seq) - Math.abs(b.seq - seq))
        .slice(0, SHOWN_MAX);
    },
    [api, binId, id, seq, providerId, eventId],
  );
  return useLoad(load);
}
