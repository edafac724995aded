import { HooklensError } from "../errors.ts";
import { mistakeText, parseQuery } from "./parse.ts";
import type { Query } from "./query.ts";

/** Reads a query. @throws invalid_query, naming the column and what was expected there. */
export function readSearch(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed.query;
  const detail = mistakeText(parsed.mistake);
  throw new HooklensError("invalid_query", detail, { errors: [{ pointer: "?q", detail }] });
}

/** One bare word or quoted phrase of a query. `column` counts characters from 1, where it starts in the text. */
export type SearchWord = { text: string; column: number };

/**
 * The words and phrases of a query, without those that must not be there; a wildcard parts a word in two.
 * @throws invalid_query
 */
export function parseWords(text: string): SearchWord[] {
  return [...wordsOf(readSearch(text), text)];
}

function* wordsOf(query: Query, text: string): Generator<SearchWord> {
  if (query.kind === "and" || query.kind === "or") {
    for (const item of query.items) yield* wordsOf(item, text);
  }
  if (query.kind !== "word") return;
  const { from, to } = query.span;
  if (text[from] === '"') {
    yield { text: query.pattern[0] ?? "", column: from + 1 };
    return;
  }
  for (const { 0: part, index } of text.slice(from, to).matchAll(/[^*]+/g)) {
    yield { text: part, column: from + index + 1 };
  }
}
