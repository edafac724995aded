"use client";

import { clsx } from "clsx";
import { type ReactNode, useEffect, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { Preparing } from "./preparing.tsx";
import { RowPager } from "./row-pager.tsx";
import { useKeys } from "./use-keys.ts";
import { type Reveal, useReveal } from "./use-reveal.ts";

/** Up to this many rows are simply all there: the browser's own search and select-all then find everything. */
const ALL_AT_ONCE = 100;
/** Firefox cuts elements off at 17.9 million pixels. */
const PAGE_PIXELS_MAX = 15_500_000;
/** Each newly measured row lays out all rows behind it again: about 10 ms for this many. */
const MEASURED_ROWS_MAX = 300_000;
/** Pixels; --text-wire--line-height. */
const ROW_HEIGHT = 19;

const WindowRows = later(
  () => import("./window-rows.tsx").then((module) => module.WindowRows),
  <Preparing label="Preparing the rows" />,
);

type VirtualRowsProps = {
  count: number;
  /** What the rows are, for screen readers. */
  label: string;
  /** Rows may be higher than one line and are measured. */
  measured?: boolean;
  /** What is to be brought into view. */
  reveal?: Reveal | null;
  rowHeight?: number;
  /** Rows may be wider than the window, which then scrolls sideways. */
  wide?: boolean;
  className?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: (index: number) => ReactNode;
};

/** A scrolling list that never holds more rows than its window shows. */
export function VirtualRows(props: VirtualRowsProps) {
  const [page, setPage] = useState(0);
  // A state and not a ref: the rows must be drawn again once the element is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { count, label, rowHeight = ROW_HEIGHT, reveal = null, wide = false } = props;
  const perPage = rowsPerPage(props);
  useKeys(scroller, props.onKeyDown);
  useEffect(() => {
    if (reveal) setPage(Math.floor(reveal.row / perPage));
  }, [reveal, perPage]);
  const first = Math.min(page, Math.max(Math.ceil(count / perPage) - 1, 0)) * perPage;
  const shown = Math.min(count - first, perPage);
  const turn = (next: number) => {
    scroller?.scrollTo({ top: 0 });
    setPage(next);
  };
  return (
    <>
      {count > perPage && (
        <RowPager first={first} shown={shown} count={count} page={page} onPage={turn} />
      )}
      <div
        ref={setScroller}
        role="group"
        aria-label={label}
        tabIndex={0}
        className={clsx(
          "min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2",
          props.className,
        )}
      >
        {count <= ALL_AT_ONCE ? (
          <AllRows {...props} scroller={scroller} />
        ) : (
          <WindowRows
            key={first}
            {...{ first, shown, scroller, wide }}
            measured={props.measured ?? false}
            rowHeight={rowHeight}
            reveal={reveal}
            row={props.children}
          />
        )}
      </div>
    </>
  );
}

function rowsPerPage({ measured = false, rowHeight = ROW_HEIGHT }: VirtualRowsProps): number {
  const fitting = Math.floor(PAGE_PIXELS_MAX / rowHeight / 1000) * 1000;
  return measured ? Math.min(fitting, MEASURED_ROWS_MAX) : fitting;
}

const rowWidth = (wide = false) => (wide ? "w-max min-w-full" : "w-full");

type Scrolled = VirtualRowsProps & { scroller: HTMLDivElement | null };

function AllRows({ count, children, reveal = null, wide, scroller }: Scrolled) {
  useReveal(reveal, scroller, null);
  return (
    <div className={rowWidth(wide)}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} data-row={index}>
          {children(index)}
        </div>
      ))}
    </div>
  );
}
