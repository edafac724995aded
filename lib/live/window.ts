import { type AnsweredEvent, isRemoved, type Removal } from "../contract/events.ts";
import type { RequestSummary } from "../contract/requests.ts";
import { cut, type Page, weightOf } from "./page.ts";

const ROWS_MAX = 1_000;
const WEIGHT_MAX = 2 * 1024 * 1024;

/**
 * The newest rows of a bin in memory, so that what this process captured is pushed without a read.
 * Invariant: every row with from < seq <= to is in `rows`, but for the removed ones; ascending by seq.
 */
export class Window {
  #from = 0;
  #to = 0;
  #rows: RequestSummary[] = [];
  #weight = 0;

  /** Takes a run of rows without holes. One that does not continue the window replaces it. */
  append(firstSeq: number, lastSeq: number, rows: readonly RequestSummary[]): void {
    if (firstSeq !== this.#to + 1) this.#reset(firstSeq - 1, []);
    this.#rows.push(...rows);
    this.#to = lastSeq;
    for (const row of rows) this.#weight += weightOf(row);
    this.#trim();
  }

  /** Can a reader that has all up to `after` be served from here? */
  covers(after: number): boolean {
    return this.#from <= after && after < this.#to;
  }

  /** The next rows for a reader at `after`, which is covered. */
  page(after: number): Page {
    const rows = this.#rows.slice(this.#rows.findLastIndex((row) => row.seq <= after) + 1);
    const items = cut(rows);
    const lastSeq = items.length < rows.length ? (items.at(-1)?.seq ?? after) : this.#to;
    return { items, lastSeq };
  }

  remove(removal: Removal): void {
    this.#reset(
      this.#from,
      this.#rows.filter((row) => !isRemoved(removal, row.seq)),
    );
  }

  answer(items: readonly AnsweredEvent[]): void {
    this.#rows = withAnswers(this.#rows, items);
  }

  change(items: readonly RequestSummary[]): void {
    this.#reset(this.#from, withChanges(this.#rows, items));
  }

  /** Covers nothing any more. */
  clear(): void {
    this.#reset(this.#to, []);
  }

  #reset(from: number, rows: RequestSummary[]): void {
    this.#from = from;
    this.#rows = rows;
    this.#weight = rows.reduce((sum, row) => sum + weightOf(row), 0);
  }

  #trim(): void {
    let gone = 0;
    while (this.#rows.length - gone > ROWS_MAX || this.#weight > WEIGHT_MAX) {
      const row = this.#rows[gone++];
      if (!row) break;
      this.#weight -= weightOf(row);
      this.#from = row.seq;
    }
    this.#rows.splice(0, gone);
  }
}

/** The rows with what is known of their answers by now. */
export function withAnswers(
  rows: readonly RequestSummary[],
  items: readonly AnsweredEvent[],
): RequestSummary[] {
  const bySeq = new Map(items.map((item) => [item.seq, item]));
  return rows.map((row) => {
    const item = bySeq.get(row.seq);
    if (!item) return row;
    const { answered, response = row.response } = item;
    return { ...row, answered, response };
  });
}

/** The rows with those that have changed in their places. What is known of an answer by now stays. */
export function withChanges(
  rows: readonly RequestSummary[],
  items: readonly RequestSummary[],
): RequestSummary[] {
  const bySeq = new Map(items.map((item) => [item.seq, item]));
  return rows.map((row) => {
    const item = bySeq.get(row.seq);
    if (!item) return row;
    return item.answered ? item : { ...item, answered: row.answered, response: row.response };
  });
}
