/** Characters in one row of a line that is shown whole. */
export const ROW_CHARS = 4_000;

export type Row = { line: number; part: number };

export type RowMap = {
  count: number;
  row: (index: number) => Row;
  /** The first row of a line, or of the folded line that hides it. */
  indexOf: (line: number) => number;
};

/** A change to "one row per line": at `line`, `hidden` lines fall away behind it, or `extra` rows are added to it. */
type Change = { line: number; hidden: number; extra: number };
type Placed = Change & { index: number };

/**
 * Rows of a view in which some blocks are folded and some long lines spread over several rows.
 * `folds` maps an opening line to its closing one (which goes as well); `spreads` maps a line to its number of rows.
 */
export function mapRows(
  lines: number,
  folds: ReadonlyMap<number, number>,
  spreads: ReadonlyMap<number, number>,
): RowMap {
  const placed = place(outermost(folds, spreads));
  const count = placed.reduce((sum, change) => sum - change.hidden + change.extra, lines);
  return {
    count,
    row: (index) => {
      const change = lastBefore(placed, (item) => item.index <= index);
      if (!change) return { line: index, part: 0 };
      const past = index - change.index;
      if (past <= change.extra) return { line: change.line, part: past };
      return { line: change.line + change.hidden + past - change.extra, part: 0 };
    },
    indexOf: (line) => {
      const change = lastBefore(placed, (item) => item.line <= line);
      if (!change) return line;
      if (line <= change.line + change.hidden) return change.index;
      return change.index + change.extra + line - change.line - change.hidden;
    },
  };
}

/** Changes in line order, without those that a fold hides. */
function outermost(
  folds: ReadonlyMap<number, number>,
  spreads: ReadonlyMap<number, number>,
): Change[] {
  const changes: Change[] = [
    ...[...folds].map(([line, close]) => ({ line, hidden: close - line, extra: 0 })),
    ...[...spreads].map(([line, rows]) => ({ line, hidden: 0, extra: rows - 1 })),
  ].sort((a, b) => a.line - b.line || b.hidden - a.hidden);
  let shownFrom = 0;
  return changes.filter((change) => {
    if (change.line < shownFrom) return false;
    shownFrom = change.line + change.hidden + 1;
    return true;
  });
}

function place(changes: readonly Change[]): Placed[] {
  let shift = 0;
  return changes.map((change) => {
    const index = change.line + shift;
    shift += change.extra - change.hidden;
    return { ...change, index };
  });
}

/** The last item for which `holds`, in a list where it holds up to some place. */
function lastBefore(items: readonly Placed[], holds: (item: Placed) => boolean): Placed | null {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && holds(item)) low = middle + 1;
    else high = middle;
  }
  return items[low - 1] ?? null;
}
