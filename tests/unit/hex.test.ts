import fc from "fast-check";
import { expect, test } from "vitest";
import { hexRow, hexRowCount } from "#lib/body/hex.ts";

test("a row shows its offset, its bytes and what is printable of them", () => {
  const bytes = new TextEncoder().encode("0123456789abcdefHello, wörld\0\x7f");
  expect(hexRow(bytes, 1)).toEqual({
    offset: "00000010",
    groups: ["48 65 6c 6c 6f 2c 20 77", "c3 b6 72 6c 64 00 7f"],
    ascii: "Hello, w..rld..",
  });
});

test("the rows hold every byte once, in order", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(8, 16), (bytes, perRow) => {
      const rows = Array.from({ length: hexRowCount(bytes.length, perRow) }, (_, row) =>
        hexRow(bytes, row, perRow),
      );
      const digits = rows.flatMap((row) => row.groups.join(" ").trim().split(/ +/)).filter(Boolean);
      expect(digits.map((pair) => Number.parseInt(pair, 16))).toEqual([...bytes]);
    }),
  );
});
