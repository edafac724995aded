import { expect, test } from "vitest";
import { answeredWords } from "#components/request/answered.ts";
import { formatMs } from "#components/request/format-ms.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const receivedAt = "2026-11-21T14:03:22.481903Z";
const now = Date.parse(receivedAt);
const response = { status: 200, headers: [], bodySize: 0 };
type Said = Pick<RequestSummary, "answered" | "response">;

const words = (said: Said, ageMs = 0, listenerWaitMs?: number) =>
  answeredWords({ ...({ receivedAt } as RequestSummary), ...said }, now + ageMs, listenerWaitMs);

test.each<[Said, string]>([
  [{ response, answered: { outcome: "sent", respondedMs: 3.14 } }, "answered 200 in 3.1 ms"],
  [
    { response, answered: { outcome: "sent", respondedMs: 1200, delayCut: true } },
    "answered 200 in 1.20 s, its delay cut short",
  ],
  [
    { response, answered: { outcome: "sender_gone", respondedMs: null } },
    "sender was gone before 200 went out",
  ],
  [
    {
      response: { ...response, status: 401, from: "enforce" },
      answered: { outcome: "sent", respondedMs: 3 },
    },
    "answered 401 (not verified) in 3.0 ms",
  ],
  [{ response, answered: { outcome: "failed", respondedMs: null } }, "answering 200 failed"],
  [{ response: null, answered: null }, "not answered: the sender was gone"],
])("what became of the answer is said in words: %#", (said, expected) => {
  expect(words(said)).toBe(expected);
});

test("of a request out of a HAR only what the file tells is said", () => {
  const imported = { at: receivedAt, format: "har" as const, id: null, seq: null, binId: null };
  const told = (said: Said) =>
    answeredWords({ ...({ receivedAt, imported } as RequestSummary), ...said }, now);
  expect(told({ response, answered: null })).toBe("answered 200, as the file tells");
  expect(told({ response: null, answered: null })).toBe("the file tells no answer");
});

test("a listener's answer is told as localhost's, and waited for as long as the bin says", () => {
  const own = { status: 201, headers: [], bodySize: 2, from: "listener" as const };
  const sent = { outcome: "sent" as const, respondedMs: 35 };
  expect(words({ response: own, answered: sent })).toBe("answered 201 from localhost in 35.0 ms");
  const open = { response, answered: null };
  expect(words(open, 7_900, 8_000)).toBe("waiting for localhost’s answer, else 200 …");
  expect(words(open, 8_100, 8_000)).toBe("answer 200 not confirmed yet");
});

test("an answer of which nothing is known is never said to be sent", () => {
  expect(words({ response, answered: null }, 100)).toBe("answering 200 …");
  expect(words({ response, answered: null }, 5_000)).toBe("answer 200 not confirmed yet");
  expect(words({ response, answered: null }, 60_000)).toContain("unknown whether it went out");
});

test.each([
  [0, "0.00 ms"],
  [0.4213, "0.42 ms"],
  [3.14, "3.1 ms"],
  [99.97, "100.0 ms"],
  [251.4, "251 ms"],
  [1249, "1.25 s"],
  [29_960, "30.0 s"],
])("%d ms is written %s", (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});
