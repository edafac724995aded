"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** Requests chosen for an action on several, by their seq. What the list shows no more is not chosen either. */
export function useMarks(items: readonly RequestSummary[]) {
  const [seqs, setSeqs] = useState<ReadonlySet<number>>(new Set());
  const last = useRef<number | null>(null);
  const latest = useRef(items);
  latest.current = items;
  const requests = useMemo(
    () => (seqs.size === 0 ? [] : items.filter(({ seq }) => seqs.has(seq))),
    [items, seqs],
  );

  const mark = useCallback((request: RequestSummary, isRange: boolean) => {
    const from = last.current ?? request.seq;
    last.current = request.seq;
    setSeqs((now) => {
      const next = new Set(now);
      if (!isRange) {
        if (!next.delete(request.seq)) next.add(request.seq);
        return next;
      }
      const [low, high] = [Math.min(from, request.seq), Math.max(from, request.seq)];
      for (const { seq } of latest.current) if (seq >= low && seq <= high) next.add(seq);
      return next;
    });
  }, []);
  const none = useCallback(() => {
    last.current = null;
    setSeqs(new Set());
  }, []);

  return { seqs, requests, mark, none };
}

export type Marks = ReturnType<typeof useMarks>;
