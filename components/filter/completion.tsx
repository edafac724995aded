"use client";

import {
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { complete } from "#lib/search/completions.ts";
import { planCompletion } from "#lib/search/plan-completion.ts";
import { CompletionOption } from "./completion-option.tsx";
import { type Option, optionsFor } from "./completion-options.ts";
import { useSavedFilters } from "./use-saved-filters.ts";
import { useSuggestions } from "./use-suggestions.ts";

/** What the field says of its list to those who can't see it; null: it is closed. */
export type ShownList = { listId: string; activeId: string | undefined } | null;

export type CompletionProps = {
  bin: Bin;
  api: ApiClient;
  lastSeq: number;
  query: string;
  /** Where the cursor is; null while the focus is elsewhere. */
  cursor: number | null;
  fieldRef: RefObject<HTMLInputElement | null>;
  /** Gets the field's keys first; true: it has done something with this one. */
  keysRef: RefObject<((event: { key: string; altKey: boolean }) => boolean) | null>;
  onShown: (shown: ShownList) => void;
  onQuery: (query: string) => void;
};

/** Below the search field: what may stand where the cursor is, by what the bin holds. The field keeps the focus. */
export function Completion(props: CompletionProps) {
  const { bin, api, lastSeq, query, cursor, fieldRef, keysRef, onShown, onQuery } = props;
  const listId = useId();
  const places = useSuggestions(bin.id, api, lastSeq, cursor !== null);
  const { filters } = useSavedFilters(bin, api);
  /** The query for which the list was put away, or asked for. */
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [active, setActive] = useState<number | null>(null);

  const plan = useMemo(
    () => (cursor === null ? null : planCompletion(query, cursor)),
    [query, cursor],
  );
  const options = useMemo(
    () => optionsFor(query, plan, places, filters, askedFor === query),
    [query, plan, places, filters, askedFor],
  );
  const isOpen = closedFor !== query && options.length > 0;
  const current = active !== null && active < options.length ? active : null;
  const idOf = (at: number) => `${listId}${at}`;
  const activeId = isOpen && current !== null ? idOf(current) : undefined;
  useEffect(() => setActive(null), [query]);
  const isAway = cursor === null;
  useEffect(() => {
    if (isAway) setClosedFor(null);
  }, [isAway]);
  useEffect(
    () => onShown(isOpen ? { listId, activeId } : null),
    [isOpen, listId, activeId, onShown],
  );

  const cursorAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    const at = cursorAfter.current;
    cursorAfter.current = null;
    if (at !== null) fieldRef.current?.setSelectionRange(at, at);
  }, [query, fieldRef]);

  function take({ completion, query: whole }: Option): void {
    const taken = whole ?? (plan && completion && complete(query, plan, completion));
    if (!taken) return;
    const next = typeof taken === "string" ? taken : taken.text;
    cursorAfter.current = typeof taken === "string" ? taken.length : taken.cursor;
    if (whole || completion?.isWhole) setClosedFor(next);
    onQuery(next);
    fieldRef.current?.focus();
  }

  function step(by: number): void {
    const count = options.length;
    setActive(current === null ? (by > 0 ? 0 : count - 1) : (current + by + count) % count);
  }

  function onKey({ key, altKey }: { key: string; altKey: boolean }): boolean {
    if (key === "ArrowDown" && (altKey || isOpen)) {
      if (isOpen) step(1);
      setClosedFor(null);
      setAskedFor(query);
      return true;
    }
    // What the field empties now is not filled again with ways to go on: the next one leaves it.
    if (key === "Escape" && !isOpen) setClosedFor("");
    if (!isOpen) return false;
    const isTyped = plan?.typed !== "";
    const chosen = options[current ?? (key === "Tab" && isTyped ? 0 : -1)];
    if (key === "ArrowUp") step(-1);
    else if (key === "Escape") setClosedFor(query);
    else if ((key === "Enter" || key === "Tab") && chosen) take(chosen);
    else return false;
    return true;
  }
  useLayoutEffect(() => {
    keysRef.current = onKey;
    return () => {
      keysRef.current = null;
    };
  });

  return (
    <>
      <span role="status" className="sr-only">
        {isOpen && `${options.length} ${options.length === 1 ? "way" : "ways"} to go on`}
      </span>
      {isOpen && (
        <div
          id={listId}
          role="listbox"
          tabIndex={-1}
          aria-label="Ways to go on"
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute inset-x-0 top-full z-20 max-h-[min(23rem,45dvh)] overflow-y-auto overscroll-contain border-y border-line-strong bg-raised p-1 shadow-pop"
        >
          {options.map((option, at) => (
            <CompletionOption
              key={option.key}
              id={idOf(at)}
              option={option}
              isCurrent={at === current}
              onTake={() => take(option)}
            />
          ))}
        </div>
      )}
    </>
  );
}
