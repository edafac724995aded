"use client";

import { useCallback, useMemo, useState } from "react";
import { LINE_CUT, lineLength, type Lines } from "#lib/body/lines.ts";
import { mapRows, ROW_CHARS } from "./row-map.ts";
import { charsBefore, type Folds, foldsOfLevel } from "./row-model.ts";

const NONE: Folds = new Map();

const without = (map: Folds, key: number) => new Map([...map].filter(([other]) => other !== key));

/** What of the lines is folded and spread, and the rows that this leaves. */
export function useCodeRows(lines: Lines) {
  const [folds, setFolds] = useState(NONE);
  const [spreads, setSpreads] = useState(NONE);
  const rows = useMemo(() => mapRows(lines.count, folds, spreads), [lines, folds, spreads]);

  const fold = (line: number) =>
    setFolds((now) =>
      now.has(line) ? without(now, line) : new Map(now).set(line, lines.closes(line)),
    );
  const foldLevel = (level: number | null) =>
    setFolds(level === null ? NONE : foldsOfLevel(lines, level));
  const spread = useCallback(
    (line: number) => {
      const size = Math.ceil(lineLength(lines.tokens(line)) / ROW_CHARS);
      setSpreads((now) => new Map(now).set(line, size));
    },
    [lines],
  );

  /** Unfolds and spreads what hides a place. */
  const uncover = useCallback(
    (offset: number) => {
      const line = lines.lineAt(offset);
      setFolds((now) => {
        const open = [...now].filter(([from, to]) => line <= from || line > to);
        return open.length === now.size ? now : new Map(open);
      });
      if (charsBefore(lines.tokens(line), offset) >= LINE_CUT) spread(line);
    },
    [lines, spread],
  );

  /** The row that shows an offset, as far as it is uncovered. */
  const rowOf = (offset: number) => {
    const line = lines.lineAt(offset);
    const place = charsBefore(lines.tokens(line), offset);
    return rows.indexOf(line) + (spreads.has(line) ? Math.floor(place / ROW_CHARS) : 0);
  };

  return { rows, folds, spreads, fold, foldLevel, spread, uncover, rowOf };
}
