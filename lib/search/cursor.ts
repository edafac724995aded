import type { Pattern } from "./query.ts";

/** A place in the query's text that moves on while it is read. */
export type Cursor = { readonly text: string; at: number };

/** What ends the reading of a query; parseQuery turns it into a value. */
export class QueryMistake extends Error {
  /** In UTF-16 code units from 0. */
  readonly at: number;

  constructor(at: number, expected: string) {
    super(expected);
    this.at = at;
  }
}

/** Matches a sticky expression here and moves behind it. */
export function take(cursor: Cursor, expression: RegExp): string | null {
  expression.lastIndex = cursor.at;
  const found = expression.exec(cursor.text)?.[0];
  if (found === undefined) return null;
  cursor.at += found.length;
  return found;
}

export const peek = ({ text, at }: Cursor): string => text.charAt(at);

/** Reads "..." with \" and \\ in it; the cursor is at the opening quote. */
export function readQuoted(cursor: Cursor): string {
  const opened = cursor.at;
  const inside = take(cursor, /"(?:[^"\\]|\\["\\]?)*/y) ?? "";
  if (peek(cursor) !== '"') {
    throw new QueryMistake(
      cursor.text.length,
      `expected a closing " for the one at column ${opened + 1}.`,
    );
  }
  cursor.at += 1;
  return inside.slice(1).replace(/\\(["\\])/g, "$1");
}

/**
 * Reads quoted and bare parts that touch each other as one pattern; a `*` outside quotes is a wildcard. Null when nothing
 * is here. `bare` takes one run of bare characters.
 */
export function readPattern(cursor: Cursor, bare: RegExp): Pattern | null {
  const start = cursor.at;
  const pieces = [""];
  const append = (text: string) => pieces.push((pieces.pop() ?? "") + text);
  for (;;) {
    if (peek(cursor) === '"') append(readQuoted(cursor));
    else {
      const run = take(cursor, bare);
      if (!run) break;
      const [first = "", ...rest] = run.split(/\*+/);
      append(first);
      pieces.push(...rest);
    }
  }
  return cursor.at === start ? null : pieces;
}
