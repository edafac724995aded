import { useCallback, useEffect, useMemo, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { createResendClient } from "#lib/contract/resend-client.ts";
import type { Resend, ResendCreate, ResendReport } from "#lib/contract/resends.ts";
import { messageOf } from "#lib/message-of.ts";

const RUNNING_MS = 1_000;
const IDLE_MS = 5_000;

/** A bin's resends, read again while the page is looked at: more often while one is under way. */
export function useResends(api: ApiClient, binId: string) {
  const client = useMemo(() => createResendClient(api), [api]);
  const [items, setItems] = useState<Resend[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const read = useCallback(
    async (signal?: AbortSignal): Promise<boolean> => {
      try {
        const { items: found } = await client.list(binId, signal);
        setItems(found);
        setFailure(null);
        return found.some(isUnderWay);
      } catch (error) {
        if (!signal?.aborted) setFailure(messageOf(error));
        return false;
      }
    },
    [client, binId],
  );

  // A new one begins the quick readings at once.
  const turn = items?.[0]?.id;
  useEffect(() => {
    const reading = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(): Promise<void> {
      const isBusy = !document.hidden && (await read(reading.signal));
      if (reading.signal.aborted) return;
      timer = setTimeout(() => void again(), isBusy ? RUNNING_MS : IDLE_MS);
    }
    void again();
    return () => {
      reading.abort();
      clearTimeout(timer);
    };
  }, [read, turn]);

  return {
    items,
    /** What is shown may be old. */
    failure,
    plan: (input: ResendCreate) => client.plan(binId, input),
    report: (id: string, signal: AbortSignal): Promise<ResendReport> =>
      client.get(binId, id, signal),
    fileUrl: (id: string, format: "ndjson" | "csv") => client.fileUrl(binId, id, format),
    add: async (input: ResendCreate) => {
      await client.add(binId, input);
      await read();
    },
    async stop(id: string) {
      await client.stop(binId, id);
      await read();
    },
    async remove(id: string) {
      await client.delete(binId, id);
      setItems((now) => now?.filter((one) => one.id !== id) ?? null);
    },
  };
}

export type ResendsState = ReturnType<typeof useResends>;

/** Attempts of one that was stopped may still be told. */
export const isUnderWay = ({ state, counts }: Resend) => state === "running" || counts.pending > 0;
