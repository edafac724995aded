import { type AnsweredEvent, isRemoved, type Removal } from "../contract/events.ts";
import type { RequestSummary } from "../contract/requests.ts";
import { cut, type Page, PAGE_ROWS_MAX } from "./page.ts";
import { withAnswers, withChanges } from "./window.ts";

/** Rows above a seq, ascending, as the table has them when it is asked or later. */
export type ListAfter = (after: number, limit: number) => Promise<RequestSummary[]>;

/** A read under way. What happened meanwhile may not be in its rows, so it is noted here. */
type Read = {
  removals: Removal[];
  changes: RequestSummary[];
  answered: AnsweredEvent[];
  stale: boolean;
};

/** Pages of a bin's rows from the table, one at a time; like the window, it hands over nothing that is known as removed. */
export class TableReader {
  readonly #listAfter: ListAfter;
  #read: Read | null = null;
  /** Rows asked for at once: fewer when rows are so large that only some fit into an event. */
  #limit = PAGE_ROWS_MAX;

  constructor(listAfter: ListAfter) {
    this.#listAfter = listAfter;
  }

  /**
   * The next rows for a reader at `after`. `knownSeq`: all up to it is committed. Null when an unknown removal overtook
   * the read. One call at a time.
   */
  async page(after: number, knownSeq: number): Promise<Page | null> {
    const read: Read = { removals: [], changes: [], answered: [], stale: false };
    this.#read = read;
    const limit = this.#limit;
    try {
      const rows = await this.#listAfter(after, limit);
      if (read.stale) return null;
      const fitting = cut(rows);
      this.#limit =
        fitting.length < rows.length ? fitting.length : Math.min(PAGE_ROWS_MAX, limit * 2);
      const lastRow = fitting.at(-1)?.seq ?? after;
      const isLast = fitting.length === rows.length && rows.length < limit;
      const left = fitting.filter(({ seq }) => !read.removals.some((each) => isRemoved(each, seq)));
      return {
        items: withAnswers(withChanges(left, read.changes), read.answered),
        lastSeq: isLast ? Math.max(knownSeq, lastRow) : lastRow,
      };
    } finally {
      this.#read = null;
    }
  }

  remove(removal: Removal): void {
    this.#read?.removals.push(removal);
  }

  change(items: readonly RequestSummary[]): void {
    this.#read?.changes.push(...items);
  }

  answer(items: readonly AnsweredEvent[]): void {
    this.#read?.answered.push(...items);
  }

  /** The read under way counts no more. */
  clear(): void {
    if (this.#read) this.#read.stale = true;
  }
}
