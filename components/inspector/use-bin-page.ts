"use client";

import { useRouter } from "next/navigation";
import { useCallback, useReducer, useRef } from "react";
import { useKeep } from "#components/keep/use-keep.ts";
import { noWords } from "#components/request/filter-words.ts";
import { copyText } from "#components/ui/copy-text.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinSession } from "./bin-session.ts";
import type { BinState } from "./bin-state.ts";
import { flowing, reduceFlow } from "./flow.ts";
import { countAbove } from "./shown.ts";
import { useBinCommands } from "./use-bin-commands.ts";
import { useCompareActions } from "./use-compare-actions.ts";
import { useFollow } from "./use-follow.ts";
import { useHeaderPopup } from "./use-header-popup.ts";
import { useMarks } from "./use-marks.ts";
import { useOpened } from "./use-opened.ts";
import { useReads } from "./use-reads.ts";
import { useShownList } from "./use-shown-list.ts";
import { useTakingAway } from "./use-taking-away.ts";

/** All that the page of a bin does, for its view. */
export function useBinPage(bin: Bin, state: BinState, session: BinSession, api: ApiClient) {
  const { feed } = state;
  const header = useHeaderPopup();
  const [flow, tellFlow] = useReducer(reduceFlow, flowing);
  const { pausedAt } = flow;
  const refs = {
    list: useRef<HTMLDivElement>(null),
    pane: useRef<HTMLElement>(null),
    filter: useRef<HTMLInputElement>(null),
  };
  const shown = useShownList({ bin, api, state, session, pausedAt });
  const { items, searching, removals, isFiltered, count } = shown;
  const marks = useMarks(items);
  const onChosen = useCallback((isNewest: boolean) => tellFlow({ type: "chosen", isNewest }), []);
  const opened = useOpened({
    binId: bin.id,
    api,
    feed,
    shown,
    list: refs.list,
    pane: refs.pane,
    onChosen,
  });
  const { summary, comparing, isWide, isCovering, toList } = opened;
  const { reads, readAll } = useReads(bin.id, feed.lastSeq, summary?.seq ?? null);

  /** The marked ones, else the open one. */
  function choose(): readonly RequestSummary[] {
    if (marks.requests.length > 0) return marks.requests;
    const request = opened.current();
    return request ? [request] : [];
  }
  const keep = useKeep(bin.id, api, choose);
  const { remove, undo, settle, clear, clearNow } = useTakingAway({
    binId: bin.id,
    api,
    feed,
    shown,
    opened,
    marks,
    choose,
    onAskClear: (pinned) => keep.setPopup({ kind: "clear", pinned }),
  });

  const compare = useCompareActions({
    comparing,
    marks,
    pane: refs.pane,
    isWide,
    unfollow: opened.unfollow,
    toList,
    leave: opened.leaveRequest,
  });

  function mark() {
    const request = opened.current();
    if (request) marks.mark(request, false);
  }

  const follow = () => {
    tellFlow({ type: "follow", isOn: !flow.isFollowing });
    if (!flow.isFollowing) refs.list.current?.scrollTo({ top: 0 });
  };
  const pause = () =>
    tellFlow(
      pausedAt === null ? { type: "pause", at: feed.items[0]?.seq ?? 0 } : { type: "resume" },
    );
  useFollow(flow.isFollowing, items[0], opened.openQuietly);

  const router = useRouter();
  const toPage = (name: string) => router.push(`/b/${bin.id}/${name}`);
  function resend(): void {
    const q = searching.state.query.trim();
    toPage(`resends${q && `?q=${encodeURIComponent(q)}`}`);
  }

  const isChosen = summary !== null || marks.requests.length > 0;
  useBinCommands({
    list: () => refs.list.current,
    move: opened.move,
    toStart: () => opened.move(-items.length),
    toEnd: () => opened.move(items.length),
    enter: () => refs.pane.current?.focus(),
    leave: marks.seqs.size > 0 ? marks.none : opened.leaveOpen,
    mark: summary ? mark : null,
    pin: isChosen ? keep.pin : null,
    label: isChosen ? keep.label : null,
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
    settings: () => toPage("settings"),
    shapes: () => toPage("shape"),
    destinations: () => toPage("destinations"),
    resend,
    scenarios: () => toPage("scenarios"),
  });

  /** On a phone the list is beneath the request. */
  function filterBy(query: string): void {
    searching.search.setQuery(query);
    if (isCovering) opened.leaveRequest();
  }

  return {
    filterBy,
    refs,
    header,
    isEmpty: shown.isEmpty,
    isWide,
    isCovering,
    selected: opened.selected,
    removals,
    keep,
    clearNow,
    openById: opened.openById,
    comparing,
    compare,
    remove,
    undo,
    settle,
    clear,
    leave: opened.leave,
    toList,
    /** What the list is filtered by. */
    words: isFiltered ? searching.words : noWords,
    list: {
      listed: shown.listed,
      searching,
      flow,
      count,
      held: pausedAt === null ? 0 : countAbove(feed.items, pausedAt),
      reads,
      selected: summary,
      marks,
      onOpen: opened.open,
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
