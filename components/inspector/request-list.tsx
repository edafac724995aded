"use client";

import { ArrowUp } from "lucide-react";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useRelays } from "#components/relay/relay-context.ts";
import { waitsFor } from "#components/relay/relay-words.ts";
import { useMedia, WIDE } from "#components/ui/use-media.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { OlderRow } from "./older-row.tsx";
import { type Reads, isUnread } from "./reads.ts";
import { RequestRow, rowId } from "./request-row.tsx";
import { countAbove } from "./shown.ts";
import { useScrollAnchor } from "./use-scroll-anchor.ts";
import { useWindow } from "./use-window.ts";

const ROW_PX = { wide: 46, narrow: 56 };
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30;

/** Later a row that is drawn is only scrolled into sight, not new. */
const FRESH_MS = 400;

export type Listed = {
  items: readonly RequestSummary[];
  /** There are more behind the last one. */
  hasMore: boolean;
  older: "idle" | "reading" | "failed";
  onOlder: () => void;
};

type RequestListProps = {
  listed: Listed;
  selected: RequestSummary | null;
  reads: Reads;
  /** Chosen for an action on several, by their seq. */
  marked: ReadonlySet<number>;
  listRef: RefObject<HTMLDivElement | null>;
  onOpen: (request: RequestSummary) => void;
  /** `isRange`: all between the last one and this one. */
  onMark: (request: RequestSummary, isRange: boolean) => void;
};

/** All requests, newest first; only the rows in sight are on the page. */
export function RequestList(props: RequestListProps) {
  const { listed, selected, reads, marked, listRef, onOpen, onMark } = props;
  const { items, hasMore, older, onOlder } = listed;
  const rowPx = useMedia(WIDE) ? ROW_PX.wide : ROW_PX.narrow;
  const top = items[0]?.seq ?? 0;
  const [seenSeq, setSeenSeq] = useState(top);
  const freshAbove = useFreshness(top);
  const relays = useRelays();
  useScrollAnchor(listRef, items, rowPx);
  const { start, end } = useWindow(listRef, items.length, rowPx);

  useEffect(() => {
    if (hasMore && older === "idle" && end >= items.length - AHEAD) onOlder();
    // Not their number alone: a read that was given up for another one has left it as it was.
  }, [hasMore, older, end, items, onOlder]);

  const index = selected ? countAbove(items, selected.seq) : -1;
  const isListed = index >= 0 && items[index]?.seq === selected?.seq;
  const shownSeq = useRef<number | null>(null);
  useEffect(() => {
    // Only when another one is selected: rows that come in must not drag a reader back to it.
    if (!isListed || !selected || shownSeq.current === selected.seq) return;
    shownSeq.current = selected.seq;
    if (listRef.current) scrollIntoSight(listRef.current, index * rowPx, rowPx);
  }, [listRef, index, isListed, selected, rowPx]);

  // Before it is painted, else what comes in would be counted as unseen for a moment.
  useLayoutEffect(() => {
    if ((listRef.current?.scrollTop ?? 0) < rowPx) setSeenSeq(top);
  }, [top, listRef, rowPx]);

  const unseenCount = countAbove(items, seenSeq);
  const isDrawn = isListed && index >= start && index < end;
  return (
    // The ring of the focus lies over the rows, whose own colours would hide it
    <div className="relative min-h-0 flex-1 has-[>[role=listbox]:focus-visible]:after:pointer-events-none has-[>[role=listbox]:focus-visible]:after:absolute has-[>[role=listbox]:focus-visible]:after:inset-0 has-[>[role=listbox]:focus-visible]:after:border-2 has-[>[role=listbox]:focus-visible]:after:border-accent">
      <div
        ref={listRef}
        role="listbox"
        tabIndex={0}
        aria-label="Requests, newest first"
        aria-activedescendant={selected && isDrawn ? rowId(selected) : undefined}
        onScroll={(event) => event.currentTarget.scrollTop < rowPx && setSeenSeq(top)}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:outline-none"
      >
        <div
          role="presentation"
          className="relative"
          style={{ height: items.length * rowPx + (hasMore ? OLDER_PX : 0) }}
        >
          {items.slice(start, end).map((request, at) => (
            <RequestRow
              key={request.seq}
              request={request}
              selected={request.seq === selected?.seq}
              mark={marked.size === 0 ? "off" : marked.has(request.seq) ? "yes" : "no"}
              isUnread={isUnread(reads, request.seq)}
              fresh={request.seq > freshAbove}
              waitsFor={waitsFor(relays, request.seq)}
              top={(start + at) * rowPx}
              height={rowPx}
              position={start + at + 1}
              count={hasMore ? -1 : items.length}
              onOpen={onOpen}
              onMark={onMark}
            />
          ))}
          {hasMore && end === items.length && (
            <OlderRow top={items.length * rowPx} state={older} onRetry={onOlder} />
          )}
        </div>
      </div>
      {unseenCount > 0 && (
        <button
          type="button"
          onClick={() => {
            listRef.current?.scrollTo({ top: 0 });
            listRef.current?.focus();
          }}
          className="touch-target absolute top-2 left-1/2 flex h-7 -translate-x-1/2 cursor-pointer items-center gap-1 rounded-full bg-accent px-3 text-xs font-medium text-on-accent shadow-pop hover:bg-accent-strong"
        >
          {unseenCount} new
          <ArrowUp size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}

const OLDER_PX = 44;

function scrollIntoSight(list: HTMLElement, top: number, height: number): void {
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + height > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + height - list.clientHeight;
  }
}

/** The seq above which rows have come in just now. */
function useFreshness(top: number): number {
  const [above, setAbove] = useState(top);
  useEffect(() => {
    setTimeout(() => setAbove((now) => Math.max(now, top)), FRESH_MS);
  }, [top]);
  return above;
}
