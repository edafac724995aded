"use client";

import { useCallback, useEffect, useState } from "react";
import { keepReads, markAllRead, markRead, type Reads, readReads } from "./reads.ts";

/** What is read, kept over visits. What a bin held when this browser first opened it counts as read. */
export function useReads(binId: string, lastSeq: number, openedSeq: number | null) {
  const [reads, setReads] = useState<Reads>(
    () => readReads(binId) ?? { through: lastSeq, above: [] },
  );
  useEffect(() => {
    if (openedSeq !== null) setReads((now) => markRead(now, openedSeq));
  }, [openedSeq]);
  useEffect(() => keepReads(binId, reads), [binId, reads]);
  const readAll = useCallback(
    (through: number) => setReads((now) => markAllRead(now, through)),
    [],
  );
  return { reads, readAll };
}
