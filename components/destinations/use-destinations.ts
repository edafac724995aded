"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import type {
  Destination,
  DestinationCreate,
  DestinationPatch,
  Replay,
} from "#lib/contract/destinations.ts";
import { messageOf } from "#lib/message-of.ts";

const READ_EVERY_MS = 2_000;

/** A bin's destinations, read again and again while the page is looked at: how they stand changes by itself. */
export function useDestinations(api: ApiClient, binId: string) {
  const client = useMemo(() => createDestinationClient(api), [api]);
  const [items, setItems] = useState<Destination[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setItems((await client.list(binId, signal)).items);
        setFailure(null);
      } catch (error) {
        if (!signal?.aborted) setFailure(messageOf(error));
      }
    },
    [client, binId],
  );

  useEffect(() => {
    const reading = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(): Promise<void> {
      if (!document.hidden) await read(reading.signal);
      if (!reading.signal.aborted) timer = setTimeout(() => void again(), READ_EVERY_MS);
    }
    void again();
    return () => {
      reading.abort();
      clearTimeout(timer);
    };
  }, [read]);

  const put = (changed: Destination) =>
    setItems((now) => now?.map((one) => (one.id === changed.id ? changed : one)) ?? null);

  return {
    items,
    /** What is shown may be old. */
    failure,
    forwards: (id: string, page: Parameters<typeof client.forwards>[2]) =>
      client.forwards(binId, id, page),
    async add(input: DestinationCreate) {
      await client.add(binId, input);
      await read();
    },
    async change(id: string, patch: DestinationPatch) {
      put(await client.change(binId, id, patch));
    },
    async remove(id: string) {
      await client.delete(binId, id);
      setItems((now) => now?.filter((one) => one.id !== id) ?? null);
    },
    async replay(id: string, asked: Replay) {
      const { replayed } = await client.replay(binId, id, asked);
      await read();
      return replayed;
    },
  };
}

export type DestinationsState = ReturnType<typeof useDestinations>;
