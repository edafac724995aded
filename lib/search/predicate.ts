import { bytePatterns } from "./byte-text.ts";
import { compareDecimals, readDecimal } from "./decimal.ts";
import { someFormValue } from "./form-values.ts";
import { type BodyValue, someJsonValue } from "./json-values.ts";
import { contains, fold, foldPattern, isWhole } from "./pattern.ts";
import type {
  Comparison,
  Field,
  FieldTerm,
  Pattern,
  PlainField,
  Query,
  Step,
  Test,
} from "./query.ts";
import type { Subject } from "./subject.ts";

export type Predicate = (subject: Subject) => boolean;

type CompileOptions = {
  /** Milliseconds since 1970, for times told as `-15m`; asked at each evaluation. */
  now?: () => number;
};

/**
 * A query as a function. Every evaluation takes time in proportion to the request, whatever the query:
 * `const matches = compile(query); matches(new Subject(request, body))`.
 */
export function compile(query: Query, { now = Date.now }: CompileOptions = {}): Predicate {
  switch (query.kind) {
    case "word":
      return compileWord(query.pattern);
    case "field":
      return compileField(query, now);
    case "not": {
      const item = compile(query.item, { now });
      return (subject) => !item(subject);
    }
    case "and": {
      const items = query.items.map((item) => compile(item, { now }));
      return (subject) => items.every((item) => item(subject));
    }
    case "or": {
      const items = query.items.map((item) => compile(item, { now }));
      return (subject) => items.some((item) => item(subject));
    }
  }
}

function compileWord(pattern: Pattern): Predicate {
  const patterns = bytePatterns(pattern);
  const isIn = (text: string) => patterns.some((each) => contains(text, each));
  return (subject) => subject.lines.some(isIn) || isIn(subject.bodyText);
}

function compileField({ field, test }: FieldTerm, now: () => number): Predicate {
  if (field.name === "body") return compileBody(field.path, test);
  if (field.name === "size") return byNumber(test, now, ({ request }) => request.bodySize);
  if (field.name === "note") return compileNote(test);
  if (field.name === "at") return byNumber(test, now, ({ at }) => at, receivedAt);
  const fits = compileTest(test, BYTE_FIELDS.has(field.name) ? "bytes" : "text");
  const values = valuesOf(field);
  return (subject) => values(subject).some(fits);
}

/** Fields whose values come as byte text. */
const BYTE_FIELDS: ReadonlySet<Field["name"]> = new Set(["method", "path", "header", "type"]);
const receivedAt = ({ request }: Subject) => request.receivedAt;

function valuesOf(field: Exclude<Field, { name: "body" }>): (subject: Subject) => string[] {
  switch (field.name) {
    case "query": {
      const key = foldPattern(field.key);
      return ({ query }) => query.filter(([name]) => isWhole(name, key)).map(([, value]) => value);
    }
    case "header": {
      const key = foldPattern(field.key);
      return ({ request }) =>
        request.headers.filter(([name]) => isWhole(fold(name), key)).map(([, value]) => value);
    }
    default:
      return plainValues[field.name];
  }
}

const given = (...values: (string | number | null | undefined)[]): string[] =>
  values.filter((value) => value !== null && value !== undefined).map(String);

const plainValues: Record<PlainField, (subject: Subject) => string[]> = {
  method: ({ request }) => [request.method],
  path: ({ path }) => [path],
  type: ({ request }) => given(request.contentType, mediaType(request.contentType)),
  provider: ({ request }) => given(request.provider?.id),
  event: ({ request }) => given(request.provider?.event),
  delivery: ({ request }) => given(request.provider?.deliveryId),
  signature: ({ request }) => [request.signature.status],
  status: ({ request }) => given(request.response?.status),
  forward: ({ forwards }) => [...forwards],
  size: ({ request }) => given(request.bodySize),
  ip: ({ request }) => [request.remoteAddress],
  at: ({ request }) => [request.receivedAt],
  id: ({ request }) => given(request.seq, `#${request.seq}`, request.id),
  label: ({ request }) => request.labels ?? [],
  note: ({ request }) => given(request.note),
  pinned: ({ request }) => [request.pinned ? "yes" : "no"],
};

/** The value may stand anywhere in it. */
function compileNote(test: Test): Predicate {
  if (test.op !== "is") return () => false;
  const pattern = foldPattern(test.pattern);
  return ({ request: { note } }) => note !== undefined && contains(fold(note), pattern);
}

/** Without its parameters. */
const mediaType = (contentType: string | null) =>
  contentType?.split(";")[0]?.replace(/^[ \t]+|[ \t]+$/g, "");

/** A test of one value as text. */
function compileTest(test: Test, kind: "text" | "bytes"): (value: string) => boolean {
  if ("number" in test && test.op !== "is") {
    const holds = holdsFor[test.op];
    return (value) => {
      const number = readDecimal(value.trim());
      return number !== null && holds(compareDecimals(number, test.number));
    };
  }
  if (test.op !== "is") return () => false;
  const patterns = kind === "bytes" ? bytePatterns(test.pattern) : [foldPattern(test.pattern)];
  return (value) => {
    const folded = fold(value);
    return patterns.some((pattern) => isWhole(folded, pattern));
  };
}

const holdsFor: Record<Comparison | "=", (order: number) => boolean> = {
  "=": (order) => order === 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
};

/** Sizes and times. */
function byNumber(
  test: Test,
  now: () => number,
  numberOf: (subject: Subject) => number,
  textOf: (subject: Subject) => string = (subject) => String(numberOf(subject)),
): Predicate {
  if (test.op === "during") {
    return (subject) => numberOf(subject) >= test.from && numberOf(subject) < test.before;
  }
  if ("value" in test) {
    const holds = holdsFor[test.op];
    return (subject) => holds(numberOf(subject) - test.value);
  }
  if ("ago" in test) {
    const holds = holdsFor[test.op];
    return (subject) => holds(numberOf(subject) - (now() * 1000 - test.ago));
  }
  const fits = compileTest(test, "text");
  return (subject) => fits(textOf(subject));
}

function compileBody(path: readonly Step[], test: Test): Predicate {
  if (path.length === 0) {
    const patterns = test.op === "is" ? bytePatterns(test.pattern) : [];
    return ({ bodyText }) => patterns.some((pattern) => contains(bodyText, pattern));
  }
  const folded = path.map((step) => ("key" in step ? { key: foldPattern(step.key) } : step));
  const fits = compileValue(test);
  return ({ values }) => {
    if (values.kind === "json") return someJsonValue(values.text, folded, fits);
    return values.kind === "form" && someFormValue(values.fields, folded, fits);
  };
}

/** An object or a list is no text and no number: only `*` alone fits it. */
function compileValue(test: Test): (value: BodyValue) => boolean {
  const fits = compileTest(test, "text");
  const isAny = test.op === "is" && test.pattern.length > 1 && test.pattern.every((each) => !each);
  const number = test.op === "is" ? test.number : null;
  return (value) => {
    if (value.kind === "group") return isAny;
    if (number && value.kind === "literal") {
      const own = readDecimal(value.text);
      if (own) return compareDecimals(own, number) === 0;
    }
    return fits(value.text);
  };
}
