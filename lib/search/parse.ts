import { type Cursor, peek, QueryMistake, readQuoted, take } from "./cursor.ts";
import type { Query, WordTerm } from "./query.ts";
import { readField } from "./read-field.ts";
import { readTest } from "./read-test.ts";
import { QUERY_CHARACTERS_MAX } from "./limits.ts";

/** Parentheses and minus signs within each other. */
const DEPTH_MAX = 20;

/** `column` counts UTF-16 code units from 1; `expected` is a sentence without its capital. */
export type Mistake = { column: number; expected: string };
export type Parsed = { ok: true; query: Query } | { ok: false; mistake: Mistake };

/** As people are told: `Column 7: expected a value after event:`. */
export const mistakeText = ({ column, expected }: Mistake) => `Column ${column}: ${expected}`;

const SPACE = /\s*/y;
const OR = /OR(?=[\s()"]|$)/y;
const AND = /AND(?=[\s()"]|$)/y;
const WORD_CHARACTERS = /[^\s()"]+/y;

/** Reads a query of the matching language (docs/search.md). Never throws; an empty text matches everything. */
export function parseQuery(text: string): Parsed {
  try {
    if (text.length > QUERY_CHARACTERS_MAX) {
      throw new QueryMistake(
        QUERY_CHARACTERS_MAX,
        `expected at most ${QUERY_CHARACTERS_MAX} characters.`,
      );
    }
    const nul = text.indexOf("\0");
    if (nul >= 0) throw new QueryMistake(nul, "expected text; NUL can't be searched for.");
    return { ok: true, query: readWhole({ text, at: 0 }) };
  } catch (error) {
    if (!(error instanceof QueryMistake)) throw error;
    return { ok: false, mistake: { column: error.at + 1, expected: error.message } };
  }
}

function readWhole(cursor: Cursor): Query {
  const query = readEither(cursor, 0);
  if (peek(cursor) === ")") {
    throw new QueryMistake(cursor.at, "expected a ( somewhere before this ), or quotes around it.");
  }
  return query;
}

/** Terms, with OR between groups of them; ends at a closing parenthesis or at the text's end. */
function readEither(cursor: Cursor, depth: number): Query {
  const groups = [readAll(cursor, depth)];
  for (let at = cursor.at; take(cursor, OR); at = cursor.at) {
    if (isEmpty(groups.at(-1))) throw new QueryMistake(at, "expected a term before OR.");
    groups.push(readAll(cursor, depth));
    if (isEmpty(groups.at(-1))) throw new QueryMistake(cursor.at, "expected a term after OR.");
  }
  const [only] = groups;
  return only && groups.length === 1 ? only : { kind: "or", items: groups };
}

const isEmpty = (query: Query | undefined) => query?.kind === "and" && query.items.length === 0;

/** Terms that must all match, up to an OR, a closing parenthesis or the end. */
function readAll(cursor: Cursor, depth: number): Query {
  const items: Query[] = [];
  for (;;) {
    take(cursor, SPACE);
    if (take(cursor, AND)) continue;
    const next = peek(cursor);
    if (next === "" || next === ")" || isAtOr(cursor)) break;
    const item = readItem(cursor, depth);
    if (!isEmpty(item)) items.push(item);
  }
  const [only] = items;
  return only && items.length === 1 ? only : { kind: "and", items };
}

function isAtOr(cursor: Cursor): boolean {
  OR.lastIndex = cursor.at;
  return OR.test(cursor.text);
}

function readItem(cursor: Cursor, depth: number): Query {
  if (depth > DEPTH_MAX) {
    throw new QueryMistake(
      cursor.at,
      `expected at most ${DEPTH_MAX} levels of parentheses and minus signs.`,
    );
  }
  if (peek(cursor) === "(") return readGroup(cursor, depth);
  if (!take(cursor, /-(?=[^\s)])/y)) return readTerm(cursor);
  const item = readItem(cursor, depth + 1);
  return isEmpty(item) ? item : { kind: "not", item };
}

function readGroup(cursor: Cursor, depth: number): Query {
  const opened = cursor.at;
  cursor.at += 1;
  const query = readEither(cursor, depth + 1);
  if (peek(cursor) !== ")") {
    const expected = `expected a closing ) for the one at column ${opened + 1}.`;
    throw new QueryMistake(cursor.text.length, expected);
  }
  if (isEmpty(query)) throw new QueryMistake(cursor.at, "expected a term between the parentheses.");
  cursor.at += 1;
  return query;
}

function readTerm(cursor: Cursor): Query {
  const from = cursor.at;
  if (peek(cursor) === '"') return readPhrase(cursor);
  const field = readField(cursor);
  if (!field) return readWord(cursor);
  const test = readTest(cursor, field, cursor.text.slice(from, cursor.at));
  return { kind: "field", field, test, span: { from, to: cursor.at } };
}

/** An empty phrase says nothing, so it is no term. */
function readPhrase(cursor: Cursor): Query {
  const from = cursor.at;
  const text = readQuoted(cursor);
  if (text === "") return { kind: "and", items: [] };
  return { kind: "word", pattern: [text], span: { from, to: cursor.at } };
}

function readWord(cursor: Cursor): WordTerm {
  const from = cursor.at;
  const word = take(cursor, WORD_CHARACTERS) ?? "";
  return { kind: "word", pattern: word.split(/\*+/), span: { from, to: cursor.at } };
}
