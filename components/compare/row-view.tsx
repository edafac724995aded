"use client";

import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { HUNKS_MAX } from "#lib/compare/fold.ts";
import { EntryRow } from "./entry-row.tsx";
import type { CompareRow } from "./rows.ts";
import { SideRow } from "./side-row.tsx";
import { several } from "./words.ts";

type RowViewProps = {
  row: CompareRow;
  isCurrent: boolean;
  onMask: ((place: string, isOn: boolean) => void) | null;
  onShowMasked: () => void;
};

/** One row of a comparison. */
export function RowView({ row, isCurrent, onMask, onShowMasked }: RowViewProps) {
  switch (row.kind) {
    case "title":
      return <Title {...row} />;
    case "note":
      return <p className="px-4 py-1 text-xs text-muted">{row.text}</p>;
    case "entry":
      return (
        <EntryRow entry={row.entry} isMasked={row.isMasked} isCurrent={isCurrent} onMask={onMask} />
      );
    case "side":
      return (
        <SideRow sides={row.sides} row={row.row} isMasked={row.isMasked} isCurrent={isCurrent} />
      );
    case "fold": {
      const words = row.count === 1 ? `${row.what} is` : `${row.what}s are`;
      return (
        <p className="border-y border-line bg-sunken px-4 py-0.5 text-xs text-faint">
          {formatCount(row.count)} {words} the same
        </p>
      );
    }
    case "masked":
      return (
        <p className="flex flex-wrap items-center gap-2 px-4 py-1 text-xs text-muted">
          {several(row.count, "place that always changes", "places that always change")}
          <Button size="sm" variant="accent" onClick={onShowMasked}>
            Show
          </Button>
        </p>
      );
    case "unlisted":
      return (
        <p className="px-4 py-1 text-xs text-muted">
          and {several(row.count, "more difference")} that {row.count === 1 ? "is" : "are"} not
          listed; Everything shows where.
        </p>
      );
  }
}

function Title({ section, open, masked }: Extract<CompareRow, { kind: "title" }>) {
  const isMany = section.sides !== null && section.sides.hunks.length > HUNKS_MAX;
  const differences = `${several(open, "difference")}${isMany ? " or more" : ""}`;
  const words =
    section.state === "same" ? "the same" : open > 0 ? differences : masked > 0 ? "masked" : "";
  return (
    <div className="flex items-baseline gap-2 border-b border-line bg-canvas px-4 pt-3 pb-1">
      <h3 className="min-w-0 truncate font-medium">{section.title}</h3>
      <span className="text-xs text-muted">{words}</span>
    </div>
  );
}
