/**
 * What is being typed at a place of a query. `from` to `to` is what a completion stands in for; `typed` is the part of it
 * before the cursor: of a field as it is written, of a value without its quotes.
 */
export type CompletionPlan =
  | { kind: "field"; from: number; to: number; typed: string }
  | {
      kind: "value";
      from: number;
      to: number;
      typed: string;
      field: string;
      operator: string;
    };

/** Null within a quoted phrase, where nothing can be guessed. Never throws: what is typed is seldom a query yet. */
export function planCompletion(text: string, at: number): CompletionPlan | null {
  // The cursor is told apart from the text, which may be shorter by now.
  const cursor = Math.min(at, text.length);
  const { from, to } = termAt(text, cursor);
  if (text[from] === '"') return null;
  const operatorAt = findOperator(text, from, to);
  if (operatorAt < 0 || cursor <= operatorAt) {
    const end = operatorAt < 0 ? to : operatorAt;
    return { kind: "field", from, to: end, typed: text.slice(from, cursor) };
  }
  const operator = /^(?::|[<>]=?)/.exec(text.slice(operatorAt, to))?.[0] ?? ":";
  const valueFrom = operatorAt + operator.length;
  if (cursor < valueFrom) return null;
  return {
    kind: "value",
    from: valueFrom,
    to,
    typed: unquoted(text.slice(valueFrom, cursor)),
    field: text.slice(from, operatorAt),
    operator,
  };
}

/** The term that the cursor is in or at the end of, without its minus signs; an empty one in the space between. */
function termAt(text: string, cursor: number): { from: number; to: number } {
  for (let at = 0; at <= text.length; ) {
    const from = skip(text, at, /[\s()]*-*/y);
    if (cursor < from) break;
    const to = termEnd(text, from);
    if (cursor <= to) return { from, to };
    at = to;
  }
  return { from: cursor, to: cursor };
}

function skip(text: string, at: number, expression: RegExp): number {
  expression.lastIndex = at;
  return at + (expression.exec(text)?.[0].length ?? 0);
}

/** Quotes may stand anywhere in a term, and one may still be open. */
const QUOTED = /"(?:[^"\\]|\\[^]?)*"?/y;

function termEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s()]/.test(text.charAt(at))) {
    at = text[at] === '"' ? skip(text, at, QUOTED) : at + 1;
  }
  return at;
}

/** The place of the first operator outside quotes; -1 without one. */
function findOperator(text: string, from: number, to: number): number {
  for (let at = from; at < to; ) {
    if (text[at] === '"') at = skip(text, at, QUOTED);
    else if (/[:<>]/.test(text.charAt(at))) return at;
    else at += 1;
  }
  return -1;
}

const unquoted = (text: string) => text.replace(/\\(["\\])|"/g, "$1");
