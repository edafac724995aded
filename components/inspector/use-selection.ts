"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useRef } from "react";

export type Selection = {
  id: string | null;
  /** `quietly` does not add a step to the history: for choices that no person made. */
  select: (id: string, how?: "quietly") => void;
  close: () => void;
};

const PARAMETER = "request";

/** As the address has it now; the page may not be drawn with it yet. */
export function openedId(): string | null {
  return new URLSearchParams(location.search).get(PARAMETER);
}

/** The selected request lives in the address, so that it can be linked, and Back closes it. */
export function useSelection(): Selection {
  const id = useSearchParams().get(PARAMETER);
  const pushed = useRef(false);

  const select = useCallback((next: string, how?: "quietly") => {
    const url = `?${PARAMETER}=${encodeURIComponent(next)}`;
    const open = openedId() !== null;
    if (open || how === "quietly") history.replaceState(null, "", url);
    else {
      pushed.current = true;
      history.pushState(null, "", url);
    }
  }, []);

  const close = useCallback(() => {
    if (pushed.current) history.back();
    else history.replaceState(null, "", location.pathname);
    pushed.current = false;
  }, []);

  return { id, select, close };
}
