import { expect, test } from "vitest";
import { splitPairs } from "#lib/body/pairs.ts";
import { countPairs, splitTarget } from "#lib/body/split-target.ts";

test.each([
  ["", "", null],
  ["/", "/", null],
  ["?", "", ""],
  ["?x", "", "x"],
  ["//a//b?x=1?y&z#f", "//a//b", "x=1?y&z#f"],
  ["/%3Fa?b", "/%3Fa", "b"],
])("the target %j is the path %j and the query %j", (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query });
});

test("a query keeps what a URL parser would rewrite", () => {
  const pairs = splitPairs("a[]=1&a[]=2&%zz=%&q='\"<>");
  expect(Array.from({ length: pairs.count }, (_, i) => pairs.at(i).rawName)).toEqual([
    "a[]",
    "a[]",
    "%zz",
    "q",
  ]);
  expect(pairs.at(2)).toMatchObject({
    name: { text: "%zz", broken: true },
    value: { text: "%", broken: true },
  });
});

test.each(["", "&", "a", "a=1&b", "a=1&&b=2&", "%26=%26"])(
  "the fields of %j are counted as they are split",
  (query) => {
    expect(countPairs(query)).toBe(splitPairs(query).count);
  },
);
