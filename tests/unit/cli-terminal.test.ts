import { describe, expect, test } from "vitest";
import type { Tried } from "#lib/contract/relay-schemas.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Job } from "../../cli/listen/job.ts";
import { requestLine, runningLine } from "../../cli/listen/lines.ts";
import { statusLine } from "../../cli/listen/status-line.ts";
import { beside } from "../../cli/terminal/beside.ts";
import { formatClock, formatMs, formatSize, formatSpan } from "../../cli/terminal/format.ts";
import { jsonLine } from "../../cli/terminal/json-line.ts";
import { LiveArea } from "../../cli/terminal/live-area.ts";
import { createStyle } from "../../cli/terminal/style.ts";
import { visible } from "../../cli/terminal/visible.ts";
import { clip, clipMiddle, padLeft, padRight, widthOf } from "../../cli/terminal/width.ts";
import { wrap } from "../../cli/terminal/wrap.ts";

const plain = createStyle({}, { NODE_ENV: "test" });
const coloured = createStyle({ isTTY: true }, { NODE_ENV: "test", TERM: "xterm" });

describe("what a terminal would obey", () => {
  test.each([
    ["\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
    ["\x9b2J\x07\x7f", "\\x9b2J\\x07\\x7f"],
    ["a\tb\r\nc\0", "a\\tb\\r\\nc\\0"],
    ["\u202etxt.exe\u202c\u2066x\u2069", "\\u{202e}txt.exe\\u{202c}\\u{2066}x\\u{2069}"],
    ["zero\u200bwidth\ufeff\u2028", "zero\\u{200b}width\\u{feff}\\u{2028}"],
    ["lone \ud800 half", "lone \\u{d800} half"],
    ["äß漢字 👍 stays", "äß漢字 👍 stays"],
  ])("%j is shown as an escape", (text, shown) => expect(visible(text)).toBe(shown));

  test("but for what is kept", () => {
    expect(visible("a\n\tb", undefined, "\n\t")).toBe("a\n\tb");
    expect(visible("a\x1b", coloured.unseen)).toBe("a\x1b[7m\\x1b\x1b[27m");
  });
});

test("JSON for a terminal reads back as the same and holds nothing that it would obey", () => {
  const value = { text: "\x1b[2J\x9b31m\u202eevil\u2066 \ud800 äß漢字 👍", list: [1, null, true] };
  const line = jsonLine(value);
  expect(JSON.parse(line)).toEqual(value);
  expect(visible(line)).toBe(line);
  expect(line).toContain("äß漢字 👍");
});

describe("columns", () => {
  test("are counted without colours, wide characters twice, marks not at all", () => {
    expect([
      widthOf(coloured.bad("abc")),
      widthOf("漢字"),
      widthOf("e\u0301"),
      widthOf("👍"),
    ]).toEqual([3, 4, 1, 2]);
  });

  test("are kept by cutting, at the end or in the middle", () => {
    expect([clip("abcdef", 6), clip("abcdefg", 6), clip("漢字漢字", 5)]).toEqual([
      "abcdef",
      "abcde…",
      "漢字…",
    ]);
    expect(clipMiddle("/orders/2026/11/21/paid", 14)).toBe("/orders/2…paid");
    expect(widthOf(clipMiddle("x".repeat(100), 25))).toBe(25);
    expect([padRight(coloured.good("ab"), 4), padLeft("ab", 4)]).toEqual([
      `${coloured.good("ab")}  `,
      "  ab",
    ]);
  });

  test("are shared by a path and what is said beside it", () => {
    const shown = (path: string, aside: string, columns: number) =>
      beside(path, aside, columns, (text) => text);
    expect(shown("/stripe", "Stripe charge.succeeded", 36)).toBe(
      "/stripe  Stripe charge.succeeded    ",
    );
    expect(shown("/stripe", "Stripe charge.succeeded", 24)).toBe("/stripe  Stripe charge.…");
    expect(shown(`/${"x".repeat(50)}`, "GitHub push", 30)).toHaveLength(30);
    expect(shown("/orders/2026/11/21", "GitHub push", 18)).toBe("/orders/2026/11/21");
  });

  test("are kept by breaking at spaces", () => {
    expect(wrap("one two three four five", 20, 2)).toEqual(["  one two three four", "  five"]);
    expect(wrap(`see ${"x".repeat(40)} there`, 30)).toEqual(["see", "x".repeat(40), "there"]);
  });
});

test("sizes, durations and times are short", () => {
  expect([0, 999, 1000, 9_949, 18_400, 10_485_760].map(formatSize)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "9.9 kB",
    "18 kB",
    "10 MB",
  ]);
  expect([0.4, 12.3, 999.4, 1250, 31_000].map(formatMs)).toEqual([
    "0.4 ms",
    "12 ms",
    "999 ms",
    "1.25 s",
    "31.0 s",
  ]);
  expect([0, 4_000, 125_000, 4_320_000, 273_600_000].map(formatSpan)).toEqual([
    "0 s",
    "4 s",
    "2 min 5 s",
    "1 h 12 min",
    "3 d 4 h",
  ]);
  const noon = new Date(2026, 10, 21, 12, 5, 9).getTime();
  expect([formatClock(noon, noon), formatClock(noon, noon + 86_400_000)]).toEqual([
    "12:05:09",
    "2026-11-21 12:05:09",
  ]);
});

describe("the area that is drawn again", () => {
  function draw(columns: number, steps: [staying: string[], shown: string[]][]): string {
    let written = "";
    const area = new LiveArea({ columns, write: (text) => (written += String(text)) !== "" });
    for (const [staying, shown] of steps) area.update(staying, shown);
    return written;
  }

  test("stays below what is printed, and is written only when something changed", () => {
    expect(
      draw(80, [
        [[], ["a", "b"]],
        [[], ["a", "b"]],
        [["line"], ["a"]],
        [[], []],
      ]),
    ).toBe("a\nb\r\x1b[1A\x1b[Jline\na\r\x1b[J");
  });

  test("is found again when a narrower terminal has wrapped it", () => {
    expect(
      draw(10, [
        [[], ["x".repeat(25), "y"]],
        [["line"], []],
      ]),
    ).toContain("\r\x1b[3A\x1b[Jline\n");
  });
});

describe("a request's line", () => {
  const job = (
    target: string,
    more: Partial<Job> = {},
    provider: CapturedRequest["provider"] = null,
  ): Job => ({
    delivery: {
      forwardId: "id",
      attempt: 1,
      asked: false,
      append: true,
      request: {
        seq: 42,
        method: "POST",
        target,
        receivedAt: new Date(2026, 10, 21, 14, 3, 22).toISOString(),
        bodySize: 10,
        provider,
      } as unknown as CapturedRequest,
      body: null,
      edit: null,
    },
    startedAt: Date.now(),
    route: null,
    fetched: null,
    ...more,
  });
  const tried = (status: number | null, error: Tried["error"] = null) =>
    ({ kind: "tried", status, error, timing: { totalMs: 12 } }) as unknown as Tried;

  test.each([60, 80, 132])("fills %i columns and no more, however long its path is", (columns) => {
    for (const target of ["", "/orders", `/${"x".repeat(300)}`, "/\x1b[2J"]) {
      const line = requestLine(job(target), tried(200), columns, plain);
      expect(line).toHaveLength(columns);
      expect(widthOf(requestLine(job(target), tried(500), columns, coloured))).toBe(columns);
      expect(runningLine(job(target), columns, plain)).toHaveLength(columns);
    }
  });

  test("says what came of it, which try it was, and who sent it where there is room", () => {
    const stripe = {
      id: "stripe",
      name: "Stripe",
      event: "charge.succeeded",
      deliveryId: null,
      attempt: null,
    };
    const line = requestLine(
      job("/hook", {}, stripe as CapturedRequest["provider"]),
      tried(200),
      100,
      plain,
    );
    expect(line).toMatch(
      /^[\d: -]*14:03:22 {4}#42 POST {3}\/hook {2}Stripe charge\.succeeded +200 +12 ms$/,
    );
    expect(
      requestLine(job("/a"), tried(null, { code: "refused", message: "" }), 60, plain),
    ).toMatch(/ refused +12 ms$/);
    expect(requestLine(job("/a"), { kind: "unwanted" }, 60, plain)).toMatch(/ no target +$/);
    expect(runningLine(job("/a", { fetched: 5 }), 60, plain)).toMatch(/ fetching +50%$/);
  });
});

describe("the line about the connection", () => {
  test("claims nothing that was not heard", () => {
    const line = (silentMs: number) =>
      statusLine({ kind: "up", heardAt: Date.now() - silentMs }, 7, 80, plain);
    expect(line(1_000)).toMatch(/^● connected, heard 1 s ago/);
    expect(line(9_000)).toBe("● not heard for 9 s");
    // Where there is no room for all of it, what is left out is left out whole.
    expect(statusLine({ kind: "up", heardAt: Date.now() }, 12_345, 59, plain)).toBe(
      "● connected, heard 0 s ago · newest known #12345",
    );
    const lost = statusLine(
      { kind: "lost", since: Date.now() - 125_000, reason: "connection refused" },
      7,
      80,
      plain,
    );
    expect(lost).toBe("○ not heard for 2 min 5 s: connection refused; trying again");
    expect(
      statusLine({ kind: "lost", since: 0, reason: "x".repeat(200) }, 7, 40, plain),
    ).toHaveLength(39);
  });
});
