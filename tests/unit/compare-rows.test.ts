import { expect, test } from "vitest";
import { keepMask, kindOf, readMask } from "#components/compare/kept-mask.ts";
import { layRows } from "#components/compare/rows.ts";
import { stopWords, summaryWords } from "#components/compare/words.ts";
import { type Mask, usualMask, withPlace } from "#lib/compare/place.ts";
import { summarise } from "#lib/compare/summary.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { compared } from "#tests/helpers/compared.ts";

const quiet = { isAll: false, showsMasked: false };
const kinds = (mask: Mask, showing = quiet) => {
  const rows = layRows(comparison, mask, showing);
  return Array.from({ length: rows.count }, (_, row) => {
    const found = rows.at(row);
    if (found?.kind === "entry") return `${found.isMasked ? "masked " : ""}${found.entry.label}`;
    return found?.kind === "title" ? found.section.title : found?.kind;
  });
};

const comparison = compared(
  {
    headers: [
      ["Date", "1"],
      ["Host", "h"],
    ],
    body: '{"a":1,"b":{"c":[1,2]},"same":0}',
  },
  {
    headers: [
      ["Date", "2"],
      ["Host", "h"],
    ],
    body: '{"a":2,"b":{"c":[1,3]},"same":0}',
  },
);

test("rows have what differs; what is masked is one row, or shown as such; everything has its lines", () => {
  expect(kinds(usualMask)).toEqual([
    "Request line",
    "Headers",
    "masked",
    "Body",
    "$.a",
    "$.b.c[1]",
  ]);
  const mask = withPlace(usualMask, "body $.b", true);
  expect(kinds(mask)).toEqual(["Request line", "Headers", "masked", "Body", "$.a", "masked"]);
  expect(kinds(mask, { isAll: false, showsMasked: true })).toEqual([
    "Request line",
    "Headers",
    "masked Date",
    "Body",
    "$.a",
    "masked $.b.c[1]",
  ]);
  const all = kinds(mask, { isAll: true, showsMasked: false });
  expect(all.slice(0, 7)).toEqual([
    "Request line",
    "Method",
    "Path",
    "Headers",
    "masked Date",
    "Host",
    "Body",
  ]);
  expect(all.slice(7)).toEqual(Array.from({ length: 10 }, () => "side"));
});

test("one stops at what no mask covers, and hears where one is", () => {
  const mask = withPlace(usualMask, "body $.b", true);
  for (const isAll of [false, true]) {
    const { stops, at } = layRows(comparison, mask, { isAll, showsMasked: true });
    expect(stops.map(({ entry }) => entry?.label)).toEqual(["$.a"]);
    expect(at(stops[0]?.row ?? 0)?.kind).toBe(isAll ? "side" : "entry");
    expect(stops[0] && stopWords(stops[0], 0, 1)).toBe("Difference 1 of 1, Body: $.a, changed");
  }
  expect(summaryWords(summarise(comparison, mask))).toBe(
    "1 difference, and 2 places that always change",
  );
  const rest = withPlace(mask, "body $.a", true);
  expect(summaryWords(summarise(comparison, rest))).toBe(
    "They differ only in 3 places that always change",
  );
  expect(summaryWords(summarise(compared({}, {}), usualMask))).toBe(
    "They are the same, byte for byte",
  );
});

test("a mask is kept for each kind of request of a bin, and what is stored wrongly is none", () => {
  const kept = new Map<string, string>();
  globalThis.localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
  const summary = { provider: null, method: "POST", target: "/a?b=1" } as RequestSummary;
  expect(kindOf(summary)).toBe("POST /a");
  const mask = withPlace(usualMask, "body $.a", true);
  keepMask("bin", kindOf(summary), mask);
  expect(readMask("bin", "POST /a")).toEqual(mask);
  expect(readMask("other", "POST /a")).toEqual(usualMask);
  for (const [key] of kept) kept.set(key, '[["bin POST /a",{"usual":1}],7]');
  expect(readMask("bin", "POST /a")).toEqual(usualMask);
});
