import type { Fields, ObjectFacts } from "./shape.ts";
import { readTag } from "./tags.ts";

/** One of a kind tells nothing of what is common to its kind. */
const OF_EACH_MIN = 2;

export type Union = { key: string; variants: { value: string; fields: Fields }[] };

/**
 * Kinds of one object that a key tells apart: each object has it, and each kind has a field always that another kind
 * never has. Else they are one object with optional fields.
 */
export function unionOf({ variants, isCollapsed }: ObjectFacts): Union | null {
  if (isCollapsed || variants.size < 2) return null;
  const read = [...variants].map(([tag, fields]) => ({ tag: readTag(tag), fields }));
  const [first] = read;
  const key = first?.tag?.key;
  if (key === undefined) return null;
  const kinds: Union["variants"] = [];
  for (const { tag, fields } of read) {
    if (tag?.key !== key || !fields.keys || fields.count < OF_EACH_MIN) return null;
    kinds.push({ value: tag.value, fields });
  }
  if (
    !kinds.every((one) => kinds.some((other) => one !== other && differs(one.fields, other.fields)))
  )
    return null;
  return { key, variants: kinds.sort((a, b) => (a.value < b.value ? -1 : 1)) };
}

/** Either always has a field that the other never has. */
const differs = (one: Fields, other: Fields) => hasAlone(one, other) || hasAlone(other, one);

function hasAlone(one: Fields, other: Fields): boolean {
  for (const [key, shape] of one.keys ?? []) {
    if (shape.count === one.count && !other.keys?.has(key)) return true;
  }
  return false;
}
