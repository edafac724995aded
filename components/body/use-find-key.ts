"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Ctrl+F or Cmd+F for a view that is on the screen, while the focus is in its pane or nowhere: the browser's own search
 * finds only the rows that are drawn.
 */
export function useFindKey(
  view: RefObject<HTMLElement | null>,
  isEnabled: boolean,
  open: () => void,
): void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    if (!isEnabled) return;
    function onKey(event: KeyboardEvent) {
      const isFind = event.key === "f" && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!isFind || event.shiftKey || event.defaultPrevented) return;
      const element = view.current;
      if (!element?.checkVisibility() || !isNear(event.target, element)) return;
      event.preventDefault();
      latest.current();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [view, isEnabled]);
}

function isNear(target: EventTarget | null, view: HTMLElement): boolean {
  if (target === document.body) return true;
  const pane = view.closest("article") ?? view;
  return target instanceof Node && pane.contains(target);
}
