"use client";

import { useCallback, useEffect, useState } from "react";
import type { Found } from "./find.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "./use-prepared.ts";

const TYPING_MS = 120;

/** Must keep its identity while what is searched is the same. */
export type Search = (query: string, work: Work) => Promise<Found | null>;

export type Find = {
  query: string;
  setQuery: (query: string) => void;
  /** Null while it is being searched, and while nothing is asked for. */
  found: Found | null;
  /** The index of the place that is looked at. */
  current: number;
  /** To the next place, or by -1 to the one before; around the end. */
  step: (by: 1 | -1) => void;
};

/** Finds as one types, and steps through what was found. */
export function useFind(search: Search, isOpen: boolean): Find {
  const [query, setQuery] = useState("");
  const [settled, setSettled] = useState("");
  const [place, setPlace] = useState<{ of: Found; index: number } | null>(null);
  const asked = isOpen ? query : "";
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), TYPING_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const work = useCallback((slices: Work) => search(settled, slices), [search, settled]);
  const prepared = usePrepared(work);
  const found = asked !== "" && settled === asked ? prepared : null;
  const current = place && place.of === found ? place.index : 0;
  const step = (by: 1 | -1) => {
    const count = found?.offsets.length ?? 0;
    if (found && count > 0) setPlace({ of: found, index: (current + by + count) % count });
  };
  return { query, setQuery, found, current, step };
}
