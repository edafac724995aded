"use client";

import { type RefCallback, useCallback, useRef } from "react";

export type TargetField = { attach: RefCallback<HTMLElement>; focus: () => void };

/**
 * Where a forward begins: the field of its target, or the button that sends it where there is none. Can be asked for
 * before its tab is drawn or its request is loaded.
 */
export function useTargetField(): TargetField {
  const field = useRef<HTMLElement>(null);
  const isAwaited = useRef(false);
  const attach = useCallback((element: HTMLElement | null) => {
    field.current = element;
    if (!element || !isAwaited.current) return;
    isAwaited.current = false;
    enter(element);
  }, []);
  const focus = useCallback(() => {
    // A field in a tab that is still hidden can't take the focus: it is shown with the next frame.
    requestAnimationFrame(() => {
      if (field.current) enter(field.current);
      else isAwaited.current = true;
    });
  }, []);
  return { attach, focus };
}

function enter(element: HTMLElement): void {
  if (element instanceof HTMLInputElement) element.select();
  else element.focus();
}
