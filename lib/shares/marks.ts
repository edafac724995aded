import type { HiddenMark, HiddenWhy } from "../contract/hidden.ts";

export type Placed = {
  where: HiddenMark["where"];
  name?: string;
  edits: readonly { why: HiddenWhy }[];
};

/** What is hidden, counted by its place and its reason. */
export function marksOf(placed: readonly Placed[]): HiddenMark[] {
  const marks = new Map<string, HiddenMark>();
  for (const { where, name = null, edits } of placed) {
    for (const { why } of edits) {
      const key = `${where} ${why} ${name?.toLowerCase() ?? ""}`;
      const mark = marks.get(key) ?? { where, name, why, count: 0 };
      mark.count += 1;
      marks.set(key, mark);
    }
  }
  return [...marks.values()];
}
