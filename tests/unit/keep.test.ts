import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { changeMarked, refusalWords } from "#components/keep/change-marked.ts";
import { forwardAll, type ForwardRun } from "#components/keep/forward-run.ts";
import { LABEL_HUES, labelHue } from "#components/keep/label-hue.ts";
import {
  changeLabels,
  labelFault,
  MARKED_MAX,
  noteLineOf,
  toLabel,
} from "#lib/contract/annotation-limits.ts";
import type { BulkPatch } from "#lib/contract/annotations.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { Forward, ForwardCreate } from "#lib/contract/forwards.ts";

describe("a label", () => {
  it("has the same colour however it is written, and one of those that can be told from each other", () => {
    expect(labelHue("Bug")).toBe(labelHue("bUG"));
    const hues = new Set(Array.from({ length: 200 }, (_, at) => labelHue(`label ${at}`)));
    expect([...hues].toSorted((a, b) => a - b)).toEqual(LABEL_HUES);
  });

  it("can be read in every colour, in both themes (WCAG AA, small text: 4.5)", () => {
    const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
    const utility = /@utility provider-tone \{[^}]*\}/.exec(css)?.[0] ?? "";
    const [ink = [], paper = []] = [...utility.matchAll(/light-dark\((.*)\);/g)].map(([, pair]) =>
      [...(pair ?? "").matchAll(/oklch\(([\d.]+) ([\d.]+)/g)].map(([, l, c]) => [
        +(l ?? 0),
        +(c ?? 0),
      ]),
    );
    expect([ink.length, paper.length]).toEqual([2, 2]);
    for (const theme of [0, 1]) {
      for (const hue of LABEL_HUES) {
        const one = luminance(ink[theme], hue);
        const other = luminance(paper[theme], hue);
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        expect(contrast, `hue ${hue}, theme ${theme}`).toBeGreaterThan(4.5);
      }
    }
  });

  it("is one line that can be seen, in any script", () => {
    for (const label of ["bug", "\u05d0\u05d1", "\u{1f468}\u200d\u{1f4bb}", "a-b/c:d", "<b>"]) {
      expect([label, labelFault(toLabel(label))]).toEqual([label, null]);
    }
    for (const label of [
      "",
      " ",
      "a\nb",
      "a,b",
      "\u202eab",
      "\u200bab",
      "\u2028",
      "x".repeat(41),
    ]) {
      expect([label, labelFault(toLabel(label))]).toEqual([label, expect.any(String)]);
    }
    expect(toLabel("  a   e\u0301 ")).toBe("a \u00e9");
  });

  it("that is there already in another case is added by its first way to be written, or taken off", () => {
    expect(changeLabels(["Bug", "x"], ["bug", "new"], ["X"])).toEqual(["Bug", "new"]);
  });
});

it("of a note a list shows the first line that says something", () => {
  expect(noteLineOf("\n\n  first  \nsecond")).toBe("first");
  expect(noteLineOf("\u{1f9ea}".repeat(100))).toHaveLength(120);
});

describe("a change of many", () => {
  it("goes in parts that the server takes, and tells why some were refused", async () => {
    const asked: BulkPatch[] = [];
    const api = {
      changeMarked: async (_bin: string, patch: BulkPatch) => {
        asked.push(patch);
        const [first = "", ...others] = patch.ids;
        const refused = [{ id: first, code: "pins_full" as const, detail: "Full." }];
        return { changed: others, refused };
      },
    };
    const ids = Array.from({ length: MARKED_MAX + 2 }, (_, at) => String(at));
    const report = await changeMarked(api, "bin", ids, { pinned: true });
    expect(asked.map((each) => [each.ids.length, each.pinned])).toEqual([
      [MARKED_MAX, true],
      [2, true],
    ]);
    expect(report.changed).toHaveLength(MARKED_MAX);
    expect(refusalWords(report)).toBe(`2 of ${MARKED_MAX + 2}: Full.`);
    expect(refusalWords({ changed: ["1"], refused: [] })).toBeNull();
  });
});

describe("forwarding several", () => {
  const requests = [7, 3, 5].map((seq) => ({ seq, id: `id-${seq}` }));
  const asked = ({ seq }: { seq: number }): ForwardCreate => ({
    to: "http://localhost:3000",
    resign: seq === 3,
  });
  const delivered = (state: Forward["state"], status: number) =>
    ({ state, attempts: [{ status, error: null, timing: { totalMs: 12 } }] }) as unknown as Forward;

  it("goes by the order of arrival, waits where the server wants it, and tells each result", async () => {
    vi.useFakeTimers();
    try {
      const sent: string[] = [];
      const runs: ForwardRun[] = [];
      const api = {
        forward: async (_bin: string, id: string, { resign }: ForwardCreate) => {
          sent.push(id);
          expect(resign).toBe(id === "id-3");
          if (sent.length === 2) throw problem("rate_limited", 429);
          if (id === "id-7") throw problem("body_incomplete", 409);
          return delivered(id === "id-3" ? "delivered" : "dead", id === "id-3" ? 200 : 500);
        },
      };
      const { signal } = new AbortController();
      const all = forwardAll({ api, binId: "bin", signal }, requests, asked, (run) =>
        runs.push({ ...run, done: [...run.done] }),
      );
      await vi.runAllTimersAsync();
      await all;
      expect(sent).toEqual(["id-3", "id-5", "id-5", "id-7"]);
      expect(runs.some(({ isWaiting, current }) => isWaiting && current === 5)).toBe(true);
      expect(runs.at(-1)).toEqual({
        current: null,
        isWaiting: false,
        done: [
          { seq: 3, isGood: true, words: "200 in 12 ms" },
          { seq: 5, isGood: false, words: "500 in 12 ms" },
          { seq: 7, isGood: false, words: "body_incomplete" },
        ],
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends when it is stopped, and keeps what is known", async () => {
    const stop = new AbortController();
    const runs: ForwardRun[] = [];
    const api = {
      forward: async () => {
        stop.abort();
        return delivered("delivered", 204);
      },
    };
    await forwardAll({ api, binId: "bin", signal: stop.signal }, requests, asked, (run) =>
      runs.push(run),
    );
    expect(runs.at(-1)).toMatchObject({ current: null, done: [{ seq: 3, isGood: true }] });
  });
});

const problem = (code: "rate_limited" | "body_incomplete", status: number) =>
  new ApiError({ code, status, message: code });

/** Relative luminance (WCAG 2) of an OKLCH colour (https://bottosson.github.io/posts/oklab/), out of gamut cut off. */
function luminance([lightness = 0, chroma = 0]: number[] = [], hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
