"use client";

import { noWords } from "#components/request/filter-words.ts";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useKeep } from "#components/keep/use-keep.ts";
import { copyText } from "#components/ui/copy-text.ts";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinSession, BinState } from "./bin-session.ts";
import { flowing, reduceFlow } from "./flow.ts";
import { countAbove, indexAfter, shownItems } from "./shown.ts";
import { useBinCommands } from "./use-bin-commands.ts";
import { countShown, useClear } from "./use-clear.ts";
import { useCompareActions } from "./use-compare-actions.ts";
import { useComparing } from "./use-comparing.ts";
import { useFollow } from "./use-follow.ts";
import { useHeaderPopup } from "./use-header-popup.ts";
import { useMarks } from "./use-marks.ts";
import { useHoldFocus, usePageFocus } from "./use-page-focus.ts";
import { useReads } from "./use-reads.ts";
import { useRemovals } from "./use-removals.ts";
import { useSearch } from "./use-search.ts";
import { type Selected, useSelectedRequest } from "./use-selected-request.ts";
import { openedId, useSelection } from "./use-selection.ts";

/** All that the page of a bin does, for its view. */
export function useBinPage(bin: Bin, state: BinState, session: BinSession, api: ApiClient) {
  const { feed } = state;
  const router = useRouter();
  const isWide = useMedia(WIDE);
  const header = useHeaderPopup();
  const [flow, tellFlow] = useReducer(reduceFlow, flowing);
  const refs = {
    list: useRef<HTMLDivElement>(null),
    pane: useRef<HTMLElement>(null),
    filter: useRef<HTMLInputElement>(null),
  };
  const searching = useSearch(bin.id, api, feed, session.watchChanges);
  const removals = useRemovals(bin.id, api, session);
  const isFiltered = searching.state.query.trim() !== "";
  /** Until the first answer is there the list stays: it is not emptied by a query that has only been begun. */
  const isFound = isFiltered && searching.state.answer !== null;
  const all = isFound ? searching.items : feed.items;
  const { pausedAt } = flow;
  const { hidden } = removals;
  const items = useMemo(() => shownItems(all, pausedAt, hidden), [all, pausedAt, hidden]);
  const marks = useMarks(items);

  const { id, select, close } = useSelection();
  const comparing = useComparing();
  const isComparing = comparing.pair !== null;
  const selected = useSelectedRequest(feed, items, id, bin.id, api);
  const summary = selected.kind === "shown" ? selected.summary : null;
  const { reads, readAll } = useReads(bin.id, feed.lastSeq, summary?.seq ?? null);
  const isClosed = useRef(false);
  const newest = items[0];
  const opensNewest =
    isWide && id === null && !isComparing && newest !== undefined && !isClosed.current;
  const isCovering = !isWide && (id !== null || isComparing);
  const { count, isAllHidden } = countShown(feed, hidden);
  const isEmpty =
    !isFiltered && items.length === 0 && pausedAt === null && (isAllHidden || feed.next === null);

  const { list: listRef } = refs;
  const toList = useCallback(() => listRef.current?.focus(), [listRef]);

  const unfollow = useCallback(() => tellFlow({ type: "chosen", isNewest: false }), []);
  const leave = useCallback(() => {
    isClosed.current = true;
    unfollow();
    close();
    refs.list.current?.focus();
  }, [close, unfollow, refs.list]);

  const { close: closeComparison } = comparing;
  const leaveComparison = useCallback(() => {
    closeComparison();
    refs.list.current?.focus();
  }, [closeComparison, refs.list]);

  const { pane: paneRef } = refs;
  const holdFocus = useHoldFocus(paneRef);

  const newestSeq = useRef(0);
  newestSeq.current = newest?.seq ?? 0;
  const open = useCallback(
    (request: RequestSummary) => {
      tellFlow({ type: "chosen", isNewest: request.seq === newestSeq.current });
      if (request.id !== openedId()) holdFocus();
      select(request.id);
    },
    [select, holdFocus],
  );
  const openById = useCallback(
    (other: string) => {
      unfollow();
      select(other);
    },
    [select, unfollow],
  );
  const openQuietly = useCallback(
    (request: RequestSummary) => {
      if (request.id !== openedId()) holdFocus();
      select(request.id, "quietly");
    },
    [select, holdFocus],
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

  /** The marked ones, else the open one. */
  function choose(): readonly RequestSummary[] {
    if (marks.requests.length > 0) return marks.requests;
    const opened = current();
    return opened ? [opened] : [];
  }
  const keep = useKeep(bin.id, api, choose);

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
    } else leave();
  }

  const clearing = useClear({
    binId: bin.id,
    api,
    feed,
    count,
    clear: removals.clear,
    onAsk: (pinned) => keep.setPopup({ kind: "clear", pinned }),
    onCleared: () => {
      marks.none();
      before.current = id;
      close();
    },
  });
  const clear = count === 0 ? null : () => void clearing.ask();

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

  const compare = useCompareActions({
    comparing,
    marks,
    pane: paneRef,
    isWide,
    unfollow,
    toList,
    leave,
  });

  function mark() {
    const opened = current();
    if (opened) marks.mark(opened, false);
  }

  const follow = () => {
    tellFlow({ type: "follow", isOn: !flow.isFollowing });
    if (!flow.isFollowing) refs.list.current?.scrollTo({ top: 0 });
  };
  const pause = () =>
    tellFlow(
      pausedAt === null ? { type: "pause", at: feed.items[0]?.seq ?? 0 } : { type: "resume" },
    );

  useFollow(flow.isFollowing, newest, openQuietly);

  function resend(): void {
    const q = searching.state.query.trim();
    router.push(`/b/${bin.id}/resends${q && `?q=${encodeURIComponent(q)}`}`);
  }

  useBinCommands({
    list: () => refs.list.current,
    move,
    toStart: () => move(-items.length),
    toEnd: () => move(items.length),
    enter: () => refs.pane.current?.focus(),
    leave: marks.seqs.size > 0 ? marks.none : isComparing ? leaveComparison : id ? leave : null,
    mark: summary ? mark : null,
    pin: summary || marks.requests.length > 0 ? keep.pin : null,
    label: summary || marks.requests.length > 0 ? keep.label : null,
    remove: marks.requests.length > 0 ? remove : null,
    undo: removals.removing ? undo : null,
    readAll: feed.lastSeq > reads.through ? () => readAll(feed.lastSeq) : null,
    clear,
    filter: () => refs.filter.current?.focus(),
    follow,
    pause,
    copyUrl: () => void copyText(bin.url),
    switchBin: () => header.show("menu"),
    share: () => header.show("share"),
    transfer: header.show,
    localhost: () => header.show("relays"),
    sample: () => header.show("sample"),
    settings: () => router.push(`/b/${bin.id}/settings`),
    shapes: () => router.push(`/b/${bin.id}/shape`),
    destinations: () => router.push(`/b/${bin.id}/destinations`),
    resend,
    scenarios: () => router.push(`/b/${bin.id}/scenarios`),
  });

  // Beside the list there is room for one: the newest, until a person chooses or closes.
  useEffect(() => {
    if (opensNewest && newest) openQuietly(newest);
  }, [opensNewest, newest, openQuietly]);

  // With the last request its pane goes too, for the way to the next one.
  useEffect(() => {
    if (isEmpty && selected.kind === "missing") close();
  }, [isEmpty, selected.kind, close]);

  usePageFocus({ list: refs.list, pane: paneRef, isEmpty, isCovering });

  /** On a phone the list is beneath the request. */
  function filterBy(query: string): void {
    searching.search.setQuery(query);
    if (isCovering) leave();
  }

  return {
    filterBy,
    refs,
    header,
    isEmpty,
    isWide,
    isCovering,
    selected: opensNewest ? opening : selected,
    removals,
    keep,
    clearNow: clearing.now,
    openById,
    comparing,
    compare,
    remove,
    undo,
    settle,
    clear,
    leave: isComparing ? leaveComparison : leave,
    toList,
    /** What the list is filtered by. */
    words: isFiltered ? searching.words : noWords,
    list: {
      listed: {
        items,
        hasMore:
          hidden.kind !== "through" && (isFound ? searching.state.found.next : feed.next) !== null,
        older: isFound ? searching.state.older : state.older,
        onOlder: isFound ? searching.search.loadOlder : session.loadOlder,
      },
      searching,
      flow,
      count,
      held: pausedAt === null ? 0 : countAbove(feed.items, pausedAt),
      reads,
      selected: summary,
      marks,
      onOpen: open,
      onFollow: follow,
      onPause: pause,
      onResend: isFiltered ? resend : null,
      markedActions: {
        label: keep.label,
        pin: keep.pin,
        exportThem: keep.exportThem,
        forward: keep.forward,
        remove,
        none: marks.none,
      },
    },
  };
}

const opening: Selected = { kind: "loading" };
