"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Reveal, useReveal } from "./use-reveal.ts";

type WindowRowsProps = {
  /** The first row, and how many there are from it on. */
  first: number;
  shown: number;
  scroller: HTMLElement | null;
  rowHeight: number;
  measured: boolean;
  wide: boolean;
  reveal: Reveal | null;
  row: (index: number) => ReactNode;
};

/** The rows that the scroller's window shows, and a few around. */
export function WindowRows(props: WindowRowsProps) {
  const { first, shown, scroller, rowHeight, measured, wide, reveal, row } = props;
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const isHere = reveal !== null && reveal.row >= first && reveal.row < first + shown;
  useReveal(isHere ? reveal : null, scroller, (index) =>
    rows.scrollToIndex(index - first, { align: "center" }),
  );
  return (
    <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((item) => (
        <div
          key={item.key}
          data-index={item.index}
          data-row={first + item.index}
          ref={measured ? rows.measureElement : undefined}
          className={clsx(
            "pointer-events-none absolute top-0 left-0 *:pointer-events-auto",
            wide ? "w-max min-w-full" : "w-full",
          )}
          style={{ transform: `translateY(${item.start}px)` }}
        >
          {row(first + item.index)}
        </div>
      ))}
    </div>
  );
}
