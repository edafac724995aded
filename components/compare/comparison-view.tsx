"use client";

import { useCallback, useMemo, useState } from "react";
import { Preparing } from "#components/body/preparing.tsx";
import { inSlices } from "#lib/body/slices.ts";
import type { Work } from "#lib/body/slices.ts";
import { usePrepared } from "#components/body/use-prepared.ts";
import type { Reveal } from "#components/body/use-reveal.ts";
import { VirtualRows } from "#components/body/virtual-rows.tsx";
import { useCommands } from "#components/commands/use-commands.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { compareMessages } from "#lib/compare/compare.ts";
import type { Comparison, Message } from "#lib/compare/comparison.ts";
import { type Mask, withPlace } from "#lib/compare/place.ts";
import { summarise } from "#lib/compare/summary.ts";
import { CompareTools } from "./compare-tools.tsx";
import type { Learned } from "./learn-mask.ts";
import { RowView } from "./row-view.tsx";
import { layRows, type Showing } from "./rows.ts";
import { stopWords, summaryWords } from "./words.ts";

type ComparisonViewProps = {
  /** Both must keep their identity. */
  before: Message;
  after: Message;
  mask: Mask;
  /** Null where the mask is not to be edited. */
  onMask: ((mask: Mask) => void) | null;
  onLearn?: (() => Promise<Learned>) | null;
  /** What is to be known of the bodies. */
  notes?: readonly string[];
  /** It is what the page is about, and has the keys. */
  isMain?: boolean;
};

/** Two messages beside each other: two requests, or two answers. */
export function ComparisonView({ before, after, ...rest }: ComparisonViewProps) {
  const work = useCallback(
    (slices: Work) => inSlices(compareMessages(before, after), slices),
    [before, after],
  );
  const comparison = usePrepared(work);
  if (!comparison) return <Preparing label="Comparing" />;
  return <Compared comparison={comparison} {...rest} />;
}

type ComparedProps = Omit<ComparisonViewProps, "before" | "after"> & { comparison: Comparison };

function Compared({
  comparison,
  mask,
  onMask,
  onLearn = null,
  notes = [],
  isMain = false,
}: ComparedProps) {
  const [showing, setShowing] = useState<Showing>({ isAll: false, showsMasked: false });
  const [stop, setStop] = useState<{ index: number; reveal: Reveal } | null>(null);
  const summary = useMemo(() => summarise(comparison, mask), [comparison, mask]);
  const rows = useMemo(() => layRows(comparison, mask, showing), [comparison, mask, showing]);
  const { stops } = rows;
  const current = stop ? stops[stop.index] : undefined;

  function show(next: Partial<Showing>) {
    setShowing({ ...showing, ...next });
    setStop(null);
  }
  function go(by: number) {
    if (stops.length === 0) return;
    const from = stop?.index ?? (by > 0 ? -1 : 0);
    const index = (from + by + stops.length) % stops.length;
    const row = stops[index]?.row ?? 0;
    setStop({ index, reveal: { row, of: {} } });
  }
  useCommands([
    {
      id: "next-difference",
      name: "Next difference",
      group: "Request",
      keys: ["]"],
      isOn: isMain,
      run: () => go(1),
    },
    {
      id: "last-difference",
      name: "Previous difference",
      group: "Request",
      keys: ["["],
      isOn: isMain,
      run: () => go(-1),
    },
    {
      id: "compare-all",
      name: "Only differences, or everything",
      group: "Request",
      keys: ["a"],
      isOn: isMain,
      run: () => show({ isAll: !showing.isAll }),
    },
  ]);

  const isQuiet = summary.open === 0 && !showing.isAll && !showing.showsMasked;
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <CompareTools
        words={summaryWords(summary)}
        isWordless={isQuiet}
        showing={showing}
        onShow={show}
        at={stop ? stop.index + 1 : null}
        count={stops.length}
        onGo={go}
        mask={mask}
        onMask={onMask}
        onLearn={onLearn}
      />
      <p role="status" className="sr-only">
        {stop && current ? stopWords(current, stop.index, stops.length) : ""}
      </p>
      {notes.map((note) => (
        <p key={note} className="border-b border-line px-4 py-1 text-xs text-muted">
          {note}
        </p>
      ))}
      {isQuiet ? (
        <Quiet isSame={summary.isSame} onShow={show} />
      ) : (
        <VirtualRows
          count={rows.count}
          label={showing.isAll ? "Both, side by side" : "Differences"}
          measured
          rowHeight={28}
          reveal={stop?.reveal ?? null}
        >
          {(index) => {
            const row = rows.at(index);
            return (
              row && (
                <RowView
                  row={row}
                  isCurrent={current?.row === index}
                  onMask={onMask && ((place, isOn) => onMask(withPlace(mask, place, isOn)))}
                  onShowMasked={() => show({ showsMasked: true })}
                />
              )
            );
          }}
        </VirtualRows>
      )}
    </div>
  );
}

type QuietProps = { isSame: boolean; onShow: (next: Partial<Showing>) => void };

/** Nothing that a person should look at. */
function Quiet({ isSame, onShow }: QuietProps) {
  if (isSame) {
    return (
      <EmptyState
        title="They are the same, byte for byte"
        actions={<Button onClick={() => onShow({ isAll: true })}>Show them</Button>}
      >
        First line, headers in their order, and body: nothing differs.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="They differ only in places that always change"
      actions={<Button onClick={() => onShow({ showsMasked: true })}>Show what differs</Button>}
    >
      Everything else is the same. Which places those are is listed under Always changes.
    </EmptyState>
  );
}
