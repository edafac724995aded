"use client";

import { use, useMemo } from "react";
import {
  BodyReadingContext,
  type ShownValue,
  ValueFilterContext,
} from "#components/filter/value-filter.ts";
import type { Lines } from "#lib/body/lines.ts";

/** A search looks for values in so much of a body (docs/search.md). */
const SEARCHED_BYTES = 1024 * 1024;

/**
 * What can be done with a line's value, where the lines are a body whose values a search looks at; else null. Not every
 * line has a value that a filter leads to.
 */
export function useLineFilter(lines: Lines): FilterLine | null {
  const open = use(ValueFilterContext);
  const isSearched = use(BodyReadingContext) === "json";
  return useMemo(() => {
    if (!open || !isSearched || !lines.place) return null;
    return {
      leadsFrom: (line) => shownValue(lines, line) !== null,
      open: (line, anchor) => {
        const value = shownValue(lines, line);
        if (value) open(anchor, value);
      },
    };
  }, [open, isSearched, lines]);
}

export type FilterLine = {
  leadsFrom: (line: number) => boolean;
  open: (line: number, anchor: HTMLElement) => void;
};

function shownValue({ text, place }: Lines, line: number): ShownValue | null {
  const seen = place?.seen(line);
  if (!place || !seen || seen.path.length === 0) return null;
  if (new TextEncoder().encode(text.slice(0, seen.end)).length > SEARCHED_BYTES) return null;
  return { seen: { field: "body", ...seen }, text: place.value(line) };
}
