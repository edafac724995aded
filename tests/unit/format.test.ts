import { describe, expect, it } from "vitest";
import { formatAgo, formatExact, formatRelative, formatSize } from "#components/ui/format.ts";

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [1934, "1.9 kB"],
    [9949, "9.9 kB"],
    [18_240, "18 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [10_485_760, "10 MB"],
  ])("%i bytes are %s", (bytes, text) => expect(formatSize(bytes)).toBe(text));
});

describe("times", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  it.each([
    [0, "now"],
    [-3000, "now"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [3_599_999, "59 min"],
    [86_400_000, "1 d"],
    [-7_200_000, "in 2 h"],
    [40 * 86_400_000, "2026-10-12"],
  ])("%i ms ago is %s", (age, text) => expect(formatRelative(now - age, now)).toBe(text));

  it("are phrases about the past", () => {
    const phrases = [0, 2000, 40 * 86_400_000].map((age) => formatAgo(now - age, now));
    expect(phrases).toEqual(["now", "2 s ago", "on 2026-10-12"]);
  });

  it("keep every digit of the stamp", () => {
    expect(formatExact("2026-11-21T14:03:22.481903Z")).toMatch(
      /^2026-11-2\d \d\d:\d\d:22\.481903 [+-]\d\d:\d\d$/,
    );
  });
});
