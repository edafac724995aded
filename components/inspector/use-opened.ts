import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Feed } from "./feed.ts";
import { indexAfter } from "./shown.ts";
import { useComparing } from "./use-comparing.ts";
import { useHoldFocus, usePageFocus } from "./use-page-focus.ts";
import { type Selected, useSelectedRequest } from "./use-selected-request.ts";
import { openedId, useSelection } from "./use-selection.ts";
import type { ShownList } from "./use-shown-list.ts";

type OpenedOf = {
  binId: string;
  api: ApiClient;
  feed: Feed;
  shown: Pick<ShownList, "items" | "isEmpty">;
  list: RefObject<HTMLElement | null>;
  pane: RefObject<HTMLElement | null>;
  /** A person opened a request, or closed it. Keeps its identity. */
  onChosen: (isNewest: boolean) => void;
};

/** What stands beside the list, or lies over it on a phone: one request, or two that are compared. */
export function useOpened({ binId, api, feed, shown, list, pane, onChosen }: OpenedOf) {
  const { items, isEmpty } = shown;
  const isWide = useMedia(WIDE);
  const { id, select, close } = useSelection();
  const comparing = useComparing();
  const isComparing = comparing.pair !== null;
  const selected = useSelectedRequest(feed, items, id, binId, api);
  const summary = selected.kind === "shown" ? selected.summary : null;
  const isClosed = useRef(false);
  const newest = items[0];
  const opensNewest =
    isWide && id === null && !isComparing && newest !== undefined && !isClosed.current;
  const isCovering = !isWide && (id !== null || isComparing);
  const holdFocus = useHoldFocus(pane);

  const toList = useCallback(() => list.current?.focus(), [list]);
  const unfollow = useCallback(() => onChosen(false), [onChosen]);
  const leaveRequest = useCallback(() => {
    isClosed.current = true;
    unfollow();
    close();
    toList();
  }, [close, unfollow, toList]);

  const { close: closeComparison } = comparing;
  const leaveComparison = useCallback(() => {
    closeComparison();
    toList();
  }, [closeComparison, toList]);

  const openQuietly = useCallback(
    (request: RequestSummary) => {
      if (request.id !== openedId()) holdFocus();
      select(request.id, "quietly");
    },
    [select, holdFocus],
  );
  const newestSeq = useRef(0);
  newestSeq.current = newest?.seq ?? 0;
  const open = useCallback(
    (request: RequestSummary) => {
      onChosen(request.seq === newestSeq.current);
      if (request.id !== openedId()) holdFocus();
      select(request.id);
    },
    [onChosen, select, holdFocus],
  );
  const openById = useCallback(
    (other: string) => {
      unfollow();
      select(other);
    },
    [select, unfollow],
  );

  /** By the address, which is ahead of the page while keys come faster than it is drawn. */
  function current(): RequestSummary | null {
    const opened = openedId();
    return opened ? (items.find((item) => item.id === opened) ?? summary) : null;
  }

  function move(rows: number) {
    const seq = current()?.seq ?? (selected.kind === "missing" ? selected.seq : null);
    const next = items[indexAfter(items, seq, rows)];
    if (next) open(next);
  }

  // Beside the list there is room for one: the newest, until a person chooses or closes.
  useEffect(() => {
    if (opensNewest && newest) openQuietly(newest);
  }, [opensNewest, newest, openQuietly]);

  // With the last request its pane goes too, for the way to the next one.
  useEffect(() => {
    if (isEmpty && selected.kind === "missing") close();
  }, [isEmpty, selected.kind, close]);

  usePageFocus({ list, pane, isEmpty, isCovering });

  return {
    id,
    selected: opensNewest ? opening : selected,
    summary,
    comparing,
    isWide,
    isCovering,
    current,
    move,
    open,
    openById,
    openQuietly,
    select,
    close,
    unfollow,
    toList,
    leaveRequest,
    leave: isComparing ? leaveComparison : leaveRequest,
    /** Null when there is nothing to leave. */
    leaveOpen: isComparing ? leaveComparison : id ? leaveRequest : null,
  };
}

export type Opened = ReturnType<typeof useOpened>;

const opening: Selected = { kind: "loading" };
