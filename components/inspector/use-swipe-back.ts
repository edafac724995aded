"use client";

import { type TouchEvent, useRef } from "react";

const FAR_PX = 72;

/** Handlers: a finger that draws from left to right leads back, unless it draws over something that scrolls sideways. */
export function useSwipeBack(onBack: (() => void) | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      const isFree = event.touches.length === 1 && !scrollsBack(event.target, event.currentTarget);
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

function scrollsBack(target: EventTarget, within: Element): boolean {
  let element = target instanceof Element ? target : null;
  while (element && element !== within) {
    if (element.scrollLeft > 0) return true;
    element = element.parentElement;
  }
  return false;
}
