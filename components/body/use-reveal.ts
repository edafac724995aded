"use client";

import { useEffect, useRef } from "react";

/** A row to be brought into view, once for each such object. */
export type Reveal = { row: number; of: object };

/** Frames until a row that was scrolled to is drawn and measured. */
const FRAMES_MAX = 8;

/**
 * Brings a row into view, and within it the place that is marked as the current one. Nothing moves when it is in view
 * already. `scrollTo` brings rows near that are not drawn yet.
 */
export function useReveal(
  reveal: Reveal | null,
  scroller: HTMLElement | null,
  scrollTo: ((row: number) => void) | null,
): void {
  const latest = useRef(scrollTo);
  useEffect(() => {
    latest.current = scrollTo;
  });
  useEffect(() => {
    if (!reveal || !scroller) return;
    let frame = 0;
    const rowElement = () => scroller.querySelector(`[data-row="${reveal.row}"]`);
    if (!isWithin(rowElement(), scroller)) latest.current?.(reveal.row);
    const settle = (left: number) => {
      const row = rowElement();
      const place = row?.querySelector("[data-current]") ?? row;
      if (place && !isWithin(place, scroller)) {
        place.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
      if (left > 0) frame = requestAnimationFrame(() => settle(left - 1));
    };
    frame = requestAnimationFrame(() => settle(FRAMES_MAX));
    return () => cancelAnimationFrame(frame);
  }, [reveal, scroller]);
}

function isWithin(element: Element | null, frame: Element): boolean {
  if (!element) return false;
  const inner = element.getBoundingClientRect();
  const outer = frame.getBoundingClientRect();
  return (
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom &&
    (inner.left >= outer.left || inner.width > outer.width) &&
    (inner.right <= outer.right || inner.width > outer.width)
  );
}
