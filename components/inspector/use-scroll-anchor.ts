"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

/**
 * Keeps the rows under the reader's eyes where they are while rows come and go above them. At the very top nothing is
 * held: there new rows push the others down.
 */
export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  items: readonly RequestSummary[],
  rowHeight: number,
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const element = scroller.current;
    const old = before.current;
    before.current = items;
    if (!element || old === items || element.scrollTop < 1) return;
    const index = Math.floor(element.scrollTop / rowHeight);
    const seq = old[index]?.seq;
    if (seq === undefined) return;
    // Newest first: the first one that is not newer. It is the same row, or what took its place.
    const found = items.findIndex((item) => item.seq <= seq);
    if (found >= 0 && found !== index) element.scrollTop += (found - index) * rowHeight;
  }, [scroller, items, rowHeight]);
}
