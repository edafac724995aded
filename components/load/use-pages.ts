import { useCallback, useEffect, useState } from "react";
import type { Page } from "#lib/contract/bins.ts";
import { messageOf } from "#lib/message-of.ts";

type ReadPage<Item> = (cursor: string | null, signal?: AbortSignal) => Promise<Page<Item>>;

/** A list that is read page by page. `read` must be the same function as long as it reads the same list. */
export function usePages<Item extends { id: string }>(read: ReadPage<Item>) {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const readPage = useCallback(
    async (cursor: string | null, signal?: AbortSignal) => {
      try {
        const page = await read(cursor, signal);
        setItems((now) => (cursor ? [...now, ...page.items] : page.items));
        setNext(page.next);
        setFailure(null);
      } catch (error) {
        if (!signal?.aborted) setFailure(messageOf(error));
      }
    },
    [read],
  );

  useEffect(() => {
    const reading = new AbortController();
    void readPage(null, reading.signal);
    return () => reading.abort();
  }, [readPage]);

  return {
    items,
    /** What is shown may be old. */
    failure,
    /** Null at the list's end. */
    readMore: next === null ? null : () => void readPage(next),
    readAgain: () => void readPage(null),
    leaveOut: (id: string) => setItems((now) => now.filter((item) => item.id !== id)),
  };
}

export type Pages<Item extends { id: string }> = ReturnType<typeof usePages<Item>>;
