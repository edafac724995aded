"use client";

import { clsx } from "clsx";
import { useMemo } from "react";
import { VirtualRows } from "#components/body/virtual-rows.tsx";
import { formatCount } from "#components/ui/format.ts";
import { type DiffLine, type Skipped, withoutSame } from "./line-diff.ts";
import { WireText } from "./wire-text.tsx";

/** Characters of a line that are shown: a minified page is one line of all. */
const LINE_SHOWN = 1_000;

const looks: Record<DiffLine["kind"], { sign: string; words: string; line: string; mark: string }> =
  {
    same: { sign: " ", words: "", line: "", mark: "" },
    removed: { sign: "−", words: "before: ", line: "bg-bad-soft", mark: "text-bad" },
    added: { sign: "+", words: "now: ", line: "bg-good-soft", mark: "text-good" },
  };

/** Changed lines with a little around them. */
export function LineDiff({ lines }: { lines: readonly DiffLine[] }) {
  const rows = useMemo(() => withoutSame(lines), [lines]);
  return (
    <div className="flex max-h-96 min-h-0 flex-col rounded-sm border border-line">
      <VirtualRows count={rows.length} label="Changed lines of the body" measured className="py-1">
        {(index) => {
          const row = rows[index];
          return row && <Row row={row} />;
        }}
      </VirtualRows>
    </div>
  );
}

function Row({ row }: { row: DiffLine | Skipped }) {
  if (row.kind === "skipped") {
    const words = row.count === 1 ? "line is" : "lines are";
    return (
      <div className="px-3 py-0.5 text-xs text-faint">
        {formatCount(row.count)} {words} the same
      </div>
    );
  }
  const { sign, words, line, mark } = looks[row.kind];
  return (
    <div className={clsx("wire flex gap-2 px-3", line)}>
      <span aria-hidden className={clsx("w-[1ch] shrink-0 select-none", mark)}>
        {sign}
      </span>
      <span className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">
        <span className="sr-only">{words}</span>
        <WireText text={row.text.slice(0, LINE_SHOWN)} kept={"\t"} />
        {row.text.length > LINE_SHOWN && (
          <span className="text-faint"> … {formatCount(row.text.length - LINE_SHOWN)} more</span>
        )}
      </span>
    </div>
  );
}
