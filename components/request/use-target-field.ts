"use client";

import { type RefCallback, useCallback, useRef } from "react";

export type TargetField = { attach: RefCallback<HTMLInputElement>; focus: () => void };

/** The forwards' target field, which can be asked for before its tab is drawn or its request is loaded. */
export function useTargetField(): TargetField {
  const field = useRef<HTMLInputElement>(null);
  const isAwaited = useRef(false);
  const attach = useCallback((element: HTMLInputElement | null) => {
    field.current = element;
    if (!element || !isAwaited.current) return;
    isAwaited.current = false;
    element.select();
  }, []);
  const focus = useCallback(() => {
    // A field in a tab that is still hidden can't take the focus: it is shown with the next frame.
    requestAnimationFrame(() => {
      if (field.current) field.current.select();
      else isAwaited.current = true;
    });
  }, []);
  return { attach, focus };
}
