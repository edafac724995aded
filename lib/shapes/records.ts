import { absorb } from "./merge.ts";
import { emptyShape, type Fields, type Shape } from "./shape.ts";

const NAMES_MIN = 3;
/** Names that no programmer would write down: numbers, ids, dates, addresses. */
const DATA_NAME =
  /^(?:\d[\d.:-]*|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|[A-Za-z]+_[0-9A-Za-z]{10,}|[^@\s]+@[^@\s]+\.[^@\s]+|\d{4}-\d\d-\d\d.*|(?=.*\d)[0-9A-Za-z_-]{20,})$/;

/**
 * What lies behind all names, when the names are data: an object that is used as a map. By the names themselves, or when
 * there were too many of them to be fields.
 */
export function recordOf({ keys, entries }: Fields): Shape | null {
  if (entries) return entries;
  if (!keys || !areData(keys)) return null;
  const all = emptyShape();
  for (const shape of keys.values()) absorb(all, shape);
  return all;
}

export function areData(keys: ReadonlyMap<string, Shape>): boolean {
  if (keys.size < NAMES_MIN) return false;
  for (const name of keys.keys()) if (!DATA_NAME.test(name)) return false;
  return true;
}
