"use client";

import { useEffect, useRef } from "react";

/** Keys for an element while it has the focus itself, and nothing within it. */
export function useKeys(
  element: HTMLElement | null,
  onKey: ((event: KeyboardEvent) => void) | undefined,
): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    if (!element) return;
    const listen = (event: KeyboardEvent) => {
      if (event.target === element) latest.current?.(event);
    };
    element.addEventListener("keydown", listen);
    return () => element.removeEventListener("keydown", listen);
  }, [element]);
}
