import { useMemo } from "react";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { BinSession } from "./bin-session.ts";
import type { BinState } from "./bin-state.ts";
import { shownItems } from "./shown.ts";
import { countShown } from "./use-clear.ts";
import { useRemovals } from "./use-removals.ts";
import { useSearch } from "./use-search.ts";

type ShownListOf = {
  bin: Bin;
  api: ApiClient;
  state: BinState;
  session: BinSession;
  /** The newest seq that is shown, while the list is paused. */
  pausedAt: number | null;
};

/** What the list shows: all that came or what the filter finds, without what is about to be removed. */
export function useShownList({ bin, api, state, session, pausedAt }: ShownListOf) {
  const { feed } = state;
  const searching = useSearch(bin.id, api, feed, session.watchChanges);
  const removals = useRemovals(bin.id, api, session);
  const isFiltered = searching.state.query.trim() !== "";
  /** Until the first answer is there the list stays: it is not emptied by a query that has only been begun. */
  const isFound = isFiltered && searching.state.answer !== null;
  const all = isFound ? searching.items : feed.items;
  const { hidden } = removals;
  const items = useMemo(() => shownItems(all, pausedAt, hidden), [all, pausedAt, hidden]);
  const { count, isAllHidden } = countShown(feed, hidden);
  const next = isFound ? searching.state.found.next : feed.next;
  return {
    searching,
    removals,
    isFiltered,
    items,
    /** In the bin, those not listed included. */
    count,
    /** There is nothing, nor anything to wait for. */
    isEmpty:
      !isFiltered && items.length === 0 && pausedAt === null && (isAllHidden || feed.next === null),
    listed: {
      items,
      hasMore: hidden.kind !== "through" && next !== null,
      older: isFound ? searching.state.older : state.older,
      onOlder: isFound ? searching.search.loadOlder : session.loadOlder,
    },
  };
}

export type ShownList = ReturnType<typeof useShownList>;
