import { type RefObject, useCallback, useEffect, useRef } from "react";

type Place = RefObject<HTMLElement | null>;

/** What has the focus in the pane goes with the request that is shown there; the pane itself stays. */
export function useHoldFocus(pane: Place): () => void {
  return useCallback(() => {
    const held = pane.current;
    if (held?.contains(document.activeElement)) held.focus({ preventScroll: true });
  }, [pane]);
}

type PageFocus = {
  list: Place;
  pane: Place;
  isEmpty: boolean;
  /** The pane lies above the list. */
  isCovering: boolean;
};

/** Moves the focus to where a person goes on when what had it goes away, or is covered. */
export function usePageFocus({ list, pane, isEmpty, isCovering }: PageFocus): void {
  // The list goes with its last request, and the focus that it had.
  const wasEmpty = useRef(isEmpty);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isEmpty && !wasEmpty.current && isLost) pane.current?.focus({ preventScroll: true });
    wasEmpty.current = isEmpty;
  }, [isEmpty, pane]);

  const wasCovering = useRef(false);
  useEffect(() => {
    if (isCovering) pane.current?.focus();
    // Only now: beneath the request the list took no focus.
    else if (wasCovering.current) list.current?.focus();
    wasCovering.current = isCovering;
  }, [isCovering, pane, list]);
}
