"use client";

import { type RefObject, useEffect, useState } from "react";

/** Rows drawn beyond the edges. */
const BEYOND = 12;

/**
 * The rows in sight of a list whose rows are all of one height: from `start` up to, not with, `end`. Arithmetic alone, so
 * that ten thousand rows cost what twenty do.
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowPx: number,
): { start: number; end: number } {
  const [seen, setSeen] = useState({ first: 0, rows: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / rowPx);
      const rows = Math.ceil(element.clientHeight / rowPx) + 1;
      setSeen((now) => (now.first === first && now.rows === rows ? now : { first, rows }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, rowPx]);
  const start = Math.max(0, Math.min(seen.first, count) - BEYOND);
  return { start, end: Math.min(count, seen.first + seen.rows + BEYOND) };
}
