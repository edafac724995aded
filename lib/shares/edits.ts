import type { HiddenWhy } from "../contract/hidden.ts";
import { maskOf } from "../contract/hidden.ts";

/** A run of a text that is hidden. `isQuoted`: it stands for a JSON value that is no string, so its mask is one. */
export type Edit = { from: number; to: number; why: HiddenWhy; isQuoted?: boolean };

/** What overlaps or lies within another becomes one; in order. */
export function mergeEdits(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  const ordered = edits.toSorted((a, b) => a.from - b.from || b.to - a.to);
  for (const edit of ordered) {
    const last = merged.at(-1);
    if (last && edit.from < last.to) last.to = Math.max(last.to, edit.to);
    else merged.push({ ...edit });
  }
  return merged;
}

/** The text with a mask in the place of each run; `edits` are merged. All else stays as it was. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, why, isQuoted } of edits) {
    const mask = maskOf(why);
    pieces.push(text.slice(at, from), isQuoted ? `"${mask}"` : mask);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}
