"use client";

import { type RefObject, useLayoutEffect } from "react";

/** Kept free at the window's edges, in px. */
const EDGE_PX = 8;

type Placement = {
  anchor: () => Element | null;
  /** Where it goes when there is room for it on both sides. */
  side: "above" | "below";
  align: "start" | "center" | "end";
  gapPx: number;
};

/**
 * Shows an element with `popover="manual"` in the browser's top layer, above every dialog and outside of all that
 * scrolls, for as long as it is on the page; keeps it beside its anchor and within the window.
 */
export function usePlaced(
  popup: RefObject<HTMLElement | null>,
  { anchor, side, align, gapPx }: Placement,
): void {
  useLayoutEffect(() => {
    const element = popup.current;
    const at = anchor();
    if (!element || !at) return;
    const place = () => Object.assign(element.style, placeAt(at, element, { side, align, gapPx }));
    element.showPopover();
    place();
    document.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    return () => {
      document.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
    };
  }, [popup, anchor, side, align, gapPx]);
}

function placeAt(
  anchor: Element,
  popup: HTMLElement,
  { side, align, gapPx }: Omit<Placement, "anchor">,
) {
  const { clientWidth, clientHeight } = document.documentElement;
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { offsetWidth: width, scrollHeight: height } = popup;
  const room = { above: top - gapPx - EDGE_PX, below: clientHeight - bottom - gapPx - EDGE_PX };
  const other = side === "above" ? "below" : "above";
  const chosen = height > room[side] && room[other] > room[side] ? other : side;
  const wished = { start: left, center: (left + right - width) / 2, end: right - width }[align];
  const x = Math.max(EDGE_PX, Math.min(wished, clientWidth - width - EDGE_PX));
  return {
    left: `${x}px`,
    top: chosen === "below" ? `${bottom + gapPx}px` : "auto",
    bottom: chosen === "above" ? `${clientHeight - top + gapPx}px` : "auto",
    maxHeight: `${Math.max(room[chosen], 0)}px`,
  };
}
