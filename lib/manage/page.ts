import type { Page } from "../contract/bins.ts";

/** A page of a list that was read one longer than asked: the one too many says that there is more. */
export function toPage<Item>(
  items: Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next: items.length > limit && last ? cursorOf(last) : null };
}
