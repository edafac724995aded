import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Pairs, splitPairs } from "#lib/body/pairs.ts";
import { percentDecode } from "#lib/contract/percent.ts";

const all = (pairs: Pairs) => Array.from({ length: pairs.count }, (_, index) => pairs.at(index));
const shown = (text: string) =>
  all(splitPairs(text)).map(({ name, value }) => [name.text, value.text]);

describe("a form", () => {
  test("keeps order, duplicates, empty names, values and fields", () => {
    expect(shown("b=2&a=1&b=&=x&&c")).toEqual([
      ["b", "2"],
      ["a", "1"],
      ["b", ""],
      ["", "x"],
      ["", ""],
      ["c", ""],
    ]);
    expect(splitPairs("c").at(0).rawValue).toBeNull();
    expect(splitPairs("c=").at(0).rawValue).toBe("");
    expect(splitPairs("").count).toBe(0);
  });

  test("is decoded beside what was sent", () => {
    const pair = splitPairs("na%6De=a+b%20%E2%82%AC=%F0%9F%98%80").at(0);
    expect(pair).toMatchObject({
      rawName: "na%6De",
      rawValue: "a+b%20%E2%82%AC=%F0%9F%98%80",
      name: { text: "name" },
      value: { text: "a b €=😀", broken: false, lossy: false },
    });
  });

  test("decodes the beginning of a long value, and takes the cut for no mistake", () => {
    for (const shift of ["", "a", "aa", "aaa", "aaaa"]) {
      const { name, value } = splitPairs(`n=${shift}${"%E2%82%AC".repeat(20_000)}`).at(0);
      expect(name.text).toBe("n");
      expect(value).toMatchObject({ broken: false, lossy: false });
      expect(value.text).toMatch(/^a*€{7000,}$/);
    }
  });

  test("keeps a broken escape as it was sent and says so", () => {
    expect(percentDecode("100%&%zz%4%41")).toEqual({
      text: "100%&%zz%4A",
      broken: true,
      lossy: false,
    });
  });

  test("puts U+FFFD where bytes are not UTF-8 and says so", () => {
    expect(percentDecode("%ff%41")).toEqual({ text: "\ufffdA", broken: false, lossy: true });
  });

  test("never looks for a second decoding", () => {
    expect(percentDecode("%2541").text).toBe("%41");
  });

  test("agrees with URLSearchParams on whatever that writes", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (sent) => {
        const written = new URLSearchParams(
          sent.map(([n, v]) => [n.toWellFormed(), v.toWellFormed()]),
        );
        expect(shown(written.toString())).toEqual([...written]);
      }),
    );
  });

  test("is put together again from its raw halves", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("&", "=", "%", "+", "4", "a"), minLength: 1 }),
        (text) => {
          const raw = all(splitPairs(text)).map(({ rawName, rawValue }) =>
            rawValue === null ? rawName : `${rawName}=${rawValue}`,
          );
          expect(raw.join("&")).toBe(text);
        },
      ),
    );
  });

  test("of five million fields is split quickly", () => {
    const pairs = splitPairs("a&".repeat(5_000_000));
    expect(pairs.count).toBe(5_000_001);
    expect(pairs.at(4_999_999).rawName).toBe("a");
  });

  test("with a value of ten million escapes is decoded quickly", () => {
    expect(percentDecode("%41".repeat(1_000_000)).text).toHaveLength(1_000_000);
  });
});
