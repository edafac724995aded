"use client";

import { useMemo } from "react";
import { splitPairs } from "#lib/body/pairs.ts";
import { splitTarget } from "#lib/body/split-target.ts";
import { PairsView } from "#components/body/pairs-view.tsx";
import { percentDecode } from "#lib/contract/percent.ts";
import { FilterButton } from "#components/filter/filter-button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { WireText } from "./wire-text.tsx";

/** The target taken apart: decoded beside what was sent. */
export function QueryTab({ target }: { target: string }) {
  const { path, query, pairs } = useMemo(() => {
    const parts = splitTarget(target);
    return { ...parts, pairs: splitPairs(parts.query ?? "") };
  }, [target]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PathLine path={path} />
      {pairs.count > 0 ? (
        <PairsView pairs={pairs} label="Fields of the query" field="query" />
      ) : (
        <p className="px-4 py-6 text-muted">
          {query === null
            ? "This request has no query."
            : "The query is empty: a ? and nothing after it."}
        </p>
      )}
    </div>
  );
}

function PathLine({ path }: { path: string }) {
  const decoded = percentDecode(path, false);
  return (
    <div className="flex shrink-0 items-start gap-3 border-b border-line py-1 pr-2 pl-4">
      <span className="w-12 shrink-0 py-1.5 text-xs text-faint">Path</span>
      <div className="min-w-0 flex-1 py-1.5 wrap-anywhere">
        {path ? (
          <WireText text={path} />
        ) : (
          <span className="text-xs text-faint">nothing after the bin</span>
        )}
        {decoded.text !== path && (
          <span className="block text-xs text-muted">
            decoded: <WireText text={decoded.text} />
          </span>
        )}
        {decoded.broken && (
          <span className="block text-xs text-warn">a broken % escape is left as sent</span>
        )}
      </div>
      <FilterButton
        value={() => ({ seen: { field: "path", value: path }, text: path })}
        label="Filter by the path"
      />
      <CopyButton text={path} label="Copy the path" />
    </div>
  );
}
