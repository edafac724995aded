import { useCallback, useRef } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Feed } from "./feed.ts";
import { countAbove } from "./shown.ts";
import { useClear } from "./use-clear.ts";
import type { Marks } from "./use-marks.ts";
import type { Opened } from "./use-opened.ts";
import type { ShownList } from "./use-shown-list.ts";

type TakingAwayOf = {
  binId: string;
  api: ApiClient;
  feed: Feed;
  shown: ShownList;
  opened: Opened;
  marks: Marks;
  /** The marked ones, else the open one. */
  choose: () => readonly RequestSummary[];
  /** Asks whether the pinned ones stay. */
  onAskClear: (pinned: number) => void;
};

/** Deleting what is chosen and clearing all, with what is open and has the focus afterwards, and the way back. */
export function useTakingAway(on: TakingAwayOf) {
  const { binId, api, feed, shown, opened, marks, choose, onAskClear } = on;
  const { items, count, removals } = shown;
  const { id, isWide, summary, select, toList } = opened;
  const before = useRef<string | null>(null);

  function remove(): void {
    const chosen = choose();
    if (chosen.length === 0) return;
    before.current = id;
    const seqs = new Set(chosen.map(({ seq }) => seq));
    removals.remove(chosen);
    marks.none();
    if (!summary || !seqs.has(summary.seq)) return toList();
    const at = countAbove(items, summary.seq);
    const isLeft = ({ seq }: RequestSummary) => !seqs.has(seq);
    const next = items.slice(at).find(isLeft) ?? items.slice(0, at).findLast(isLeft);
    if (isWide && next) {
      select(next.id, "quietly");
      toList();
    } else opened.leaveRequest();
  }

  const clearing = useClear({
    binId,
    api,
    feed,
    count,
    clear: removals.clear,
    onAsk: onAskClear,
    onCleared: () => {
      marks.none();
      before.current = id;
      opened.close();
    },
  });

  function undo() {
    removals.undo();
    if (before.current && isWide) select(before.current, "quietly");
    toList();
  }

  const { settle: settleRemoval } = removals;
  const settle = useCallback(
    (byHand: boolean) => {
      settleRemoval();
      if (byHand) toList();
    },
    [settleRemoval, toList],
  );

  return {
    remove,
    undo,
    settle,
    /** Null when there is nothing to clear. */
    clear: count === 0 ? null : () => void clearing.ask(),
    clearNow: clearing.now,
  };
}
