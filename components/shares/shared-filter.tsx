import { Search as SearchIcon } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
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
      <div className="relative flex h-10 items-center has-[input:focus-visible]:shadow-[inset_0_-2px_0_var(--color-accent)] max-md:h-12">
        <SearchIcon
          size={14}
          aria-hidden
          className="pointer-events-none absolute left-4 text-faint max-md:left-3"
        />
        <input
          ref={fieldRef}
          type="search"
          aria-label="Filter requests"
          aria-invalid={problem?.code === "invalid_query"}
          aria-describedby={problem ? "filter-mistake" : undefined}
          value={query}
          maxLength={1000}
          placeholder="Filter: words, status>=400, body.id:5"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          className="wire h-full min-w-0 flex-1 bg-transparent pr-3 pl-10 placeholder:font-sans placeholder:text-faint focus-visible:outline-none max-md:pl-9"
        />
      </div>
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
