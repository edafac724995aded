"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { copyText } from "./copy-text.ts";

export type CopyState = "idle" | "copied" | "failed";

const SHOWN_MS = 1600;

/** Copies, and says for a moment what became of it. */
export function useCopy(): [CopyState, (text: string) => void] {
  const [state, setState] = useState<CopyState>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback((text: string) => {
    clearTimeout(timer.current);
    void copyText(text).then((done) => {
      setState(done ? "copied" : "failed");
      timer.current = setTimeout(() => setState("idle"), SHOWN_MS);
    });
  }, []);
  return [state, copy];
}

export const copyWords: Record<CopyState, string> = {
  idle: "",
  copied: "Copied",
  failed: "The browser refused to copy: select the text and copy it by hand",
};
