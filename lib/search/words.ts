import { HooklensError } from "../errors.ts";

/** One word or quoted phrase of a search. `column` counts characters from 1, where it starts in the text. */
export type SearchWord = { text: string; column: number };

/**
 * Splits a search into bare words and "quoted phrases"; a request matches when each is found in it.
 * @throws invalid_query, naming the column and what was expected there.
 */
export function parseWords(query: string): SearchWord[] {
  const words: SearchWord[] = [];
  const nul = query.indexOf("\0");
  if (nul >= 0) throw mistake(nul + 1, "expected text; NUL can't be searched for.");
  const token = /\s*(?:"([^"]*)(")?|([^\s"]+))/gy;
  for (;;) {
    const start = token.lastIndex;
    const match = token.exec(query);
    if (!match) return words;
    const [all, phrase, closed, bare] = match;
    const column = start + all.search(/\S/) + 1;
    if (phrase !== undefined && closed === undefined) {
      throw mistake(query.length + 1, `expected a closing " for the one at column ${column}.`);
    }
    const text = phrase ?? bare ?? "";
    if (text !== "") words.push({ text, column });
  }
}

function mistake(column: number, expected: string): HooklensError {
  const detail = `Column ${column}: ${expected}`;
  return new HooklensError("invalid_query", detail, { errors: [{ pointer: "?q", detail }] });
}
