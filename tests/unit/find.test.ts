import { describe, expect, test } from "vitest";
import {
  cutAtMarks,
  FOUND_MAX,
  type Found,
  findInText,
  marksWithin,
} from "#components/body/find.ts";
import { findInBytes, readHex } from "#components/body/find-bytes.ts";

const work = { pause: async () => undefined, stopped: () => false };
const bytes = (text: string) => new TextEncoder().encode(text);
const places = (found: Found | null) =>
  Array.from({ length: found?.offsets.length ?? 0 }, (_, index) => found?.offsets.at(index));

describe("finding in a text", () => {
  test.each([
    ["one two ONE", "one", [0, 8]],
    ["aaaa", "aa", [0, 2]],
    ["a.c abc [x]", ".", [1]],
    ["\\d (", "\\d (", [0]],
    ["Straße STRASSE İi", "i", [16]],
    ["x", "", []],
  ])("%j holds %j at %j", async (text, query, expected) => {
    expect(places(await findInText(text, query, work))).toEqual(expected);
  });

  test("nothing is missed or found twice where one step ends and the next begins", async () => {
    const text = "-".repeat(65_533) + "needle" + "-".repeat(65_530) + "needle";
    expect(places(await findInText(text, "needle", work))).toEqual([65_533, 131_069]);
    expect((await findInText("ab".repeat(200_000), "abab", work))?.offsets.length).toBe(100_000);
  });

  test("stops at so many places that nobody steps through them", async () => {
    const found = await findInText("a".repeat(FOUND_MAX + 5), "a", work);
    expect([found?.offsets.length, found?.isCut]).toEqual([FOUND_MAX, true]);
  });
});

describe("finding in bytes", () => {
  test("takes text in any ASCII case, and bytes as they are", async () => {
    const body = bytes("abc ABC aBé");
    expect(places(await findInBytes(body, bytes("aB"), true, work))).toEqual([0, 4, 8]);
    expect(places(await findInBytes(body, bytes("aB"), false, work))).toEqual([8]);
    expect(places(await findInBytes(body, bytes("é"), true, work))).toEqual([10]);
  });

  test.each([
    ["89 50 4e", [0x89, 0x50, 0x4e]],
    ["0xDEAD", [0xde, 0xad]],
    ["de:ad", [0xde, 0xad]],
    ["abc", null],
    ["xyz", null],
    ["", null],
  ])("reads %j as %j", (query, expected) => {
    expect(readHex(query)).toEqual(expected && Uint8Array.from(expected));
  });
});

test("marks cut a piece of text where they begin and end", async () => {
  const found = await findInText("xx ab xx ab", "ab", work);
  if (!found) throw new Error("It stopped.");
  const marks = marksWithin(found, 1, 4, 11);
  expect(marks.map(({ from, isCurrent }) => [from, isCurrent])).toEqual([
    [3, false],
    [9, true],
  ]);
  expect(cutAtMarks(4, 11, marks).map(({ from, to, mark }) => [from, to, mark !== null])).toEqual([
    [4, 5, true],
    [5, 9, false],
    [9, 11, true],
  ]);
});

test("of very many marks in one row those around the current one are kept", async () => {
  const found = await findInText("a".repeat(5_000), "a", work);
  if (!found) throw new Error("It stopped.");
  const within = (current: number) => marksWithin(found, current, 1_000, 3_000);
  expect(within(0).map(({ from }) => from)).toEqual(
    Array.from({ length: 100 }, (_, i) => 1_000 + i),
  );
  expect(within(2_500).find(({ isCurrent }) => isCurrent)?.from).toBe(2_500);
  expect(within(2_999).find(({ isCurrent }) => isCurrent)?.from).toBe(2_999);
  expect(within(4_000).some(({ isCurrent }) => isCurrent)).toBe(false);
});
