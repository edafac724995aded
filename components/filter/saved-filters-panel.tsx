"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/contract/calls.ts";
import type { SavedFilter } from "#lib/contract/filters.ts";
import { SaveFilterForm } from "./save-filter-form.tsx";
import { SavedFilterRow } from "./saved-filter-row.tsx";
import type { SavedFilters } from "./use-saved-filters.ts";

type SavedFiltersPanelProps = {
  saved: SavedFilters;
  /** The present filter; empty without one. */
  query: string;
  /** The saved one that it is. */
  current: SavedFilter | null;
  onUse: (q: string) => void;
};

export function SavedFiltersPanel({ saved, query, current, onUse }: SavedFiltersPanelProps) {
  const [failure, setFailure] = useState<string | null>(null);

  async function attempt(change: () => Promise<unknown>): Promise<void> {
    setFailure(null);
    try {
      await change();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error.message);
    }
  }

  return (
    <div className="flex max-h-[min(32rem,80dvh)] flex-col">
      {query !== "" && !current && <SaveFilterForm query={query} saved={saved} />}
      {failure !== null && (
        <Notice tone="bad" className="m-2 text-xs">
          {failure}
        </Notice>
      )}
      {saved.filters.length > 0 ? (
        <ul aria-label="Saved filters" className="min-h-0 overflow-y-auto p-1">
          {saved.filters.map((filter) => (
            <SavedFilterRow
              key={filter.id}
              filter={filter}
              isCurrent={filter === current}
              onUse={() => onUse(filter.q)}
              onRename={(name) => saved.rename(filter.id, name)}
              onRemove={() => void attempt(() => saved.remove(filter.id))}
            />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-xs text-muted">
          No filter is saved yet. {query === "" && "Filter the list, then save it here. "}It is kept
          with the bin, for everybody who can open it.
        </p>
      )}
      {current && (
        <div className="flex justify-end border-t border-line p-2">
          <Button size="sm" onClick={() => onUse("")}>
            Show all requests
          </Button>
        </div>
      )}
    </div>
  );
}
