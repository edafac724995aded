"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { WIDE, useMedia } from "#components/ui/use-media.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { Feed } from "./feed.ts";
import { OlderRow } from "./older-row.tsx";
import { RequestRow, rowId } from "./request-row.tsx";
import { useScrollAnchor } from "./use-scroll-anchor.ts";

const ROW_PX = { wide: 46, narrow: 56 };
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30;

/** Later a row that is drawn is only scrolled into sight, not new. */
const FRESH_MS = 400;

type RequestListProps = {
  feed: Feed;
  selected: RequestSummary | null;
  older: "idle" | "reading" | "failed";
  listRef: RefObject<HTMLDivElement | null>;
  onOpen: (request: RequestSummary) => void;
  onOlder: () => void;
};

/** All requests, newest first; only the rows in sight are on the page. */
export function RequestList({ feed, selected, older, listRef, onOpen, onOlder }: RequestListProps) {
  const { items, next } = feed;
  const rowPx = useMedia(WIDE) ? ROW_PX.wide : ROW_PX.narrow;
  const [seenSeq, setSeenSeq] = useState(() => items[0]?.seq ?? 0);
  const freshAbove = useFreshness(items[0]?.seq ?? 0);
  useScrollAnchor(listRef, items, rowPx);
  const virtual = useVirtualizer({
    count: items.length + (next ? 1 : 0),
    getScrollElement: () => listRef.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => items[index]?.seq ?? "older",
    overscan: 12,
  });
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;

  useEffect(() => virtual.measure(), [virtual, rowPx]);

  useEffect(() => {
    if (next && older === "idle" && lastShown >= items.length - AHEAD) onOlder();
  }, [next, older, lastShown, items.length, onOlder]);

  const index = selected ? items.findIndex((item) => item.seq === selected.seq) : -1;
  const shownSeq = useRef<number | null>(null);
  useEffect(() => {
    // Only when another one is selected: rows that come in must not drag a reader back to it.
    if (index < 0 || shownSeq.current === selected?.seq) return;
    shownSeq.current = selected?.seq ?? null;
    virtual.scrollToIndex(index, { align: "auto" });
  }, [virtual, index, selected]);

  const top = items[0]?.seq ?? 0;
  const unseen = items.findIndex((item) => item.seq <= seenSeq);
  const unseenCount = unseen < 0 ? items.length : unseen;

  useEffect(() => {
    if ((listRef.current?.scrollTop ?? 0) < rowPx) setSeenSeq(top);
  }, [top, listRef, rowPx]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={listRef}
        role="listbox"
        tabIndex={0}
        aria-label="Requests, newest first"
        aria-activedescendant={
          selected && rows.some((row) => row.index === index) ? rowId(selected) : undefined
        }
        onScroll={(event) => event.currentTarget.scrollTop < rowPx && setSeenSeq(top)}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => {
            const request = items[row.index];
            if (!request)
              return <OlderRow key="older" top={row.start} state={older} onRetry={onOlder} />;
            return (
              <RequestRow
                key={request.seq}
                request={request}
                selected={row.index === index}
                fresh={request.seq > freshAbove}
                top={row.start}
                height={row.size}
                position={row.index + 1}
                count={next ? -1 : items.length}
                onOpen={onOpen}
              />
            );
          })}
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

/** The seq above which rows have come in just now. */
function useFreshness(top: number): number {
  const [above, setAbove] = useState(top);
  useEffect(() => {
    setTimeout(() => setAbove((now) => Math.max(now, top)), FRESH_MS);
  }, [top]);
  return above;
}
