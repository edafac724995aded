import fc from "fast-check";
import { expect, test } from "vitest";
import { mapRows } from "#components/body/row-map.ts";

/** All rows, by doing it line by line. */
function slowly(lines: number, folds: Map<number, number>, spreads: Map<number, number>) {
  const rows = [];
  for (let line = 0; line < lines; line += 1) {
    const close = folds.get(line);
    const parts = close === undefined ? (spreads.get(line) ?? 1) : 1;
    for (let part = 0; part < parts; part += 1) rows.push({ line, part });
    if (close !== undefined) line = close;
  }
  return rows;
}

test("rows are lines when nothing is folded or spread", () => {
  const map = mapRows(3, new Map(), new Map());
  expect([map.count, map.row(2), map.indexOf(1)]).toEqual([3, { line: 2, part: 0 }, 1]);
});

test("folded blocks and spread lines are mapped as by counting line by line", () => {
  const blocks = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 9 })), { maxLength: 4 });
  fc.assert(
    fc.property(blocks, blocks, (folded, spread) => {
      const folds = nested(
        folded.map(([line, size]) => [line, Math.min(line + size, 29)] as const),
      );
      const spreads = new Map(spread.map(([line, rows]) => [line, rows + 1]));
      const map = mapRows(30, folds, spreads);
      const rows = Array.from({ length: map.count }, (_, index) => map.row(index));
      const expected = slowly(30, folds, spreads);
      expect(rows).toEqual(expected);
      for (const { line } of expected) {
        expect(map.indexOf(line)).toBe(expected.findIndex((row) => row.line === line));
      }
    }),
  );
});

/** Blocks of JSON lie within one another or apart, never across. */
function nested(blocks: (readonly [number, number])[]) {
  const kept = new Map<number, number>();
  for (const [open, close] of blocks) {
    const crosses = [...kept].some(
      ([from, to]) =>
        (open <= to && close > to && open >= from) || (from <= close && to > close && from >= open),
    );
    if (!crosses && open < close) kept.set(open, close);
  }
  return kept;
}
