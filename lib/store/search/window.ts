import type { Condition } from "./conditions.ts";

/*
 * A window is the rows that one statement looks at. Between two statements a search may end, within one it can't: a query
 * of a hundred wildcards, each over paths of kilobytes, would else take half a minute.
 */

const ROWS = { least: 16, first: 4_000, most: 20_000 };
/** So many tests of a row take no time worth a thought: what takes it is to read the row. */
const TESTS_FEW = 4;
const LONG_MS = 30;
const SHORT_MS = 8;

/** By how much is asked of each row. */
export function firstWindow({ sql }: Condition): number {
  const tests = sql.values.length;
  if (tests <= TESTS_FEW) return ROWS.first;
  return Math.max(ROWS.least, Math.floor(ROWS.most / tests ** 2));
}

/** By how long the last one took. */
export function nextWindow(rows: number, tookMs: number): number {
  if (tookMs > LONG_MS) return Math.max(ROWS.least, Math.floor((rows * SHORT_MS) / tookMs));
  return tookMs < SHORT_MS ? Math.min(ROWS.most, rows * 2) : rows;
}

/** Whether one statement may look for a few matches among so many rows. */
export const isInOne = ({ sql }: Condition, rows: number): boolean =>
  sql.values.length <= TESTS_FEW && rows <= ROWS.most;
