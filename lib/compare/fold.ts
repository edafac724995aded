import type { Runs } from "./runs.ts";

/** Rows `from` up to `to` are shown, or folded into one that says how many they are. */
export type Fold = { isFolded: boolean; from: number; to: number };

/** Rows shown around a difference. */
const CONTEXT = 2;
/** Behind so many all that follows is one. */
export const HUNKS_MAX = 10_000;

/** Runs that differ, one behind the other, as one: the rows from..to. */
export type Hunk = { from: number; to: number };

export function hunksOf(runs: Runs): Hunk[] {
  const hunks: Hunk[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    if (runs.run(index).kind === "same") continue;
    if (hunks.length === HUNKS_MAX) {
      hunks.push({ from: runs.rowOf(index), to: runs.rowCount });
      return hunks;
    }
    const from = runs.rowOf(index);
    const to = index + 1 < runs.length ? runs.rowOf(index + 1) : runs.rowCount;
    const last = hunks.at(-1);
    if (last?.to === from) last.to = to;
    else hunks.push({ from, to });
  }
  return hunks;
}

/** Only what differs, with a little around it. */
export function foldSame(hunks: readonly Hunk[], rowCount: number): Fold[] {
  const folds: Fold[] = [];
  let shownTo = 0;
  for (const hunk of hunks) {
    const from = Math.max(hunk.from - CONTEXT, shownTo);
    const to = Math.min(hunk.to + CONTEXT, rowCount);
    if (from > shownTo) folds.push({ isFolded: true, from: shownTo, to: from });
    const last = folds.at(-1);
    if (last && !last.isFolded && last.to === from) last.to = to;
    else folds.push({ isFolded: false, from, to });
    shownTo = to;
  }
  if (rowCount > shownTo) folds.push({ isFolded: true, from: shownTo, to: rowCount });
  return folds;
}
