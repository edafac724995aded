import type { KeyboardEvent, RefObject } from "react";
import { QueryInput } from "#components/filter/query-input.tsx";
import type { SearchState } from "#components/inspector/search.ts";

type SharedFilterProps = {
  state: SearchState;
  fieldRef: RefObject<HTMLInputElement | null>;
  onChange: (query: string) => void;
  onLeave: () => void;
};

/** A query of the matching language over what is shown. */
export function SharedFilter({ state, fieldRef, onChange, onLeave }: SharedFilterProps) {
  const { query, problem } = state;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && query !== "") onChange("");
    else if (["Escape", "Enter", "ArrowDown"].includes(event.key)) onLeave();
    else return;
    event.preventDefault();
  }

  return (
    <search className="shrink-0 border-b border-line">
      <QueryInput
        ref={fieldRef}
        type="search"
        aria-invalid={problem?.code === "invalid_query"}
        aria-describedby={problem ? "filter-mistake" : undefined}
        value={query}
        onChange={onChange}
        onKeyDown={onKeyDown}
        className="pr-3"
      />
      {problem && (
        <p
          role="alert"
          id="filter-mistake"
          className="bg-bad-soft px-4 py-2 text-xs text-bad max-md:px-3"
        >
          {problem.message}
        </p>
      )}
    </search>
  );
}
