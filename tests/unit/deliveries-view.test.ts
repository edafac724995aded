import { describe, expect, test } from "vitest";
import { againWords } from "#components/inspector/again-mark.tsx";
import { monogramOf, toneOf } from "#components/provider/monogram.ts";
import { formatSpan } from "#components/request/format-span.ts";
import { happenedWords } from "#components/request/happened.ts";
import { nextWords } from "#components/request/next-words.ts";
import { ordinal } from "#components/ui/ordinal.ts";
import { isUsual } from "#lib/compare/usual.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { NextTry } from "#lib/contract/threads.ts";
import { providers } from "#lib/providers/providers.ts";

test("a place is an ordinal number", () => {
  const shown = [1, 2, 3, 4, 11, 12, 13, 21, 102, 1_003].map(ordinal);
  expect(shown.join(" ")).toBe("1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 1,003rd");
});

test("a span of time has its two largest units", () => {
  const shown = [0.0083, 0.9999, 2.14, 9.96, 42.4, 62, 300, 12_000, 187_200].map(formatSpan);
  expect(shown).toEqual([
    "8.3 ms",
    "1 s",
    "2.1 s",
    "10 s",
    "42 s",
    "1 min 2 s",
    "5 min",
    "3 h 20 min",
    "2 d 4 h",
  ]);
});

test("an event happened before it arrived, at about the same time, or after it by its own clock", () => {
  const arrived = "2026-11-21T14:03:22.500000Z";
  const words = ["2026-11-21T14:03:20.400000Z", "2026-11-21T14:03:22Z", "2026-11-21T14:03:32.5Z"];
  expect(words.map((at) => happenedWords(at, arrived))).toEqual([
    "2.1 s before it arrived",
    "within a second of its arrival",
    "10 s after it arrived, by its own clock",
  ]);
});

describe("what is expected next", () => {
  const at = (seconds: number) => new Date(1_795_000_000_000 + seconds * 1000).toISOString();
  const words = (next: NextTry, seconds: number) =>
    nextWords({ next, timeoutMs: null, sender: "Acme" }, 1_795_000_000_000 + seconds * 1000);
  const expected: NextTry = {
    kind: "expected",
    try: 2,
    from: at(60),
    to: at(90),
    endsAt: at(360),
  };

  test("counts down to its time, and tells when it is over", () => {
    expect(words(expected, 0)).toMatch(
      /^The 2nd try is expected in 1 min, at .+\. It gives up after the one in 6 min\.$/,
    );
    expect(words(expected, 70)).toMatch(/^The 2nd try is expected any moment\./);
    expect(words(expected, 100)).toMatch(/^The 2nd try was expected 40 s ago, .+has not come\./);
    expect(words({ ...expected, endsAt: expected.from }, 0)).toMatch(/It is the last one\.$/);
  });

  test("is told as far as it is documented", () => {
    const until = (endsAt: string | null, tries: number | null): NextTry => ({
      kind: "until",
      endsAt,
      tries,
    });
    expect(words(until(null, 3), 0)).toBe(
      "Up to 3 further tries are expected, at times that Acme does not tell.",
    );
    expect(words(until(at(60), null), 0)).toMatch(
      /^Further tries are expected until .+, in 1 min; Acme/,
    );
    expect(words(until(at(60), 1), 61)).toMatch(/has given up/);
    expect(words({ kind: "never" }, 0)).toBe("Acme does not try again by itself.");
  });
});

test("a row says that it is not the first, and a heartbeat does not", () => {
  const words = (thread: Partial<RequestSummary["thread"]>, attempt: number | null = null) =>
    againWords({
      provider: attempt === null ? null : { attempt },
      thread: { id: "t", by: "event", place: 1, count: 1, ...thread },
    } as RequestSummary);
  expect(words({})).toBeNull();
  expect(words({ place: 2 })).toBe("2nd time");
  expect(words({}, 3)).toBe("3rd try");
  expect(words({ by: "body", place: 2 })).toBe("same body");
  expect(words({ by: "body", place: 10 })).toBeNull();
});

test("what is new with each try is known by its name", () => {
  const usual = [
    ...["x-slack-signature", "stripe-signature", "date", "x-attempt-number", "cf-ray"].map(
      (name) => `header ${name}`,
    ),
    ...["$.signature.token", "$[*].attemptNumber", "$.webhookTimestamp", "$.retryCount"].map(
      (path) => `body ${path}`,
    ),
    "query timestamp",
    'part "f" body $.nonce',
  ];
  expect(usual.filter(isUsual)).toEqual(usual);
  const others = ["header content-type", "header x-update", "body $.data.amount", "body $.created"];
  expect(others.filter(isUsual)).toEqual([]);
});

test("every provider has a monogram of two letters, and a tone", () => {
  for (const { id, name } of providers) {
    expect(monogramOf(name)).toMatch(/^[\p{L}\p{N}]{1,2}$/u);
    expect(toneOf(id) % 30).toBe(0);
  }
  expect(["GitHub", "Stripe", "AWS SNS", "X"].map(monogramOf)).toEqual(["GH", "St", "AS", "X"]);
});
