/** The nearest of the known words, when it is near enough to be what was meant: ` Did you mean "listen"?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known
    .map((one) => ({ one, edits: distance(word.toLowerCase(), one) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  const isNear =
    best && (best.edits <= Math.ceil(best.one.length / 3) || best.one.startsWith(word));
  return isNear ? ` Did you mean "${best.one}"?` : "";
}

/** Optimal string alignment: insertions, deletions, replacements and swapped neighbours, one each. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const isSwap =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(rows, row - 1, column) + 1,
          (current[column - 1] ?? 0) + 1,
          at(rows, row - 1, column - 1) + (same ? 0 : 1),
          isSwap ? at(rows, row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(current);
  }
  return at(rows, from.length, to.length);
}

const at = (rows: number[][], row: number, column: number) =>
  rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
