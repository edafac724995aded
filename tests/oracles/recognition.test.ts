import { expect, test } from "vitest";
import { readSection } from "#tests/helpers/doc-section.ts";
import { summary, tallies } from "./recognition.ts";

const all = await tallies();

test("nobody is taken for another", () => {
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
});

test.each(all.filter(({ sender }) => sender !== "GitHub, the body alone"))(
  "all requests are recognised: $sender",
  ({ right, silent }) => {
    expect(right).toBeGreaterThan(0);
    expect(silent).toBe(0);
  },
);

test("the corpus is large enough to say something", () => {
  const count = (some: typeof all) => some.reduce((sum, { right }) => sum + right, 0);
  expect(count(all.slice(0, 1))).toBeGreaterThan(700);
  expect(count(all.slice(3))).toBeGreaterThan(100);
  expect(all.length).toBeGreaterThan(80);
});

test("docs/providers.md tells what came of it", () => {
  expect(readSection("recognition")).toEqual(summary(all));
});
