"use client";

import { type TouchEvent, useRef } from "react";

const FAR_PX = 72;

/**
 * Handlers for all of the page, since what slides in is not yet under the finger: one that draws from left to right leads
 * back, unless it draws over something that scrolls sideways or over what lies above the page.
 */
export function useSwipeBack(onBack: (() => void) | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      const isFree = event.touches.length === 1 && isOpenWay(event.target, event.currentTarget);
      start.current = touch && isFree ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!touch || !from || !onBack) return;
      const right = touch.clientX - from.x;
      const down = Math.abs(touch.clientY - from.y);
      if (right > FAR_PX && right > 2 * down && getSelection()?.isCollapsed !== false) onBack();
    },
  };
}

function isOpenWay(target: EventTarget, page: Element): boolean {
  let element = target instanceof Element ? target : null;
  while (element && element !== page) {
    if (element.scrollLeft > 0 || element.matches("dialog, [popover]")) return false;
    element = element.parentElement;
  }
  return element === page;
}
