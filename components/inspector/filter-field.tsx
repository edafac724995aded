"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import type { CompletionProps, ShownList } from "#components/filter/completion.tsx";
import { QueryInput } from "#components/filter/query-input.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import { useIdle } from "#components/ui/use-idle.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SearchState } from "./search.ts";

const Completion = later(() =>
  import("#components/filter/completion.tsx").then((module) => module.Completion),
);

type FilterFieldProps = {
  bin: Bin;
  api: ApiClient;
  lastSeq: number;
  state: SearchState;
  fieldRef: RefObject<HTMLInputElement | null>;
  onChange: (query: string) => void;
  /** To the list, with the filter as it is. */
  onLeave: () => void;
};

/**
 * A query of the matching language (docs/search.md), with ways to go on below it. Escape puts these away, empties the
 * field, then leaves it.
 */
export function FilterField(props: FilterFieldProps) {
  const { state, fieldRef, onChange, onLeave, ...about } = props;
  const { query, problem } = state;
  const [cursor, setCursor] = useState<number | null>(null);
  const [shown, setShown] = useState<ShownList>(null);
  const isIdle = useIdle();
  const keysRef: CompletionProps["keysRef"] = useRef(null);
  const told = problem?.code === "invalid_query" ? problem.message : null;
  // What is offered below says better how an unfinished query goes on.
  const mistake = told && shown && columnOf(told) > query.trimEnd().length ? null : told;

  function onKeyDown(event: KeyboardEvent) {
    if (keysRef.current?.(event)) return event.preventDefault();
    if (event.key === "Escape" && query !== "") onChange("");
    else if (["Escape", "Enter", "ArrowDown"].includes(event.key)) onLeave();
    else return;
    event.preventDefault();
  }

  const readCursor = () => setCursor(fieldRef.current?.selectionStart ?? null);

  return (
    <search className="relative shrink-0 border-b border-line">
      <QueryInput
        ref={fieldRef}
        role="combobox"
        aria-expanded={shown !== null}
        aria-controls={shown?.listId}
        aria-activedescendant={shown?.activeId}
        aria-autocomplete="list"
        aria-invalid={mistake !== null}
        aria-describedby={mistake ? "filter-mistake" : undefined}
        value={query}
        onChange={(text) => {
          readCursor();
          onChange(text);
        }}
        onSelect={readCursor}
        onFocus={readCursor}
        onBlur={() => setCursor(null)}
        onKeyDown={onKeyDown}
        className="pr-2"
      >
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
      </QueryInput>
      {mistake && <Mistake query={query} mistake={mistake} />}
      {(isIdle || cursor !== null) && (
        <Completion
          {...about}
          {...{ query, cursor, fieldRef, keysRef }}
          onShown={setShown}
          onQuery={onChange}
        />
      )}
    </search>
  );
}

/** Points at the column that the server tells of. */
function Mistake({ query, mistake }: { query: string; mistake: string }) {
  const column = columnOf(mistake);
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

/** From 1; 0: none is told. */
const columnOf = (mistake: string): number => Number(/^Column (\d+)/.exec(mistake)?.[1] ?? 0);
