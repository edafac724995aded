import type { Condition } from "./conditions.ts";

/*
 * A window is the rows that one statement looks at. Between two statements a search may end, within one it can't: a query
 * of a hundred wildcards, each over paths of kilobytes, would else take half a minute.
 */

const ROWS = { least: 100, most: 20_000 };
const LONG_MS = 30;
const SHORT_MS = 8;

/** By how much is asked of each row. */
export function firstWindow({ sql }: Condition): number {
  return Math.max(ROWS.least, Math.floor(ROWS.most / Math.max(1, sql.values.length)));
}

/** By how long the last one took. */
export function nextWindow(rows: number, tookMs: number): number {
  if (tookMs > LONG_MS) return Math.max(ROWS.least, Math.floor(rows / 4));
  return tookMs < SHORT_MS ? Math.min(ROWS.most, rows * 2) : rows;
}
