"use client";

import { useCallback, useMemo } from "react";
import { usePolled } from "#components/load/use-polled.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import type { DestinationCreate, DestinationPatch, Replay } from "#lib/contract/destinations.ts";

const everyTwoSeconds = () => 2_000;

/** A bin's destinations, with how they stand. */
export function useDestinations(api: ApiClient, binId: string) {
  const client = useMemo(() => createDestinationClient(api), [api]);
  const list = useCallback((signal?: AbortSignal) => client.list(binId, signal), [client, binId]);
  const { items, failure, readAgain, change } = usePolled(list, everyTwoSeconds);

  return {
    items,
    failure,
    forwards: (id: string, page: Parameters<typeof client.forwards>[2]) =>
      client.forwards(binId, id, page),
    async add(input: DestinationCreate) {
      await client.add(binId, input);
      await readAgain();
    },
    async change(id: string, patch: DestinationPatch) {
      const changed = await client.change(binId, id, patch);
      change((now) => now.map((one) => (one.id === id ? changed : one)));
    },
    async remove(id: string) {
      await client.delete(binId, id);
      change((now) => now.filter((one) => one.id !== id));
    },
    async replay(id: string, asked: Replay) {
      const { replayed } = await client.replay(binId, id, asked);
      await readAgain();
      return replayed;
    },
  };
}

export type DestinationsState = ReturnType<typeof useDestinations>;
