import type { Comparison, Entry, Section, Sides } from "#lib/compare/comparison.ts";
import { foldSame, type Hunk } from "#lib/compare/fold.ts";
import { isMasked, type Mask } from "#lib/compare/place.ts";
import { countSection, isEntryMasked } from "#lib/compare/summary.ts";

export type CompareRow =
  | { kind: "title"; section: Section; open: number; masked: number }
  | { kind: "note"; text: string }
  | { kind: "entry"; entry: Entry; isMasked: boolean }
  /** A row of two bodies beside each other. */
  | { kind: "side"; section: Section; sides: Sides; row: number; isMasked: boolean }
  | { kind: "fold"; count: number; what: "line" | "row" }
  | { kind: "masked"; count: number }
  | { kind: "unlisted"; count: number };

/** A difference that one goes to: its row, and what it is. */
export type Stop = { row: number; section: Section; entry: Entry | null };

export type CompareRows = {
  count: number;
  at: (row: number) => CompareRow | null;
  stops: readonly Stop[];
};

export type Showing = {
  /** Also what is the same. */
  isAll: boolean;
  /** Also what a mask covers. */
  showsMasked: boolean;
};

/** A stretch of rows that are made when they are drawn. */
type Stretch = { first: number; count: number; at: (within: number) => CompareRow };

/** All rows of a comparison, as far as they are to be shown; bodies of millions of lines are a few stretches. */
export function layRows(comparison: Comparison, mask: Mask, showing: Showing): CompareRows {
  const rows = new RowList();
  for (const section of comparison.sections) {
    rows.one({ kind: "title", section, ...countSection(section, mask) });
    if (section.state === "same" && !(showing.isAll && section.entries.length > 0)) continue;
    for (const text of section.notes) rows.one({ kind: "note", text });
    if (section.sides && (section.kind !== "json" || showing.isAll)) {
      laySides(rows, section, section.sides, mask, showing);
    } else layEntries(rows, section, mask, showing);
    if (section.unlisted > 0) rows.one({ kind: "unlisted", count: section.unlisted });
  }
  return rows;
}

class RowList implements CompareRows {
  count = 0;
  readonly stops: Stop[] = [];
  private readonly stretches: Stretch[] = [];

  readonly at = (row: number): CompareRow | null => {
    let low = 0;
    let high = this.stretches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.stretches[middle]?.first ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    const stretch = this.stretches[low - 1];
    return stretch && row < this.count ? stretch.at(row - stretch.first) : null;
  };

  one(row: CompareRow): void {
    this.many(1, () => row);
  }

  many(count: number, at: Stretch["at"]): void {
    this.stretches.push({ first: this.count, count, at });
    this.count += count;
  }
}

function layEntries(rows: RowList, section: Section, mask: Mask, showing: Showing): void {
  let masked = 0;
  for (const entry of section.entries) {
    const isDifferent = entry.kinds.length > 0;
    const covered = isDifferent && isEntryMasked(entry, mask);
    if (!isDifferent && !showing.isAll) continue;
    if (covered) masked += 1;
    if (covered && !showing.isAll && !showing.showsMasked) continue;
    if (isDifferent && !covered) rows.stops.push({ row: rows.count, section, entry });
    rows.one({ kind: "entry", entry, isMasked: covered });
  }
  if (masked > 0 && !showing.isAll && !showing.showsMasked) {
    rows.one({ kind: "masked", count: masked });
  }
}

function laySides(
  rows: RowList,
  section: Section,
  sides: Sides,
  mask: Mask,
  showing: Showing,
): void {
  const covered = section.kind !== "json" && isMasked(mask, section.place);
  const { runs, hunks } = sides;
  if (covered && !showing.isAll && !showing.showsMasked) {
    return rows.one({ kind: "masked", count: hunks.length });
  }
  const side = (row: number): CompareRow => {
    const entry = section.entries[runs.at(row).entry];
    const isCovered = covered || (entry !== undefined && isEntryMasked(entry, mask));
    return { kind: "side", section, sides, row, isMasked: isCovered };
  };
  const folds = showing.isAll
    ? [{ isFolded: false, from: 0, to: runs.rowCount }]
    : foldSame(hunks, runs.rowCount);
  const what = section.kind === "bytes" ? "row" : "line";
  let next = 0;
  for (const { isFolded, from, to } of folds) {
    if (isFolded) {
      rows.one({ kind: "fold", count: to - from, what });
      continue;
    }
    const offset = rows.count - from;
    for (let hunk = hunks[next]; hunk && hunk.from < to; next += 1, hunk = hunks[next]) {
      const found = covered ? [] : stopsOf(section, sides, hunk, mask);
      for (const { row, entry } of found) rows.stops.push({ row: row + offset, section, entry });
    }
    rows.many(to - from, (within) => side(from + within));
  }
}

/** Rows of one run of differences in which stops are looked for. */
const LOOKED_AT = 500;

/** Where in a run of differences one stops: at its beginning, in JSON at each value that no mask covers. */
function stopsOf(
  section: Section,
  { runs }: Sides,
  hunk: Hunk,
  mask: Mask,
): { row: number; entry: Entry | null }[] {
  if (section.kind !== "json") return [{ row: hunk.from, entry: null }];
  const stops = new Map<number, { row: number; entry: Entry | null }>();
  for (let row = hunk.from; row < Math.min(hunk.to, hunk.from + LOOKED_AT); row += 1) {
    const { entry: place } = runs.at(row);
    const entry = section.entries[place] ?? null;
    if (stops.has(place) || (entry && isEntryMasked(entry, mask))) continue;
    stops.set(place, { row, entry });
  }
  return [...stops.values()];
}
