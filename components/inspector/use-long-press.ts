"use client";

import { type MouseEvent, type PointerEvent, useRef } from "react";

const PRESS_MS = 450;
/** A finger that rests trembles by less. */
const SLOP_PX = 10;

/** What a finger does on a row: resting on it is a long press, and then no click. `isByTouch`: so is the click of now. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const isTouch = useRef(false);
  const isDone = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  const press = {
    onPointerDown: (event: PointerEvent) => {
      isTouch.current = event.pointerType === "touch";
      isDone.current = false;
      cancel();
      if (!isTouch.current || !event.isPrimary) return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => {
        isDone.current = true;
        onLongPress();
      }, PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = from.current;
      if (Math.hypot(clientX - x, clientY - y) > SLOP_PX) cancel();
    },
    onPointerUp: cancel,
    // The list scrolls
    onPointerCancel: cancel,
    onContextMenu: (event: MouseEvent) => {
      if (isTouch.current) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      if (!isDone.current) return;
      isDone.current = false;
      event.stopPropagation();
    },
  };
  return { press, isByTouch: () => isTouch.current };
}
