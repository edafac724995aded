"use client";

import { useEffect, useRef } from "react";

export type ListKeys = {
  /** By so many rows; positive is down. */
  move: (rows: number) => void;
  toStart: () => void;
  toEnd: () => void;
  enter: () => void;
  escape: () => void;
};

/** j and k work wherever the focus is; the others only in the list, since the request has its own use for them. */
export function useListKeys(list: () => HTMLElement | null, keys: ListKeys): void {
  const latest = useRef({ list, keys });
  latest.current = { list, keys };
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!(event.target instanceof Element) || event.target.closest(BUSY)) return;
      const inList =
        latest.current.list()?.contains(event.target) || event.target === document.body;
      if (act(event.key, inList, latest.current.keys)) event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Where keys mean something else: fields, and whatever floats above the page. */
const BUSY = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";
const PAGE_ROWS = 10;

function act(key: string, inList: boolean, keys: ListKeys): boolean {
  if (key === "j") keys.move(1);
  else if (key === "k") keys.move(-1);
  else if (key === "Escape") keys.escape();
  else if (!inList) return false;
  else if (key === "ArrowDown") keys.move(1);
  else if (key === "ArrowUp") keys.move(-1);
  else if (key === "PageDown") keys.move(PAGE_ROWS);
  else if (key === "PageUp") keys.move(-PAGE_ROWS);
  else if (key === "Home") keys.toStart();
  else if (key === "End") keys.toEnd();
  else if (key === "Enter") keys.enter();
  else return false;
  return true;
}
