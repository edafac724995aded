"use client";

import { useCallback } from "react";
import { useUndoable } from "#components/ui/use-undoable.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinSession } from "./bin-session.ts";
import { type Hidden, nothingHidden } from "./shown.ts";

/** Removals with a way back: until they are settled the rows are only hidden. */
export function useRemovals(binId: string, api: ApiClient, session: BinSession) {
  const { pending, facts, failure, begin, undo, settle } = useUndoable<Hidden>();

  const remove = useCallback(
    (requests: readonly RequestSummary[]) => {
      const [first] = requests;
      if (!first) return;
      const words =
        requests.length === 1
          ? `Request #${first.seq} is deleted.`
          : `${requests.length} requests are deleted.`;
      const seqs = new Set(requests.map(({ seq }) => seq));
      begin({ words, facts: { kind: "seqs", seqs }, send: () => send(requests) });
      async function send(all: readonly RequestSummary[]) {
        for (const { id, seq } of all) {
          await api.deleteRequest(binId, id).catch(unlessGone);
          session.drop(seq);
        }
      }
    },
    [api, binId, begin, session],
  );

  /** All up to and with `through`, but for what is pinned when that is kept; `count` in words. */
  const clear = useCallback(
    (through: number, count: string, keepsPinned: boolean) =>
      begin({
        words: `${count} cleared.`,
        facts: { kind: "through", through, keepsPinned },
        send: () => api.clear(binId, { through, pinned: !keepsPinned }),
      }),
    [api, binId, begin],
  );

  return {
    removing: pending,
    hidden: facts ?? nothingHidden,
    failure,
    remove,
    clear,
    undo,
    settle,
  };
}

/** Someone else was faster: it is what was wanted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.code === "request_not_found")) throw error;
}
