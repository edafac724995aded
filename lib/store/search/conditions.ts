import { Prisma } from "#prisma/generated/client.ts";
import { bytePatterns } from "../../search/byte-text.ts";
import { fold } from "../../search/pattern.ts";
import type {
  Comparison,
  FieldTerm,
  Pattern,
  PlainField,
  Query,
  Test,
} from "../../search/query.ts";

/** What SQL can say of a query about the row `r`: true for every match, and only for matches when it is exact. */
export type Condition = { sql: Prisma.Sql; isExact: boolean };

/** The condition that narrows nothing. */
export const TRUE = Prisma.sql`TRUE`;
const UNKNOWN: Condition = { sql: TRUE, isExact: false };
const exact = (sql: Prisma.Sql): Condition => ({ sql, isExact: true });

/** `now`: microseconds since 1970, for times ago. Words, headers and bodies are not for SQL: see narrowing.ts. */
export function conditionOf(query: Query, now: number): Condition {
  switch (query.kind) {
    case "word":
      return UNKNOWN;
    case "field":
      return fieldCondition(query, now);
    case "not": {
      const { sql, isExact } = conditionOf(query.item, now);
      // Without what a superset holds too much, a part of the matches would be missing.
      return isExact ? exact(Prisma.sql`NOT (${sql})`) : UNKNOWN;
    }
    case "and":
    case "or":
      return joined(
        query.items.map((item) => conditionOf(item, now)),
        query.kind,
      );
  }
}

function joined(items: Condition[], kind: "and" | "or"): Condition {
  const isExact = items.every((item) => item.isExact);
  const narrow = items.map(({ sql }) => sql).filter((sql) => sql !== TRUE);
  const isFree = kind === "and" ? narrow.length === 0 : narrow.length < items.length;
  if (isFree) return { sql: TRUE, isExact };
  return { sql: Prisma.join(narrow, kind === "and" ? " AND " : " OR ", "(", ")"), isExact };
}

function fieldCondition({ field, test }: FieldTerm, now: number): Condition {
  if ("key" in field || "path" in field) return UNKNOWN;
  if (test.op === "is") return textCondition(field.name, test.pattern);
  return numberCondition(field.name, test, now);
}

const RECEIVED_AT = Prisma.sql`r.received_at_us`;
/** A listener's answer, where that is what the sender got. */
const STATUS = Prisma.sql`coalesce((SELECT answer.response_status FROM answers AS answer WHERE answer.id = r.id), r.response_status)`;

const texts: Partial<Record<PlainField, Prisma.Sql[]>> = {
  method: [Prisma.sql`r.method`],
  path: [Prisma.sql`split_part(r.target, '?', 1)`],
  type: [
    Prisma.sql`r.content_type`,
    Prisma.sql`btrim(split_part(r.content_type, ';', 1), E' \\t')`,
  ],
  provider: [Prisma.sql`r.provider_id`],
  event: [Prisma.sql`r.event`],
  delivery: [Prisma.sql`r.delivery_id`],
  signature: [Prisma.sql`coalesce(r.signature_status, 'unchecked')`],
  status: [Prisma.sql`(${STATUS})::text`],
  size: [Prisma.sql`r.body_size::text`],
  ip: [Prisma.sql`r.remote_address`],
  pinned: [
    Prisma.sql`CASE WHEN EXISTS (SELECT FROM annotations AS said WHERE said.id = r.id AND said.pinned) THEN 'yes' ELSE 'no' END`,
  ],
  id: [Prisma.sql`r.seq::text`, Prisma.sql`'#' || r.seq`, Prisma.sql`r.id::text`],
};
/** Their columns hold one character per byte; the others hold text. */
const BYTE_FIELDS: ReadonlySet<PlainField> = new Set(["method", "path", "type"]);

function textCondition(name: PlainField, pattern: Pattern): Condition {
  const patterns = (BYTE_FIELDS.has(name) ? bytePatterns(pattern) : [pattern]).map(likePattern);
  if (name === "forward") {
    const fits = isLike(Prisma.sql`forward.state`, patterns);
    return exact(
      Prisma.sql`EXISTS (SELECT FROM forwards AS forward WHERE forward.request_id = r.id AND ${fits})`,
    );
  }
  if (name === "label" || name === "note") return said(name, pattern);
  const own = name === "id" ? ownId(pattern) : null;
  if (own) return exact(own);
  const values = texts[name];
  if (!values) return UNKNOWN;
  return exact(
    Prisma.join(
      values.map((value) => isLike(value, patterns)),
      " OR ",
      "(",
      ")",
    ),
  );
}

/** Asked of the row, not of the table: a bin has few of them, and a page of a list is soon full. */
function said(name: "label" | "note", pattern: Pattern): Condition {
  const fits =
    name === "label"
      ? Prisma.sql`EXISTS (SELECT FROM unnest(said.labels) AS label WHERE ${isLike(Prisma.sql`label`, [likePattern(pattern)])})`
      : Prisma.sql`said.note <> '' AND ${isLike(Prisma.sql`said.note`, [likePattern(["", ...pattern, ""])])}`;
  return exact(
    Prisma.sql`EXISTS (SELECT FROM annotations AS said WHERE said.id = r.id AND ${fits})`,
  );
}

/** A whole number or id, by an index of the table; null for anything else. */
function ownId(pattern: Pattern): Prisma.Sql | null {
  if (pattern.length > 1) return null;
  const text = fold(pattern[0] ?? "");
  const seq = /^#?([1-9]\d{0,14})$/.exec(text)?.[1];
  if (seq) return Prisma.sql`r.seq = ${seq}::bigint`;
  const isWhole = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
  return isWhole ? Prisma.sql`r.id = ${text}::uuid` : null;
}

const likePattern = (pattern: Pattern) =>
  pattern.map((piece) => piece.replace(/[\\%_]/g, "\\$&")).join("%");

/** In any letter case from A to Z, as everywhere: the collation "C" knows no other letters. Never NULL. */
function isLike(value: Prisma.Sql, patterns: readonly string[]): Prisma.Sql {
  const likes = patterns.map((like) => Prisma.sql`(${value}) COLLATE "C" ILIKE ${like}::text`);
  return Prisma.sql`coalesce(${Prisma.join(likes, " OR ", "(", ")")}, FALSE)`;
}

const operators: Record<Comparison | "=", Prisma.Sql> = {
  "=": Prisma.sql`=`,
  ">": Prisma.sql`>`,
  ">=": Prisma.sql`>=`,
  "<": Prisma.sql`<`,
  "<=": Prisma.sql`<=`,
};
const numbers: Partial<Record<PlainField, Prisma.Sql>> = {
  status: STATUS,
  size: Prisma.sql`r.body_size`,
  at: RECEIVED_AT,
  id: Prisma.sql`r.seq`,
};

function numberCondition(
  name: PlainField,
  test: Exclude<Test, { op: "is" }>,
  now: number,
): Condition {
  const column = numbers[name];
  if (!column) return UNKNOWN;
  if (test.op === "during") {
    return exact(
      Prisma.sql`(${column} >= ${test.from}::float8 AND ${column} < ${test.before}::float8)`,
    );
  }
  const value = valueOf(test, now);
  if (value === null) return UNKNOWN;
  return exact(Prisma.sql`coalesce(${column} ${operators[test.op]} ${value}::float8, FALSE)`);
}

/** Null for a number that a double can't hold exactly. */
function valueOf(test: Exclude<Test, { op: "is" | "during" }>, now: number): number | null {
  if ("value" in test) return test.value;
  return "ago" in test ? now - test.ago : test.number.short;
}
