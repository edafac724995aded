"use client";

import { Search as SearchIcon, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { SearchState } from "./search.ts";

type FilterFieldProps = {
  state: SearchState;
  fieldRef: RefObject<HTMLInputElement | null>;
  onChange: (query: string) => void;
  /** To the list, with the filter as it is. */
  onLeave: () => void;
};

/** A query of the matching language (docs/search.md). Escape empties the field, then leaves it. */
export function FilterField({ state, fieldRef, onChange, onLeave }: FilterFieldProps) {
  const { query, problem } = state;
  const mistake = problem?.code === "invalid_query" ? problem.message : null;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && query !== "") onChange("");
    else if (["Escape", "Enter", "ArrowDown"].includes(event.key)) onLeave();
    else return;
    event.preventDefault();
  }

  return (
    <search className="shrink-0 border-b border-line">
      <div className="relative flex h-10 items-center has-[input:focus-visible]:shadow-[inset_0_-2px_0_var(--color-accent)] max-md:h-12">
        <SearchIcon
          size={14}
          aria-hidden
          className="pointer-events-none absolute left-4 text-faint max-md:left-3"
        />
        <input
          ref={fieldRef}
          aria-label="Filter requests"
          aria-invalid={mistake !== null}
          aria-describedby={mistake ? "filter-mistake" : undefined}
          value={query}
          maxLength={1000}
          placeholder="Filter: words, status>=400, body.id:5"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          className="wire h-full min-w-0 flex-1 bg-transparent pr-2 pl-10 placeholder:font-sans placeholder:text-faint focus-visible:outline-none max-md:pl-9"
        />
        {query === "" ? (
          <kbd
            aria-hidden
            className="mr-4 rounded-sm border border-line-strong px-1.5 font-sans text-2xs text-faint pointer-coarse:hidden"
          >
            /
          </kbd>
        ) : (
          <IconButton
            icon={X}
            label="Clear the filter"
            className="mr-2"
            onClick={() => {
              onChange("");
              fieldRef.current?.focus();
            }}
          />
        )}
      </div>
      {mistake && <Mistake query={query} mistake={mistake} />}
    </search>
  );
}

/** Points at the column that the server tells of. */
function Mistake({ query, mistake }: { query: string; mistake: string }) {
  const column = Number(/^Column (\d+)/.exec(mistake)?.[1] ?? 0);
  return (
    <div
      role="alert"
      id="filter-mistake"
      className="bg-bad-soft px-4 py-2 text-xs text-bad max-md:px-3"
    >
      {column > 0 && (
        <div aria-hidden className="wire overflow-hidden whitespace-pre">
          <bdi dir="ltr">{query.slice(Math.max(0, column - SHOWN_BEFORE), column - 1)}</bdi>
          <span className="bg-bad px-px text-on-bad">{query[column - 1] ?? " "}</span>
          <bdi dir="ltr">{query.slice(column)}</bdi>
        </div>
      )}
      {mistake}
    </div>
  );
}

const SHOWN_BEFORE = 40;
