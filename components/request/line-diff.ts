export type DiffLine = { kind: "same" | "removed" | "added"; text: string };
/** Lines that both have, left out of the view. */
export type Skipped = { kind: "skipped"; count: number };

/** Cells of the table that is filled for the lines between the first and the last difference: about 20 ms. */
const CELLS_MAX = 2_000_000;
const CONTEXT_LINES = 2;

/**
 * What changed from one list of lines to another, as few lines as possible. Where too much lies between the first and
 * the last difference, all of it counts as changed.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  const isLarge = (old.length + 1) * (now.length + 1) > CELLS_MAX;
  return [
    ...lines("same", before.slice(0, head)),
    ...(isLarge ? [...lines("removed", old), ...lines("added", now)] : middle(old, now)),
    ...lines("same", before.slice(before.length - tail)),
  ];
}

const lines = (kind: DiffLine["kind"], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ kind, text }));

/** By the longest common subsequence. */
function middle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const diff: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      diff.push({ kind: "same", text: old[i] ?? "" });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      diff.push({ kind: "removed", text: old[i] ?? "" });
      i += 1;
    } else {
      diff.push({ kind: "added", text: now[j] ?? "" });
      j += 1;
    }
  }
  return diff;
}

/** Only what changed, with a little around it. */
export function withoutSame(diff: readonly DiffLine[]): (DiffLine | Skipped)[] {
  const near = new Uint8Array(diff.length);
  diff.forEach((line, index) => {
    if (line.kind !== "same")
      near.fill(1, Math.max(index - CONTEXT_LINES, 0), index + CONTEXT_LINES + 1);
  });
  const kept: (DiffLine | Skipped)[] = [];
  let skipped = 0;
  diff.forEach((line, index) => {
    if (near[index]) {
      if (skipped > 0) kept.push({ kind: "skipped", count: skipped });
      skipped = 0;
      kept.push(line);
    } else skipped += 1;
  });
  if (skipped > 0) kept.push({ kind: "skipped", count: skipped });
  return kept;
}
