import { useCallback } from "react";
import { usePolled } from "#components/load/use-polled.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Listener } from "#lib/contract/listeners.ts";

const everyFiveSeconds = () => 5_000;
const none: readonly Listener[] = [];

/** The machines that a bin's requests can go through. What was read last stays until more is known. */
export function useListeners(api: ApiClient, binId: string): readonly Listener[] {
  const list = useCallback((signal?: AbortSignal) => api.listeners(binId, signal), [api, binId]);
  return usePolled(list, everyFiveSeconds).items ?? none;
}
