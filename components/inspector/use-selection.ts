"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useRef } from "react";

export type Selection = {
  id: string | null;
  /** `quietly` does not add a step to the history: for choices that no person made. */
  select: (id: string, how?: "quietly") => void;
  close: () => void;
};

/** The selected request lives in the address, so that it can be linked, and Back closes it. */
export function useSelection(): Selection {
  const id = useSearchParams().get("request");
  const pushed = useRef(false);

  const select = useCallback((next: string, how?: "quietly") => {
    const url = `?request=${encodeURIComponent(next)}`;
    const open = new URLSearchParams(location.search).has("request");
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
