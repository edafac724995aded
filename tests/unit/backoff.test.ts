import { describe, expect, test } from "vitest";
import { afterAttempt, attemptsAllowed, CLOSED } from "#lib/destinations/circuit.ts";
import { paceOf } from "#lib/destinations/pace.ts";
import { refilled, UNLIMITED, untilNext } from "#lib/destinations/throttle.ts";
import { nextAttempt, retryAfter } from "#lib/forward/backoff.ts";

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const schedule = {
  maxAttempts: 8,
  maxAgeSeconds: 3_600,
  firstDelaySeconds: 5,
  maxDelaySeconds: 60,
};
const failed = (tries: number, retryAfterMs: number | null = null, sinceMs = NOW) => ({
  tries,
  sinceMs,
  nowMs: NOW,
  retryAfterMs,
  isProbe: false,
});
const pauseOf = (next: ReturnType<typeof nextAttempt>) =>
  next.kind === "retry" ? (next.atMs - NOW) / 1000 : next.reason;

describe("the pause before the next attempt", () => {
  test.each([
    [1, 5, 3.75],
    [2, 10, 7.5],
    [3, 20, 15],
    [4, 40, 30],
    [5, 60, 45],
    [6, 60, 45],
    [7, 60, 45],
    [8, "attempts", "attempts"],
  ])("after attempt %i is %s s, and by chance down to %s s", (tries, longest, shortest) => {
    expect(pauseOf(nextAttempt(failed(tries), schedule, () => 0))).toBe(longest);
    expect(pauseOf(nextAttempt(failed(tries), schedule, () => 1))).toBe(shortest);
  });

  test("a probe of the circuit breaker is not the last attempt, however many there were", () => {
    const probe = { ...failed(50), isProbe: true };
    expect(pauseOf(nextAttempt(probe, schedule, () => 0))).toBe(60);
  });

  test.each([
    ["a longer Retry-After is kept", 90_000, NOW, 90],
    ["a shorter one changes nothing", 1_000, NOW, 5],
    ["one beyond the age ends it", 2 * 3_600_000, NOW, "age"],
    ["the age ends it without one", null, NOW - 3_596_000, "age"],
    ["just within the age it is tried again", null, NOW - 3_595_000, 5],
  ])("%s", (_, retryAfterMs, sinceMs, expected) => {
    const next = nextAttempt(failed(1, retryAfterMs, sinceMs), schedule, () => 0);
    expect(pauseOf(next)).toBe(expected);
  });

  test.each([
    ["120", 120_000],
    ["0", 0],
    [" 7 ", 7_000],
    ["Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
    ["Saturday, 21-Nov-26 12:00:30 GMT", 30_000],
    ["Sat Nov 21 12:00:30 2026", 30_000],
    ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["9999999999", 86_400_000],
    ["Sat, 21 Nov 2037 12:00:00 GMT", 86_400_000],
    ["soon", null],
    ["-1", null],
    ["1.5", null],
    ["2026-11-21", null],
    ["", null],
  ])("Retry-After: %j asks for %s ms", (value, expected) => {
    expect(retryAfter([["RETRY-AFTER", value]], NOW)).toBe(expected);
  });

  test("no Retry-After asks for nothing", () => expect(retryAfter([], NOW)).toBeNull());
});

describe("the circuit breaker", () => {
  const settings = { failures: 3, probeSeconds: 10 };
  const after = (signs: string, from = CLOSED) =>
    [...signs].reduce((circuit, sign) => {
      const kind = sign === "f" ? "failing" : sign === "a" ? "alive" : "none";
      return afterAttempt(circuit, kind, settings, NOW);
    }, from);

  test("stays closed until so many failures follow each other", () => {
    expect(after("ff")).toEqual({ failures: 2, openedAtMs: null, probeAtMs: null });
    expect(after("ffaff")).toEqual({ failures: 2, openedAtMs: null, probeAtMs: null });
    expect(after("ff-")).toEqual(after("ff"));
    expect(attemptsAllowed(after("ff"), 16, NOW)).toBe(16);
  });

  test("opens, lets one through when it is time, and opens again or closes by that", () => {
    const open = after("fff");
    expect(open).toEqual({ failures: 3, openedAtMs: NOW, probeAtMs: NOW + 10_000 });
    expect(attemptsAllowed(open, 16, NOW + 9_999)).toBe(0);
    expect(attemptsAllowed(open, 16, NOW + 10_000)).toBe(1);
    const again = afterAttempt(open, "failing", settings, NOW + 10_500);
    expect(again).toEqual({ failures: 4, openedAtMs: NOW, probeAtMs: NOW + 20_500 });
    expect(after("a", again)).toEqual(CLOSED);
  });

  test("with 0 failures never opens", () => {
    const never = { failures: 0, probeSeconds: 10 };
    let circuit = CLOSED;
    for (let count = 0; count < 50; count++) circuit = afterAttempt(circuit, "failing", never, NOW);
    expect(circuit).toEqual({ failures: 50, openedAtMs: null, probeAtMs: null });
  });
});

describe("the throttle", () => {
  const rate = { perSecond: 4, burst: 8 };

  test("fills by time, up to its burst, and not by a clock that goes back", () => {
    expect(refilled({ tokens: 0, atMs: NOW }, rate, NOW + 500).tokens).toBe(2);
    expect(refilled({ tokens: 0, atMs: 0 }, rate, NOW).tokens).toBe(8);
    expect(refilled({ tokens: 3, atMs: NOW }, rate, NOW - 60_000).tokens).toBe(3);
    expect(untilNext({ tokens: 0.5, atMs: NOW }, rate)).toBe(125);
    expect(untilNext({ tokens: 1, atMs: NOW }, rate)).toBe(0);
    expect(refilled({ tokens: 0, atMs: NOW }, UNLIMITED, NOW).tokens).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test("to other machines is no faster than the share of FORWARD_RATE, to the own one as fast as it likes", () => {
    const forward = { ratePerMinute: 60, allowedRanges: [] };
    const urls = ["https://a.example/", "https://b.example/"];
    const pace = (ratePerSecond: number | null, url = "https://a.example/") =>
      paceOf({ url, ratePerSecond }, urls, forward);
    expect(pace(null)).toEqual({ perSecond: 0.5, burst: 30 });
    expect(pace(100)).toEqual({ perSecond: 0.5, burst: 30 });
    expect(pace(0.1)).toEqual({ perSecond: 0.1, burst: 1 });
    expect(
      paceOf({ url: urls[0] ?? "", ratePerSecond: null }, urls, { ...forward, ratePerMinute: 0 }),
    ).toBe(UNLIMITED);
  });
});
