import { describe, expect, test } from "vitest";
import { diffAnswers } from "#components/request/answer-diff.ts";
import { diffLines, withoutSame } from "#components/request/line-diff.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { cpuMs } from "#tests/helpers/cpu-time.ts";

const signs = { same: " ", removed: "-", added: "+" };
const show = (before: string, after: string) =>
  diffLines(before.split(""), after.split("")).map(({ kind, text }) => signs[kind] + text);

describe("lines", () => {
  test.each([
    ["abc", "abc", [" a", " b", " c"]],
    ["abc", "axc", [" a", "-b", "+x", " c"]],
    ["abcd", "bxd", ["-a", " b", "-c", "+x", " d"]],
    ["", "a", ["-", "+a"]],
    ["aab", "ab", [" a", "-a", " b"]],
  ])("from %j to %j", (before, after, expected) => {
    const given =
      before === ""
        ? diffLines([""], ["a"]).map(({ kind, text }) => signs[kind] + text)
        : show(before, after);
    expect(given).toEqual(expected);
  });

  test("too many between the ends count as changed, and quickly", async () => {
    const lines = (seed: number) => Array.from({ length: 50_000 }, (_, line) => `${line * seed}`);
    const ms = await cpuMs(() => {
      const diff = diffLines(["a", ...lines(3), "z"], ["a", ...lines(5), "z"]);
      expect(diff[0]).toEqual({ kind: "same", text: "a" });
      expect(diff.at(-1)).toEqual({ kind: "same", text: "z" });
    });
    expect(ms).toBeLessThan(1_000);
  });

  test("that are the same are left out, but for a few around a change", () => {
    const before = Array.from({ length: 20 }, (_, line) => String(line));
    const kept = withoutSame(diffLines(before, before.with(10, "x")));
    expect(kept.map((row) => (row.kind === "skipped" ? row.count : row.text))).toEqual([
      8,
      "8",
      "9",
      "10",
      "x",
      "11",
      "12",
      7,
    ]);
  });
});

describe("answers", () => {
  const answer = (status: number, headers: HeaderPair[], body: string | Buffer) => ({
    status,
    headers,
    bodyBase64: Buffer.from(body).toString("base64"),
    bodySize: Buffer.from(body).length,
  });

  test("differ by status, by header name, and by printed JSON", () => {
    const before = answer(
      500,
      [
        ["Date", "1"],
        ["X-A", "1"],
        ["x-a", "2"],
        ["Gone", ""],
      ],
      '{"a":1,"b":[2]}',
    );
    const after = answer(
      200,
      [
        ["date", "1"],
        ["X-A", "1"],
        ["New", "n"],
      ],
      '{"a":1,"b":[3]}',
    );
    const diff = diffAnswers(before, after);
    expect(diff.status).toEqual({ before: 500, after: 200 });
    expect(diff.headers).toEqual([
      { name: "X-A", before: "1\n2", after: "1" },
      { name: "Gone", before: "", after: null },
      { name: "New", before: null, after: "n" },
    ]);
    expect(diff.sameHeaders).toBe(1);
    expect(diff.body).toMatchObject({ kind: "lines", printed: true });
    const lines = diff.body.kind === "lines" ? diff.body.lines : [];
    expect(lines.filter(({ kind }) => kind !== "same").map(({ text }) => text.trim())).toEqual([
      "2",
      "3",
    ]);
  });

  test("of JSON that differ in white space only are compared as sent", () => {
    const diff = diffAnswers(answer(200, [], '{"a":1}'), answer(200, [], '{"a": 1}'));
    expect(diff.body).toMatchObject({ kind: "lines", printed: false });
  });

  test("that are not text are only told apart", () => {
    const [one, two] = [Buffer.from([0, 1]), Buffer.from([0, 1, 2])];
    expect(diffAnswers(answer(200, [], one), answer(200, [], two)).body).toEqual({
      kind: "binary",
      before: 2,
      after: 3,
    });
    expect(diffAnswers(answer(200, [], one), answer(200, [], one)).body).toEqual({ kind: "same" });
  });
});
