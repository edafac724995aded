import { useEffect, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Listener } from "#lib/contract/listeners.ts";

const READ_EVERY_MS = 5_000;

/** The machines that a bin's requests can go through, read again while the page is looked at. */
export function useListeners(api: ApiClient, binId: string): readonly Listener[] {
  const [listeners, setListeners] = useState<readonly Listener[]>([]);
  useEffect(() => {
    const reading = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(): Promise<void> {
      if (!document.hidden) {
        // What was read last stays until more is known.
        const page = await api.listeners(binId, reading.signal).catch(() => null);
        if (page && !reading.signal.aborted) setListeners(page.items);
      }
      if (!reading.signal.aborted) timer = setTimeout(() => void again(), READ_EVERY_MS);
    }
    void again();
    return () => {
      reading.abort();
      clearTimeout(timer);
    };
  }, [api, binId]);
  return listeners;
}
