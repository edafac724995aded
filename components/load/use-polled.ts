"use client";

import { useCallback, useEffect, useState } from "react";
import { messageOf } from "#lib/message-of.ts";

/**
 * A list that is read again and again while the page is looked at: how it stands changes by itself. `list` and `pauseMs`
 * must keep their identity.
 */
export function usePolled<Item>(
  list: (signal?: AbortSignal) => Promise<{ items: Item[] }>,
  /** Until the next reading; by an empty list where nothing could be read. */
  pauseMs: (items: readonly Item[]) => number,
) {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);

  const read = useCallback(
    async (signal?: AbortSignal): Promise<readonly Item[]> => {
      try {
        const page = await list(signal);
        setItems(page.items);
        setFailure(null);
        return page.items;
      } catch (error) {
        if (!signal?.aborted) setFailure(messageOf(error));
        return [];
      }
    },
    [list],
  );

  // Each turn reads at once
  useEffect(() => {
    const reading = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(): Promise<void> {
      const found = document.hidden ? [] : await read(reading.signal);
      if (!reading.signal.aborted) timer = setTimeout(() => void again(), pauseMs(found));
    }
    void again();
    return () => {
      reading.abort();
      clearTimeout(timer);
    };
  }, [read, pauseMs, turn]);

  const readAgain = useCallback(async () => {
    await read();
    setTurn((last) => last + 1);
  }, [read]);
  /** What a call has changed is not waited for. */
  const change = useCallback((by: (now: readonly Item[]) => readonly Item[]) => {
    setItems((now) => now && by(now));
  }, []);

  return {
    items,
    /** What is shown may be old. */
    failure,
    readAgain,
    change,
  };
}
