import { useCallback, useMemo } from "react";
import { usePolled } from "#components/load/use-polled.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { createResendClient } from "#lib/contract/resend-client.ts";
import type { Resend, ResendCreate, ResendReport } from "#lib/contract/resends.ts";

const RUNNING_MS = 1_000;
const IDLE_MS = 5_000;

/** A bin's resends, with how they stand: looked at more often while one is under way. */
export function useResends(api: ApiClient, binId: string) {
  const client = useMemo(() => createResendClient(api), [api]);
  const list = useCallback((signal?: AbortSignal) => client.list(binId, signal), [client, binId]);
  const { items, failure, readAgain, change } = usePolled(list, pauseMs);

  return {
    items,
    failure,
    plan: (input: ResendCreate) => client.plan(binId, input),
    report: (id: string, signal: AbortSignal): Promise<ResendReport> =>
      client.get(binId, id, signal),
    fileUrl: (id: string, format: "ndjson" | "csv") => client.fileUrl(binId, id, format),
    add: async (input: ResendCreate) => {
      await client.add(binId, input);
      await readAgain();
    },
    async stop(id: string) {
      await client.stop(binId, id);
      await readAgain();
    },
    async remove(id: string) {
      await client.delete(binId, id);
      change((now) => now.filter((one) => one.id !== id));
    },
  };
}

export type ResendsState = ReturnType<typeof useResends>;

/** Attempts of one that was stopped may still be told. */
export const isUnderWay = ({ state, counts }: Resend) => state === "running" || counts.pending > 0;

const pauseMs = (items: readonly Resend[]) => (items.some(isUnderWay) ? RUNNING_MS : IDLE_MS);
