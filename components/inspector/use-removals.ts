"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiClient, ApiError } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinSession } from "./bin-session.ts";
import { type Hidden, nothingHidden } from "./shown.ts";

/** A removal that can still be taken back: the rows are hidden, the server has not been told. */
export type Removing = { words: string; hidden: Hidden; send: () => Promise<void> };

export type Removals = {
  removing: Removing | null;
  hidden: Hidden;
  failure: string | null;
  remove: (requests: readonly RequestSummary[]) => void;
  /** All up to and with `seq`. */
  clear: (seq: number, count: string) => void;
  undo: () => void;
  /** The time to take it back is over. */
  settle: () => void;
};

/** Removals with a way back. A second one settles the first; so does leaving the page's view. */
export function useRemovals(binId: string, api: ApiClient, session: BinSession): Removals {
  const [removing, setRemoving] = useState<Removing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  /** Hidden until the server has answered, so that rows do not come back for a moment. */
  const [sending, setSending] = useState<Hidden>(nothingHidden);
  const current = useRef<Removing | null>(null);

  const settle = useCallback(() => {
    const due = current.current;
    current.current = null;
    setRemoving(null);
    if (!due) return;
    setSending(due.hidden);
    due
      .send()
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
      .finally(() => setSending(nothingHidden));
  }, []);

  const begin = useCallback(
    (next: Removing) => {
      settle();
      setFailure(null);
      current.current = next;
      setRemoving(next);
    },
    [settle],
  );

  const remove = useCallback(
    (requests: readonly RequestSummary[]) => {
      const [first] = requests;
      if (!first) return;
      const words =
        requests.length === 1
          ? `Request #${first.seq} is deleted.`
          : `${requests.length} requests are deleted.`;
      const seqs = new Set(requests.map(({ seq }) => seq));
      begin({ words, hidden: { kind: "seqs", seqs }, send: () => send(requests) });
      async function send(all: readonly RequestSummary[]) {
        for (const { id, seq } of all) {
          await api.deleteRequest(binId, id).catch(unlessGone);
          session.drop(seq);
        }
      }
    },
    [api, binId, begin, session],
  );

  const clear = useCallback(
    (through: number, count: string) =>
      begin({
        words: `${count} cleared.`,
        hidden: { kind: "through", through },
        send: () => api.clear(binId, through),
      }),
    [api, binId, begin],
  );

  const undo = useCallback(() => {
    current.current = null;
    setRemoving(null);
  }, []);

  useEffect(() => settle, [settle]);
  return { removing, hidden: removing?.hidden ?? sending, failure, remove, clear, undo, settle };
}

/** Someone else was faster: it is what was wanted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.code === "request_not_found")) throw error;
}
