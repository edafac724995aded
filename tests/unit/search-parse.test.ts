import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mistakeText, parseQuery } from "#lib/search/parse.ts";
import type { Field, Query, Step, Test } from "#lib/search/query.ts";

/** The tree in short: `and(word(a), not(event is ping))`. */
function outline(query: Query): string {
  switch (query.kind) {
    case "word":
      return query.pattern.join("*");
    case "field":
      return `${fieldOutline(query.field)} ${testOutline(query.test)}`;
    case "not":
      return `not(${outline(query.item)})`;
    default:
      return `${query.kind}(${query.items.map(outline).join(", ")})`;
  }
}

function fieldOutline(field: Field): string {
  if ("key" in field) return `${field.name}.${field.key.join("*")}`;
  return field.name + ("path" in field ? field.path.map(stepOutline).join("") : "");
}

const stepOutline = (step: Step) =>
  "index" in step ? `[${step.index ?? "*"}]` : `/${step.key.join("*")}`;

function testOutline(wanted: Test): string {
  if (wanted.op === "is")
    return `is ${wanted.pattern.join("*")}${wanted.number ? " (number)" : ""}`;
  if (wanted.op === "during") return `during ${wanted.from} ${wanted.before}`;
  if ("ago" in wanted) return `${wanted.op} ago ${wanted.ago}`;
  if ("value" in wanted) return `${wanted.op} ${wanted.value}`;
  const { negative, digits, exponent } = wanted.number;
  return `${wanted.op} ${negative ? "-" : ""}${digits}e${exponent}`;
}

function parsed(text: string): string {
  const result = parseQuery(text);
  return result.ok ? outline(result.query) : mistakeText(result.mistake);
}

const DAY = Date.UTC(2026, 10, 21) * 1000;
const HOUR = 3_600_000_000;

test.each([
  ["", "and()"],
  ["   ", "and()"],
  ['""', "and()"],
  ['-""', "and()"],
  ["push", "push"],
  ['push  "exact words" x', "and(push, exact words, x)"],
  ['a"b c"d', "and(a, b c, d)"],
  ['"say \\"hi\\" c:\\\\d \\n"', 'say "hi" c:\\d \\n'],
  ["a OR b c", "or(a, and(b, c))"],
  ["a AND b", "and(a, b)"],
  ["or and ORa", "and(or, and, ORa)"],
  ["(a OR b) -c", "and(or(a, b), not(c))"],
  ["((a))", "a"],
  ["-(a b)", "not(and(a, b))"],
  ['-"a b" --c', "and(not(a b), not(not(c)))"],
  ["- a", "and(-, a)"],
  ["a-b", "a-b"],
  ["ord*42", "ord*42"],
  ["https://x.y/z?a=b", "https://x.y/z?a=b"],
  ["12:30 name=ADA <xml> =>", "and(12:30, name=ADA, <xml>, =>)"],
  ["method size", "and(method, size)"],
  ["method:POST", "method is POST"],
  ["METHOD:post", "method is post"],
  ["path:/orders/*", "path is /orders/*"],
  ["path:/a**b", "path is /a*b"],
  ['path:"/a*b"/*', "path is /a*b/*"],
  ['event:"a b"', "event is a b"],
  ['event:""', "event is "],
  ["-event:ping", "not(event is ping)"],
  ["query.a[]:x", "query.a[] is x"],
  ["query.utm_*:x", "query.utm_* is x"],
  ["header.X-Event:order.created", "header.X-Event is order.created"],
  ["header.age>=5", "header.age >= 5e0"],
  ['header."a b":c', "header.a b is c"],
  ["body:text", "body is text"],
  ["body.data.object.amount>1000", "body/data/object/amount > 1e3"],
  ['body."a.b"[0].c_*[*]:1.50', "body/a.b[0]/c_*[*] is 1.50 (number)"],
  ['body.n:"1"', "body/n is 1"],
  ["body.n<-1.5e-3", "body/n < -15e-4"],
  ["status:2*", "status is 2*"],
  ["status>=400", "status >= 4e2"],
  ["size>10kb", "size > 10000"],
  ["size<=1.5KiB", "size <= 1536"],
  ["size:0", "size = 0"],
  ["at>-15m", "at > ago 900000000"],
  ["at:2026-11-21", `during ${DAY} ${DAY + 24 * HOUR}`],
  ["at:2026-11-21T10:30+02:00", `during ${DAY + 8.5 * HOUR} ${DAY + 8.5 * HOUR + 60_000_000}`],
  ["at:2026-12", `during ${DAY + 240 * HOUR} ${DAY + 984 * HOUR}`],
  ["at>2026-11-21", `at >= ${DAY + 24 * HOUR}`],
  ["at>=2026-11-21", `at >= ${DAY}`],
  ["at<2026-11-21", `at < ${DAY}`],
  ["at<=2026-11-21", `at < ${DAY + 24 * HOUR}`],
  ["id:#42", "id is #42"],
  ["id>40", "id > 4e1"],
])("%j is read as %s", (text, expected) => {
  expect(parsed(text)).toBe(expected.replace(/^during/, "at during"));
});

describe("a mistake is told with its column and what was expected", () => {
  test.each([
    ['a "b', 5, 'expected a closing " for the one at column 3.'],
    ["(a (b)", 7, "expected a closing ) for the one at column 1."],
    ["a)", 2, "expected a ( somewhere before"],
    ["a OR", 5, "expected a term after OR."],
    ["a OR OR b", 6, "expected a term after OR."],
    [" OR a", 2, "expected a term before OR."],
    ["()", 2, "expected a term between"],
    ["a evnt:ping", 3, "expected a field, not evnt: method, path,"],
    ["data.amount>5", 1, "Or is it body.data.amount,"],
    ["event:", 7, "expected a value after event:"],
    ["event: ping", 7, "expected a value after event:"],
    ["event>5", 6, "expected : after event; > compares numbers, sizes and times."],
    ["body>5", 5, "expected : after body;"],
    ["body.a", 7, "expected : and a value after body.a; body.a:* is any value."],
    ["body.:x", 6, "expected a name after the dot."],
    ["body.a[x]:1", 8, "expected a number or * and a closing ]."],
    ["header:x", 7, "expected .NAME after header"],
    ["query.:x", 7, "expected .NAME after query"],
    ["size>big", 6, "expected a size in bytes, or with kb"],
    ["size:10pb", 6, "expected a size in bytes"],
    ["at>yesterday", 4, "expected a time, as in 2026-11-21T10:30:00Z"],
    ["at:2026-02-30", 4, "expected a time"],
    ["at:-15m", 4, "at>-15m is the last 15 minutes"],
    ["status>4xx", 8, "expected a number after status>"],
    ["a\0", 2, "expected text; NUL can't be searched for."],
    [`${"(".repeat(22)}a${")".repeat(22)}`, 22, "expected at most 20 levels"],
    [`${"-".repeat(30)}a`, 22, "expected at most 20 levels"],
    ["x".repeat(1001), 1001, "expected at most 1000 characters."],
  ])("%j: column %i: %s", (text, column, expected) => {
    const result = parseQuery(text);
    expect(result).toMatchObject({ ok: false, mistake: { column } });
    expect(parsed(text)).toContain(expected);
  });
});

test("any text is a query, or a mistake at a column of it", () => {
  const all = `(|)|"|\\|-|*|:|>|<=|.|[|]|[*]| |OR |AND |body|body.|query.|header.|size|at|id|event|1e5|10kb`;
  const parts = fc.constantFrom(...all.split("|"));
  const text = fc.oneof(
    fc.array(fc.nat({ max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    fc
      .array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 30 })
      .map((each) => each.join("")),
  );
  fc.assert(
    fc.property(text, (query) => {
      const result = parseQuery(query);
      if (result.ok) return true;
      const { column, expected } = result.mistake;
      return column > 0 && column <= query.length + 1 && expected.startsWith("expected ");
    }),
    { numRuns: 1000 },
  );
});

test("a term's span is where it stands", () => {
  const text = 'a  event:"x y" -(body.n>5 OR "c d")';
  const result = parseQuery(text);
  const spans: string[] = [];
  const collect = (query: Query): void => {
    if ("span" in query) spans.push(text.slice(query.span.from, query.span.to));
    else if (query.kind === "not") collect(query.item);
    else query.items.forEach(collect);
  };
  if (result.ok) collect(result.query);
  expect(spans).toEqual(["a", 'event:"x y"', "body.n>5", '"c d"']);
});
