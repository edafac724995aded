"use client";

import { useMemo, useState } from "react";
import { CodeRow, type CodeRowModel } from "./code-row.tsx";
import { clipTokens, type Lines, lineLength } from "./lines.ts";
import { LINE_CUT, mapRows, ROW_CHARS, type Row } from "./row-map.ts";
import { VirtualRows } from "./virtual-rows.tsx";

type CodeViewProps = {
  lines: Lines;
  label: string;
  wrap: boolean;
  /** Line numbers in the gutter; else marks that fold blocks. */
  numbered?: boolean;
  /** A line, from 0, to be brought into view and marked. */
  marked?: number | null;
};

const without = <Value,>(map: ReadonlyMap<number, Value>, key: number) =>
  new Map([...map].filter(([other]) => other !== key));

/** A body as lines: foldable, wrapped or not, long lines cut until they are asked for. */
export function CodeView({ lines, label, wrap, numbered = false, marked = null }: CodeViewProps) {
  const [folds, setFolds] = useState<ReadonlyMap<number, number>>(new Map());
  const [spreads, setSpreads] = useState<ReadonlyMap<number, number>>(new Map());
  const rows = useMemo(() => mapRows(lines.count, folds, spreads), [lines, folds, spreads]);

  const fold = (line: number) =>
    setFolds((now) =>
      now.has(line) ? without(now, line) : new Map(now).set(line, lines.closes(line)),
    );
  const spread = (line: number) => {
    const size = Math.ceil(lineLength(lines.tokens(line)) / ROW_CHARS);
    setSpreads((now) => new Map(now).set(line, size));
  };

  return (
    <VirtualRows
      count={rows.count}
      label={label}
      measured
      reveal={marked === null ? null : rows.indexOf(marked)}
      className="py-2"
      wide={!wrap}
    >
      {(index) => {
        const row = rows.row(index);
        return (
          <CodeRow
            row={rowModel(lines, row, folds, spreads, marked)}
            numbered={numbered}
            wrap={wrap}
            onFold={() => fold(row.line)}
            onSpread={() => spread(row.line)}
          />
        );
      }}
    </VirtualRows>
  );
}

function rowModel(
  lines: Lines,
  { line, part }: Row,
  folds: ReadonlyMap<number, number>,
  spreads: ReadonlyMap<number, number>,
  marked: number | null,
): CodeRowModel {
  const all = lines.tokens(line);
  const close = folds.get(line);
  const isSpread = close === undefined && spreads.has(line);
  const tokens = isSpread
    ? clipTokens(lines.text, all, part * ROW_CHARS, ROW_CHARS)
    : clipTokens(lines.text, all, 0, LINE_CUT);
  return {
    text: lines.text,
    tokens,
    closing: close === undefined ? null : lines.tokens(close),
    depth: lines.depth(line),
    number: part === 0 ? line + 1 : null,
    fold: close !== undefined ? "folded" : lines.closes(line) > line ? "open" : "none",
    hidden: close === undefined ? 0 : close - line - 1,
    cut: isSpread ? 0 : Math.max(lineLength(all) - LINE_CUT, 0),
    marked: marked === line,
  };
}
