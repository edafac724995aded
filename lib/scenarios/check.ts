import type { Check, Step, ValueTest } from "../contract/scenarios.ts";
import { compareDecimals, readDecimal } from "../search/decimal.ts";
import type { Found } from "./message.ts";
import { type Answer, subjectOf } from "./subject.ts";

type Expectations = NonNullable<Step["expect"]>;
type Scalar = string | number | boolean | null;

/** Where nothing is said of the status, that it went well: else a refusal with the right words in it would pass. */
const wentWell: Expectations = { status: "2xx" };

/** Everything that was expected of an answer, in the order in which it was written. */
export function check(
  answer: Answer,
  expected: Expectations | undefined,
  fill: (text: string) => string,
): Check[] {
  return Object.entries({ ...wentWell, ...expected }).flatMap(([subject, wanted]) => {
    const found = subjectOf(answer, subject);
    const got = found && found.text;
    return testsOf(wanted, fill).map(({ words, holds }) => ({
      subject,
      wanted: words,
      got,
      passed: holds(found),
    }));
  });
}

type Test = { words: string; holds: (found: Found | null) => boolean };

function* eachTest(test: ValueTest, fill: (text: string) => string): Generator<Test> {
  const filled = (value: Scalar) => (typeof value === "string" ? fill(value) : value);
  const { equals, not, contains, above, below } = test;
  if (equals !== undefined) yield equality(filled(equals));
  if (not !== undefined) {
    const { words, holds } = equality(filled(not));
    yield { words: `not ${words}`, holds: (found) => !holds(found) };
  }
  if (contains !== undefined) {
    const part = fill(contains);
    yield { words: `contains ${part}`, holds: (found) => found?.text.includes(part) ?? false };
  }
  if (above !== undefined)
    yield { words: `above ${above}`, holds: (found) => order(found, above) > 0 };
  if (below !== undefined)
    yield { words: `below ${below}`, holds: (found) => order(found, below) < 0 };
  if (test.in !== undefined) {
    const any = test.in.map((value) => equality(filled(value)));
    yield {
      words: `one of ${any.map(({ words }) => words).join(", ")}`,
      holds: (found) => any.some(({ holds }) => holds(found)),
    };
  }
  if (test.exists !== undefined) {
    const { exists } = test;
    yield {
      words: exists ? "is there" : "is not there",
      holds: (found) => (found !== null) === exists,
    };
  }
}

function testsOf(wanted: Scalar | ValueTest, fill: (text: string) => string): Test[] {
  const test = typeof wanted === "object" && wanted !== null ? wanted : { equals: wanted };
  return [...eachTest(test, fill)];
}

/** A text that came from a variable is compared with a number by what it says, since variables are texts. */
function equality(wanted: Scalar): Test {
  const words = String(wanted);
  const [, hundreds] = /^([1-5])xx$/.exec(words) ?? [];
  return {
    words,
    holds: (found) => {
      if (!found) return false;
      if (hundreds && found.kind === "number")
        return found.text[0] === hundreds && found.text.length === 3;
      if (found.kind === "number") return order(found, words) === 0;
      if (found.kind === "text" && typeof wanted !== "string") return false;
      return found.text === words;
    },
  };
}

/** NaN when one of the two is no number. */
function order(found: Found | null, wanted: number | string): number {
  const a = found && readDecimal(found.text);
  const b = readDecimal(String(wanted));
  return a && b ? compareDecimals(a, b) : Number.NaN;
}
