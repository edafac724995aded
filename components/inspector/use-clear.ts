"use client";

import { formatCount } from "#components/ui/format.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { countRequests, type Feed } from "./feed.ts";
import { type Hidden, isHidden } from "./shown.ts";
import type { useRemovals } from "./use-removals.ts";

/** How many requests the page shows of the bin, those not listed included. */
export function countShown(feed: Feed, hidden: Hidden): { count: number; isAllHidden: boolean } {
  const hiddenCount = feed.items.filter((item) => isHidden(hidden, item)).length;
  const left = feed.items.length - hiddenCount;
  if (hidden.kind !== "through") {
    return { count: countRequests(feed) - hiddenCount, isAllHidden: false };
  }
  return { count: left, isAllHidden: left === 0 };
}

type Clearing = {
  binId: string;
  api: ApiClient;
  feed: Feed;
  count: number;
  clear: ReturnType<typeof useRemovals>["clear"];
  /** Asks whether the pinned ones stay. */
  onAsk: (pinned: number) => void;
  onCleared: () => void;
};

/** Clears all that came until now; where something is pinned it is asked first what becomes of it. */
export function useClear({ binId, api, feed, count, clear, onAsk, onCleared }: Clearing) {
  async function ask(): Promise<void> {
    const pinned = await countPinned();
    if (pinned > 0) onAsk(pinned);
    else now(true, 0);
  }

  /** Rows that are not loaded may be pinned too; without an answer those that are known count. */
  async function countPinned(): Promise<number> {
    const known = feed.items.filter((item) => item.pinned).length;
    if (feed.next === null) return known;
    return api.bin(binId).then(
      ({ pinnedCount }) => pinnedCount,
      () => known,
    );
  }

  function now(keepsPinned: boolean, pinned: number): void {
    const cleared = keepsPinned ? count - pinned : count;
    const words = `${formatCount(cleared)} ${cleared === 1 ? "request is" : "requests are"}`;
    clear(feed.lastSeq, words, keepsPinned);
    onCleared();
  }

  return { ask, now };
}
