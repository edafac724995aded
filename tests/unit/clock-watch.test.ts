import { describe, expect, test } from "vitest";
import { ClockWatch } from "#lib/destinations/clock-watch.ts";

const HOUR_MS = 3_600_000;

/** By how much it was set back, at the last of these readings: [what it said, before, after]. */
function setBack(...readings: [clockMs: number, beforeMs: number, afterMs: number][]): number {
  const watch = new ClockWatch();
  let ms = 0;
  for (const [clockMs, beforeMs, afterMs] of readings) {
    ms = watch.setBackMs({ clockMs, beforeMs, afterMs });
  }
  return ms;
}

describe("a clock that is set", () => {
  test("back is noticed, by about how much", () => {
    expect(setBack([HOUR_MS, 0, 10], [1_000, 1_000, 1_010])).toBe(HOUR_MS - 10);
    expect(setBack([0, 0, 1], [1_000, 1_000, 1_001])).toBe(0);
  });

  test("back is told once", () => {
    expect(setBack([HOUR_MS, 0, 10], [0, 10, 20], [1_000, 1_010, 1_020])).toBe(0);
  });

  test("forward is not, nor is a reading that took long, nor a process that was frozen", () => {
    expect(setBack([0, 0, 10], [HOUR_MS, 1_000, 1_010])).toBe(0);
    expect(setBack([5_000, 0, 10_000], [10_500, 10_000, 10_010])).toBe(0);
    expect(setBack([0, 0, 10], [1_000, 1_000, 60_000])).toBe(0);
    expect(setBack([0, 0, 60_000], [60_100, 60_100, 60_110])).toBe(0);
  });
});
