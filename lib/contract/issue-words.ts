import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/**
 * What a schema says to a person where it has no words of its own: an error map for `safeParse`. Undefined leaves zod's
 * text, which speaks of "invalid input" and "too small".
 */
export function issueWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "It is missing" : wrongType(issue.expected, issue.input);
    case "invalid_value":
      return `One of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `At least ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `At most ${counted(issue.maximum, issue.origin)}`;
    case "unrecognized_keys":
      return `Unknown: ${issue.keys.join(", ")}`;
    default:
      return undefined;
  }
}

const wrongType = (expected: string, input: unknown) =>
  `${kinds[expected] ?? expected}, not ${kinds[typeOf(input)] ?? typeOf(input)}`.replace(
    /^./,
    (first) => first.toUpperCase(),
  );

function typeOf(input: unknown): string {
  if (input === null) return "null";
  return Array.isArray(input) ? "array" : typeof input;
}

function counted(count: number | bigint, origin: string): string {
  const number = count.toLocaleString("en");
  const things = { array: "item", string: "character", set: "item", map: "item" }[origin];
  if (things === undefined) return number;
  return `${number} ${things}${Number(count) === 1 ? "" : "s"}`;
}
