"use client";

import { use, useCallback, useEffect, useMemo, useState } from "react";
import { FilterWords } from "#components/request/filter-words.ts";
import { later } from "#components/ui/later.tsx";
import { BodyFaultsContext } from "./body-faults.ts";
import { CodeRow } from "./code-row.tsx";
import { findInText } from "./find.ts";
import { LineBar } from "./line-bar.tsx";
import type { Lines } from "#lib/body/lines.ts";
import { rowModel } from "./row-model.ts";
import { useCodeRows } from "./use-code-rows.ts";
import { useLineFilter } from "./use-line-filter.ts";
import { useDecodedLine } from "./use-decoded-line.ts";
import { useFind } from "./use-find.ts";
import type { Work } from "#lib/body/slices.ts";
import type { Reveal } from "./use-reveal.ts";
import { VirtualRows } from "./virtual-rows.tsx";

const FindBar = later(() => import("./find-bar.tsx").then((module) => module.FindBar));
const LinePill = later(() => import("./line-pill.tsx").then((module) => module.LinePill));
const LineFilterPill = later(() =>
  import("./line-filter-pill.tsx").then((module) => module.LineFilterPill),
);
const DecodedPanel = later(() =>
  import("./decoded-panel.tsx").then((module) => module.DecodedPanel),
);

/** Whether the find bar is open; it is opened from outside, by a button or a key. */
export type FindSwitch = { isOpen: boolean; close: () => void };

type CodeViewProps = {
  lines: Lines;
  label: string;
  wrap: boolean;
  /** Line numbers in the gutter; else marks that fold blocks. */
  numbered?: boolean;
  /** A line, from 0, to be brought into view and marked as the place of a mistake. */
  fault?: number | null;
  find?: FindSwitch | undefined;
};

/** A body as lines: foldable, searchable, wrapped or not, long lines cut until they are asked for. */
export function CodeView({ lines, label, wrap, ...props }: CodeViewProps) {
  const { numbered = false, fault = null, find: findSwitch } = props;
  const code = useCodeRows(lines);
  const { rows, uncover } = code;
  const [picked, setPicked] = useState<number | null>(null);
  /** What was last asked to be in view, as an offset into the text. */
  const [shown, setShown] = useState(fault === null ? null : { offset: startOf(lines, fault) });

  const faults = use(BodyFaultsContext);
  const said = useMemo(
    () => (faults && lines.place ? faults.linesOf(lines) : NOTHING_SAID),
    [faults, lines],
  );
  const jump = (lines.place && faults?.jump) || null;
  useEffect(() => {
    if (!jump) return;
    const offset = jump(lines);
    uncover(offset);
    setShown({ offset });
    setPicked(lines.lineAt(offset));
  }, [jump, lines, uncover]);

  const search = useCallback(
    (query: string, work: Work) => findInText(lines.text, query, work),
    [lines],
  );
  const isOpen = findSwitch?.isOpen ?? false;
  const find = useFind(search, isOpen);
  const words = use(FilterWords);
  const { found, current } = find;
  const place = found?.offsets.at(current);
  useEffect(() => {
    if (place === undefined) return;
    uncover(place);
    setShown({ offset: place });
    if (lines.place) setPicked(lines.lineAt(place));
  }, [found, place, lines, uncover]);

  const row = shown === null ? null : code.rowOf(shown.offset);
  const reveal = useMemo<Reveal | null>(
    () => (row === null || !shown ? null : { row, of: shown }),
    [row, shown],
  );

  function pick(line: number) {
    setPicked(line);
    setShown({ offset: startOf(lines, line) });
  }

  const decoded = useDecodedLine(lines, picked, pick);
  const filter = useLineFilter(lines);

  function onKeyDown(event: KeyboardEvent) {
    if (!lines.place || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = picked === null ? -1 : rows.indexOf(picked);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    const opensBlock = picked !== null && lines.closes(picked) > picked;
    const isFolded = picked !== null && code.folds.has(picked);
    if (move !== undefined) pick(rows.row(Math.min(Math.max(now + move, 0), rows.count - 1)).line);
    else if (event.key === "Enter" && picked !== null && filter) clickPill(event.target);
    else if (event.key === "ArrowLeft" && opensBlock && !isFolded) code.fold(picked);
    else if (event.key === "ArrowRight" && isFolded) code.fold(picked);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      {findSwitch?.isOpen && <FindBar find={find} onClose={findSwitch.close} />}
      <VirtualRows
        count={rows.count}
        label={label}
        measured
        reveal={reveal}
        className="py-2"
        wide={!wrap}
        onKeyDown={onKeyDown}
      >
        {(index) => {
          const at = rows.row(index);
          const isFault = fault === at.line || (said.has(at.line) && picked !== at.line);
          const tone = isFault ? "fault" : picked === at.line ? "picked" : "none";
          return (
            <CodeRow
              row={rowModel(lines, at, { ...code, found, current, words })}
              numbered={numbered}
              wrap={wrap}
              tone={tone}
              onFold={() => code.fold(at.line)}
              onSpread={() => code.spread(at.line)}
              onPick={lines.place && (() => setPicked(at.line))}
              after={
                at.part === 0 && (
                  <>
                    {decoded.decode && (
                      <LinePill
                        line={at.line}
                        decode={decoded.decode}
                        isOpen={decoded.isOpen(at.line)}
                        onToggle={() => decoded.toggle(at.line)}
                      />
                    )}
                    {said.has(at.line) && (
                      <span className="ml-3 font-sans text-2xs text-bad select-none">
                        {said.get(at.line)}
                      </span>
                    )}
                    {picked === at.line && filter?.leadsFrom(at.line) && (
                      <LineFilterPill line={at.line} filter={filter} />
                    )}
                  </>
                )
              }
            />
          );
        }}
      </VirtualRows>
      {decoded.open && <DecodedPanel line={decoded.open} onClose={decoded.close} />}
      {!numbered && lines.count > 1 && (
        <LineBar
          lines={lines}
          picked={picked}
          isFilterable={filter !== null}
          onLevel={code.foldLevel}
        />
      )}
    </>
  );
}

/** The one at the picked line, where there is one. */
function clickPill(rows: EventTarget | null): void {
  if (rows instanceof Element) rows.querySelector<HTMLElement>("[data-filter-line]")?.click();
}

const NOTHING_SAID: ReadonlyMap<number, string> = new Map();

const startOf = (lines: Lines, line: number) => lines.tokens(line)[0]?.from ?? 0;
