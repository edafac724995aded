"use client";

import { type MouseEvent, useRef } from "react";

const PRESS_MS = 450;

/** Handlers for a row: a finger that rests on it is a long press, and then no click. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isDone = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  return {
    onTouchStart: () => {
      isDone.current = false;
      cancel();
      timer.current = setTimeout(() => {
        isDone.current = true;
        onLongPress();
      }, PRESS_MS);
    },
    onTouchMove: cancel,
    onTouchEnd: cancel,
    onTouchCancel: cancel,
    onClickCapture: (event: MouseEvent) => {
      if (!isDone.current) return;
      isDone.current = false;
      event.stopPropagation();
    },
  };
}
