"use client";

import { useSearchParams } from "next/navigation";
import { createContext, useCallback, useMemo, useRef } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

const PARAMETER = "compare";
/** Between the two ids. */
const AND = "..";

/** Two requests by their ids: the one that is taken as the earlier, and the other. */
export type ComparedPair = { before: string; after: string };

export type Comparing = {
  pair: ComparedPair | null;
  open: (before: string, after: string) => void;
  swap: () => void;
  close: () => void;
};

/** For what is deep within the page. Null where two can't be compared, such as without a list beside it. */
export const CompareContext = createContext<CompareActions | null>(null);

export type CompareActions = {
  open: (before: string, after: string) => void;
  /** Chooses it as one of two; the other one is chosen in the list. */
  choose: (request: RequestSummary) => void;
};

/** The two that are compared live in the address, so that they can be linked, and Back closes them. */
export function useComparing(): Comparing {
  const value = useSearchParams().get(PARAMETER);
  const pair = useMemo(() => readPair(value), [value]);
  const pushed = useRef(false);

  const open = useCallback((before: string, after: string) => {
    if (readPair(new URLSearchParams(location.search).get(PARAMETER))) {
      history.replaceState(null, "", addressOf(before, after));
      return;
    }
    pushed.current = true;
    history.pushState(null, "", addressOf(before, after));
  }, []);
  const close = useCallback(() => {
    if (pushed.current) history.back();
    else history.replaceState(null, "", location.pathname);
    pushed.current = false;
  }, []);
  const swap = useCallback(() => {
    if (pair) history.replaceState(null, "", addressOf(pair.after, pair.before));
  }, [pair]);

  return useMemo(() => ({ pair, open, swap, close }), [pair, open, swap, close]);
}

const addressOf = (before: string, after: string) =>
  `?${PARAMETER}=${encodeURIComponent(before)}${AND}${encodeURIComponent(after)}`;

function readPair(value: string | null): ComparedPair | null {
  const [before, after, ...more] = value?.split(AND) ?? [];
  return before && after && more.length === 0 ? { before, after } : null;
}

/** Two requests, the earlier one first. */
export function inOrder(requests: readonly RequestSummary[]): ComparedPair | null {
  const [before, after, ...more] = requests.toSorted((a, b) => a.seq - b.seq);
  return before && after && more.length === 0 ? { before: before.id, after: after.id } : null;
}
