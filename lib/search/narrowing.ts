import { bytePatterns, toByteText } from "./byte-text.ts";
import { readDecimal, toDouble } from "./decimal.ts";
import { gramsOf, numberHash, termsOf, valueHash } from "./index-terms.ts";
import { fold } from "./pattern.ts";
import type { Comparison, Decimal, Field, FieldTerm, Pattern, Query, Test } from "./query.ts";
import { headerScope, pathScope, queryScope, type Scope } from "./scope.ts";

/** A number of a scope on one side of `value`, or `value` itself unless it is strict. */
export type NumberRange = {
  scope: Scope;
  side: "above" | "below";
  value: number;
  isStrict: boolean;
};

/** What a request must have in the index to be worth a look. `any`: the index says nothing. */
export type Narrowing =
  | { kind: "any" }
  | { kind: "terms"; terms: number[] }
  | { kind: "number"; range: NumberRange }
  | { kind: "and" | "or"; items: Narrowing[] };

const ANY: Narrowing = { kind: "any" };

/** What every match of a query has in the index: terms that indexRequest adds. */
export function narrowingOf(query: Query): Narrowing {
  switch (query.kind) {
    case "word":
      return either(bytePatterns(query.pattern).map(withGrams));
    case "field":
      return fieldNarrowing(query);
    case "not":
      return ANY; // That a term is missing can be known, that it is there only guessed.
    case "and":
      return all(query.items.map(narrowingOf));
    case "or":
      return either(query.items.map(narrowingOf));
  }
}

function all(items: Narrowing[]): Narrowing {
  const narrow = items.filter(({ kind }) => kind !== "any");
  return narrow.length === 0 ? ANY : { kind: "and", items: narrow };
}

function either(items: Narrowing[]): Narrowing {
  return items.some(({ kind }) => kind === "any") ? ANY : { kind: "or", items };
}

const withTerms = (terms: number[]): Narrowing =>
  terms.length === 0 ? ANY : { kind: "terms", terms };

const withHash = (hash: number): Narrowing => withTerms(termsOf(hash));

/** All terms of a folded byte text's pieces. */
const withGrams = (pattern: Pattern): Narrowing => withTerms(pattern.flatMap(gramsOf));

function fieldNarrowing({ field, test }: FieldTerm): Narrowing {
  if (field.name === "body" && field.path.length === 0) {
    return test.op === "is" ? either(bytePatterns(test.pattern).map(withGrams)) : ANY;
  }
  const place = placeOf(field);
  if (!place) return ANY;
  const { scope, isWhole } = place;
  const isThere = withHash(scope);
  return all([isThere, isWhole ? valueNarrowing(scope, field, test) : patternGrams(field, test)]);
}

/** Null for fields that are columns of their own: those are asked for in SQL. */
function placeOf(field: Field): { scope: Scope; isWhole: boolean } | null {
  if (field.name === "body") return pathScope(field.path);
  if (!("key" in field) || field.key.length > 1) return null;
  const [key = ""] = field.key;
  return { scope: field.name === "header" ? headerScope(key) : queryScope(key), isWhole: true };
}

function valueNarrowing(scope: Scope, field: Field, test: Test): Narrowing {
  if (test.op === "is") {
    if (test.pattern.length > 1) return patternGrams(field, test);
    return equalNarrowing(scope, field, test.pattern);
  }
  if (!("number" in test)) return ANY;
  return { kind: "number", range: { scope, ...rangeOf(test.op, test.number) } };
}

function rangeOf(op: Comparison, number: Decimal): Omit<NumberRange, "scope"> {
  const side = op === ">" || op === ">=" ? "above" : "below";
  // What a double can't hold may lie on either side of the double next to it.
  const isStrict = (op === ">" || op === "<") && number.short !== null;
  return { side, value: toDouble(number), isStrict };
}

/** A text that is a number may stand for a number as well. */
function equalNarrowing(scope: Scope, field: Field, pattern: Pattern): Narrowing {
  const forms = valueForms(field, pattern).map(([text = ""]) => valueHash(scope, text));
  const number = field.name === "body" ? readDecimal(pattern[0] ?? "") : null;
  return either([...forms, ...(number ? [numberHash(scope, number)] : [])].map(withHash));
}

/** Headers are byte text, what comes decoded out of a query or a body is not. */
const valueForms = (field: Field, pattern: Pattern): Pattern[] =>
  field.name === "header" ? bytePatterns(pattern) : [pattern.map(fold)];

/** The pieces between wildcards stand somewhere in the request. */
function patternGrams(field: Field, test: Test): Narrowing {
  if (test.op !== "is") return ANY;
  if (field.name === "header") return either(bytePatterns(test.pattern).map(withGrams));
  // U+FFFD also stands for bytes that are no UTF-8.
  const pieces = test.pattern.filter((piece) => !piece.includes("\ufffd"));
  return withGrams(pieces.map(fold).map(toByteText));
}
