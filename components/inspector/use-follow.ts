"use client";

import { useEffect, useRef } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** Opening a request reads it from the server: under a flood not each of them. */
const EVERY_MS = 500;

/** Opens the newest one as it comes. */
export function useFollow(
  isOn: boolean,
  newest: RequestSummary | undefined,
  open: (request: RequestSummary) => void,
): void {
  const openedAt = useRef(0);
  useEffect(() => {
    if (!isOn || !newest) return;
    const wait = Math.max(0, openedAt.current + EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      openedAt.current = Date.now();
      open(newest);
    }, wait);
    return () => clearTimeout(timer);
  }, [isOn, newest, open]);
}
