/** Where a part stands in the query's text: UTF-16 code units from 0, `to` is behind its last one. */
type Span = { from: number; to: number };

/** A query as a tree. An empty `and` matches everything. */
export type Query =
  | { kind: "and" | "or"; items: Query[] }
  | { kind: "not"; item: Query }
  | WordTerm
  | FieldTerm;

/** Text to be found anywhere in a request. */
export type WordTerm = { kind: "word"; pattern: Pattern; span: Span };
export type FieldTerm = { kind: "field"; field: Field; test: Test; span: Span };

/** The literal texts between wildcards: `a*b` is ["a", "b"], `a*` is ["a", ""], `a` is ["a"]. Never empty. */
export type Pattern = readonly string[];

export const plainFields = [
  "method",
  "path",
  "type",
  "provider",
  "event",
  "delivery",
  "signature",
  "status",
  "forward",
  "size",
  "ip",
  "at",
  "id",
  "label",
  "note",
  "pinned",
] as const;
export type PlainField = (typeof plainFields)[number];

/** Fields that need a name behind a dot. `body` may have a path, and stands for the body's text without one. */
export const keyedFields = ["query", "header"] as const;
export const fieldNames = [...plainFields, ...keyedFields, "body"] as const;

export type Field =
  | { name: PlainField }
  | { name: (typeof keyedFields)[number]; key: Pattern }
  | { name: "body"; path: readonly Step[] };

/**
 * One step of a body's path: a member by its name, where digits are an element as well and a lone wildcard is anything;
 * or an element by its place from 0, null for any.
 */
export type Step = { key: Pattern } | { index: number | null };

export type Comparison = ">" | ">=" | "<" | "<=";

/**
 * What a field's value must be. `is`: the whole of it fits the pattern, or is the same number. Times are microseconds
 * since 1970, or before the moment of asking.
 */
export type Test =
  | { op: "is"; pattern: Pattern; number: Decimal | null }
  | { op: "during"; from: number; before: number }
  | { op: "=" | Comparison; value: number }
  | { op: Comparison; ago: number }
  | { op: Comparison; number: Decimal };

/** A number as it was written: digits * 10^exponent. `short` when a double holds it so that comparing is exact. */
export type Decimal = {
  negative: boolean;
  /** Without zeros at either end; empty for 0. */
  digits: string;
  /** Of the last digit. */
  exponent: number;
  short: number | null;
};
