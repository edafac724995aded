import { HooklensError } from "../errors.ts";

/** One word or quoted phrase of a search. `column` counts characters from 1, where it starts in the text. */
export type SearchWord = { text: string; column: number };

/**
 * Splits a search into bare words and "quoted phrases"; a request matches when each is found in it.
 * @throws invalid_query, naming the column and what was expected there.
 */
export function parseWords(query: string): SearchWord[] {
  const words: SearchWord[] = [];
  const token = /\s*(?:"([^"]*)(")?|([^\s"]+))/gy;
  for (;;) {
    const start = token.lastIndex;
    const match = token.exec(query);
    if (!match) return words;
    const [all, phrase, closed, bare] = match;
    const column = start + all.search(/\S/) + 1;
    if (phrase !== undefined && closed === undefined) throw unbalanced(query, column);
    const text = phrase ?? bare ?? "";
    if (text !== "") words.push({ text, column });
  }
}

function unbalanced(query: string, opened: number): HooklensError {
  const column = query.length + 1;
  const detail = `Column ${column}: expected a closing " for the one at column ${opened}.`;
  return new HooklensError("invalid_query", detail, { errors: [{ pointer: "?q", detail }] });
}
