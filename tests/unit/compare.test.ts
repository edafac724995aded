import { describe, expect, test } from "vitest";
import { linesOfText } from "#lib/body/text-lines.ts";
import { atOnce } from "#lib/body/slices.ts";
import { compareBytes } from "#lib/compare/bytes.ts";
import type { Section } from "#lib/compare/comparison.ts";
import { foldSame, hunksOf } from "#lib/compare/fold.ts";
import { compareHeaders } from "#lib/compare/named.ts";
import {
  answerMask,
  covers,
  isMasked,
  type Mask,
  usualMask,
  withPlace,
  withoutPlace,
} from "#lib/compare/place.ts";
import { learnPlaces, summarise } from "#lib/compare/summary.ts";
import { compareLines } from "#lib/compare/text.ts";
import { compareWords } from "#lib/compare/words.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { compared } from "#tests/helpers/compared.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";

const noMask: Mask = { usual: false, entries: [] };
const FORM = "application/x-www-form-urlencoded";

const showHeaders = (before: HeaderPair[], after: HeaderPair[]) =>
  compareHeaders(before, after).map(({ label, before: old, after: now, kinds, moved }) =>
    [kinds.join("+") || "same", label, old, now, ...(moved ? [moved.from, moved.to] : [])].join(
      " ",
    ),
  );

describe("headers", () => {
  test("by name in any letter case, and by their order", () => {
    expect(
      showHeaders(
        [
          ["Host", "a"],
          ["Date", "1"],
          ["X-Gone", ""],
          ["Accept", "*"],
          ["X-Case", "c"],
        ],
        [
          ["X-New", "n"],
          ["Accept", "*"],
          ["Host", "a"],
          ["Date", "2"],
          ["x-case", "c"],
        ],
      ),
    ).toEqual([
      "added X-New  n",
      "same Host a a",
      "changed Date 1 2",
      "removed X-Gone  ",
      "moved Accept * * 4 2",
      "case X-Case → x-case c c",
    ]);
  });

  test("doubled ones by their values first", () => {
    expect(
      showHeaders(
        [
          ["A", "1"],
          ["A", "2"],
          ["a", "3"],
        ],
        [
          ["A", "2"],
          ["A", "4"],
        ],
      ),
    ).toEqual([
      "changed A 1 4 1 2".replace("changed", "changed+moved"),
      "same A 2 2",
      "removed a 3 ",
    ]);
  });
});

/** What differs, section by section. */
const show = (sections: readonly Section[]) =>
  sections.flatMap(({ title, kind, state, entries }) => [
    `${title}: ${kind} ${state}`,
    ...entries
      .filter(({ kinds }) => kinds.length > 0)
      .map(
        ({ place, before, after, kinds }) => `${kinds.join("+")} ${place}: ${before} → ${after}`,
      ),
  ]);

describe("messages", () => {
  test("by method, path, query, headers and JSON", () => {
    const { sections } = compared(
      {
        start: { kind: "request", method: "POST", target: "/a?x=1&y=%20" },
        headers: [["Date", "1"]],
        body: '{"id":1}',
      },
      {
        start: { kind: "request", method: "PUT", target: "/b?y=+&x=2" },
        headers: [["date", "1"]],
        body: '{"id":2}',
      },
    );
    expect(show(sections)).toEqual([
      "Request line: pairs differs",
      "changed method: POST → PUT",
      "changed path: /a → /b",
      "Query: pairs differs",
      "changed+moved query x: 1 → 2",
      "Headers: pairs differs",
      "case header date: 1 → 1",
      "Body: json differs",
      "changed body $.id: 1 → 2",
    ]);
  });

  test("answers by their status", () => {
    const [status] = compared(
      { start: { kind: "answer", status: 200 } },
      { start: { kind: "answer", status: null } },
    ).sections;
    expect(show(status ? [status] : [])).toEqual([
      "Status: pairs differs",
      "removed status: 200 → null",
    ]);
  });

  test.each([
    ["the same bytes", "{}", "{}", "application/json", ["Body: text same"], true],
    [
      "JSON written otherwise",
      '{"a":1,"b":[]}',
      '{ "b":[],"a":1 }',
      "application/json",
      ["Body: json alike"],
      false,
    ],
    ["lines with other ends", "a\nb", "a\r\nb", "text/plain", ["Body: text alike"], false],
    ["a form encoded otherwise", "a=%41&b", "a=A&b=", FORM, ["Body: pairs alike"], false],
    [
      "XML with other white space",
      "<a><b/></a>",
      "<a>\n <b/>\n</a>",
      "text/xml",
      ["Body: text alike"],
      false,
    ],
    [
      "fields of a form",
      "a=1&a=2&b=3",
      "a=2&c=4",
      FORM,
      [
        "Body: pairs differs",
        "removed form a: 1 → null",
        "added form c: null → 4",
        "removed form b: 3 → null",
      ],
      false,
    ],
    ["nothing against a text", "", "hello", "text/plain", ["Body: text differs"], false],
    ["no JSON after all", "{a", "{b", "application/json", ["Body: text differs"], false],
    [
      "several values",
      '{"a":1}\n{"a":2}',
      '{"a":1}\n{"a":3}',
      "application/x-ndjson",
      ["Body: json differs", "changed body $[*].a: 2 → 3"],
      false,
    ],
  ])("%s", (_, before, after, contentType, expected, isSame) => {
    const comparison = compared({ body: before, contentType }, { body: after, contentType });
    expect(show(comparison.sections).slice(2)).toEqual(expected);
    const summary = summarise(comparison, noMask);
    expect([summary.isSame, summary.open > 0]).toEqual([isSame, !isSame]);
  });

  test("multipart by its parts, and each part as what it is", () => {
    const body = (parts: string[]) => `--b\r\n${parts.join("\r\n--b\r\n")}\r\n--b--\r\n`;
    const part = (name: string, type: string, content: string) =>
      `Content-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}`;
    const contentType = "multipart/form-data; boundary=b";
    const { sections } = compared(
      {
        contentType,
        body: body([
          part("j", "application/json", '{"a":1}'),
          part("old", "text/plain", "x"),
          part("f", "text/plain", "1\n2"),
        ]),
      },
      {
        contentType,
        body: body([part("j", "application/json", '{"a":2}'), part("f", "text/html", "1\n3")]),
      },
    );
    expect(show(sections).slice(2)).toEqual([
      "Body: pairs differs",
      'removed part "old": 1 bytes → null',
      'changed part "f" header content-type: text/plain → text/html',
      "Part j: json differs",
      'changed part "j" body $.a: 1 → 2',
      "Part f: text differs",
    ]);
  });

  test("what is longer than 10 MiB is compared so far, and says so", () => {
    const body = (end: string) => `${"x\n".repeat(5 * 1024 * 1024)}${end}`;
    const { sections } = compared(
      { body: body("a"), contentType: "text/plain" },
      { body: body("b"), contentType: "text/plain" },
    );
    expect(sections.at(-1)).toMatchObject({
      state: "differs",
      notes: [expect.stringContaining("first 10 MiB"), expect.stringContaining("first million")],
    });
  });
});

describe("lines", () => {
  const lines = (text: string) => atOnce(linesOfText(text.split("").join("\n")));
  const signs = { same: " ", changed: "~", removed: "-", added: "+", moved: ">" };
  const rowsOf = (before: string, after: string) => {
    const runs = atOnce(compareLines(lines(before), lines(after)));
    return Array.from({ length: runs.rowCount }, (_, row) => {
      const { kind, before: old, after: now } = runs.at(row);
      return `${signs[kind]}${before[old] ?? ""}${after[now] ?? ""}`;
    });
  };

  test.each([
    ["abc", "abc", [" aa", " bb", " cc"]],
    ["abc", "axc", [" aa", "~bx", " cc"]],
    ["abcd", "bxd", ["-a", " bb", "~cx", " dd"]],
    ["aab", "ab", [" aa", "-a", " bb"]],
  ])("from %j to %j", (before, after, expected) => {
    expect(rowsOf(before, after)).toEqual(expected);
  });

  test("random ones all have their place, once, and in order", () => {
    const random = createRandom(seedFromEnvironment());
    for (let round = 0; round < 300; round += 1) {
      const made = () =>
        Array.from({ length: random.between(1, 40) }, () =>
          random.pick(["a", "b", "c", "d", "e"]),
        ).join("");
      const [before, after] = [made(), made()];
      const runs = atOnce(compareLines(lines(before), lines(after)));
      const rows = Array.from({ length: runs.rowCount }, (_, row) => runs.at(row));
      expect(rows.flatMap((row) => (row.before < 0 ? [] : [row.before]))).toEqual(
        [...before].map((_, at) => at),
      );
      expect(rows.flatMap((row) => (row.after < 0 ? [] : [row.after]))).toEqual(
        [...after].map((_, at) => at),
      );
      expect(
        rows.every(({ kind, before: a, after: b }) => kind !== "same" || before[a] === after[b]),
      ).toBe(true);
    }
  });

  test("what is the same is folded, but for a little around a difference", () => {
    const runs = atOnce(compareLines(lines("0123456789"), lines("01234x6789")));
    expect(foldSame(hunksOf(runs), runs.rowCount)).toEqual([
      { isFolded: true, from: 0, to: 3 },
      { isFolded: false, from: 3, to: 8 },
      { isFolded: true, from: 8, to: 10 },
    ]);
  });

  test("words within a changed line", () => {
    expect(
      compareWords("the red fox", "the blue fox")?.map((side) =>
        side.filter(({ isOther }) => isOther),
      ),
    ).toEqual([[{ text: "red", isOther: true }], [{ text: "blue", isOther: true }]]);
    expect(compareWords("abc", "xyz")).toBeNull();
  });
});

describe("bytes", () => {
  const bytes = (size: number, change?: (made: number[]) => void) => {
    const made = Array.from({ length: size }, (_, at) => (at * 7) % 251);
    change?.(made);
    return new Uint8Array(made);
  };

  test.each([
    ["one changed", bytes(100), bytes(100, (made) => (made[40] = 255)), 40, 1],
    ["some inserted", bytes(100), bytes(100, (made) => made.splice(50, 0, 255, 255)), 50, 4],
    ["some at the end", bytes(32), bytes(40), 32, 8],
  ])("%s", (_, before, after, first, count) => {
    const found = atOnce(compareBytes(before, after));
    expect([found.first, found.count]).toEqual([first, expect.any(Number)]);
    expect(found.count).toBeGreaterThanOrEqual(count === 4 ? 2 : count);
    const covered = Array.from({ length: found.after.count }, (_row, row) =>
      found.after.range(row),
    );
    expect(covered.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(after.length);
    expect(hunksOf(found.runs)).toHaveLength(1);
  });
});

describe("a mask", () => {
  test("means a place and what is within, and nothing beside it", () => {
    expect(covers("body $.a", "body $.a.b")).toBe(true);
    expect(covers("body $.a", "body $.a[*].b")).toBe(true);
    expect(covers("body $.a", "body $.ab")).toBe(false);
    expect(covers("form a", "form a.b")).toBe(false);
    expect(covers("body", "body $.a")).toBe(true);
    expect(covers('part "f"', 'part "f" body $.x')).toBe(true);
    expect(covers('part "f"', 'part "f2" body $.x')).toBe(false);
    expect(covers("header date", "header date2")).toBe(false);
  });

  test("the narrowest entry has the last word, also over the usual", () => {
    const mask = withPlace(withPlace(usualMask, "body $.a", true), "body $.a.b", false);
    expect(
      ["body $.a.c", "body $.a.b", "body $.a.b.c", "header date", "header host"].map((place) =>
        isMasked(mask, place),
      ),
    ).toEqual([true, false, false, true, false]);
    expect(isMasked(withPlace(mask, "header date", false), "header date")).toBe(false);
    expect(isMasked(withoutPlace(mask, "body $.a"), "body $.a.c")).toBe(false);
  });

  test("for answers covers the time of one, and not what counts its tries", () => {
    const places = ["header date", "header etag", "body $.attempt", "status"];
    expect(places.filter((place) => isMasked(answerMask, place))).toEqual(["header date"]);
  });

  test("never hides a path that is not within it (random paths)", () => {
    const random = createRandom(seedFromEnvironment());
    const steps = [".a", ".ab", "[*]", '["a.b"]', '["x\\"]"]', ".id"] as const;
    const path = () => Array.from({ length: random.between(0, 4) }, () => random.pick(steps));
    for (let round = 0; round < 3_000; round += 1) {
      const [masked, place] = [path(), path()];
      const isWithin = masked.every((step, index) => place[index] === step);
      const mask = withPlace(noMask, `body $${masked.join("")}`, true);
      expect([masked, place, isMasked(mask, `body $${place.join("")}`)]).toEqual([
        masked,
        place,
        isWithin,
      ]);
    }
  });

  test("counts what it covers, and is learned from what differs each time", () => {
    const event = (at: number, amount: number) => ({
      headers: [
        ["X-Time", String(at)],
        ["Host", "h"],
      ] as HeaderPair[],
      body: JSON.stringify({ id: `evt_${at}`, amount, items: [{ id: at }] }),
    });
    const pairs = [compared(event(1, 5), event(2, 5)), compared(event(2, 5), event(3, 6))];
    const learned = learnPlaces(pairs);
    expect(learned).toEqual(["header x-time", "body $.id", "body $.items[*].id"]);
    const mask = learned.reduce((made, place) => withPlace(made, place, true), noMask);
    const [first] = pairs;
    expect(first && summarise(first, mask)).toEqual({ isSame: false, open: 0, masked: 3 });
  });
});
