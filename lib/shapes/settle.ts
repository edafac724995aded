import type { StringFormat } from "./formats.ts";
import { formatOfAll, valuesOf, unixUnitOf } from "./judge.ts";
import { allFields } from "./merge.ts";
import { recordOf } from "./records.ts";
import type { Fields, NumberFacts, ObjectFacts, Shape, StringFacts } from "./shape.ts";
import { unionOf } from "./unions.ts";

/** What is said of a place: one kind of value, or several. `count` of values, `samples` that have it. */
export type Settled = {
  count: number;
  samples: number;
  /** Nulls among them. */
  nulls: number;
  /** Empty: nothing but null was seen, or nothing at all. */
  kinds: SettledKind[];
};

export type SettledKind = { count: number } & (
  | { kind: "boolean" }
  | {
      kind: "number";
      isWhole: boolean;
      isBig: boolean;
      unix: "seconds" | "milliseconds" | null;
      min: number;
      max: number;
    }
  | {
      kind: "string";
      format: StringFormat | null;
      /** When these seem to be all that there are. */
      values: string[] | null;
      examples: string[];
    }
  | { kind: "array"; empty: number; items: Settled | null }
  | { kind: "object"; fields: SettledField[] }
  /** Names are data. `names`: how many there are on average. */
  | { kind: "record"; entries: Settled }
  | { kind: "union"; key: string; variants: SettledVariant[] }
  /** Was not looked at: anything fits. */
  | { kind: "unseen" }
);

/** `of`: how many objects there were; the field is optional when fewer have it. */
export type SettledField = { key: string; of: number; isOptional: boolean; value: Settled };
export type SettledVariant = { value: string; count: number; fields: SettledField[] };

/** Decides what the facts of a shape amount to. `key`: the name that the place is known by, which tells of its values. */
export function settle(shape: Shape, key = ""): Settled {
  const { numbers, strings, arrays, objects } = shape;
  const kinds: SettledKind[] = [];
  if (strings) kinds.push(settleStrings(strings, shape, key));
  if (numbers) kinds.push(settleNumbers(numbers, key));
  if (shape.booleans > 0) kinds.push({ kind: "boolean", count: shape.booleans });
  if (objects) kinds.push(settleObjects(objects));
  if (arrays) {
    const items = arrays.items && settle(arrays.items, key);
    kinds.push({ kind: "array", count: arrays.count, empty: arrays.empty, items });
  }
  if (shape.unseen > 0) kinds.push({ kind: "unseen", count: shape.unseen });
  return { count: shape.count, samples: shape.samples, nulls: shape.nulls, kinds };
}

const settleStrings = (strings: StringFacts, { samples }: Shape, key: string): SettledKind => ({
  kind: "string",
  count: strings.count,
  format: formatOfAll(strings),
  values: valuesOf(strings, samples, key),
  examples: strings.examples,
});

const settleNumbers = (numbers: NumberFacts, key: string): SettledKind => ({
  kind: "number",
  count: numbers.count,
  isWhole: numbers.whole === numbers.count,
  isBig: numbers.big > 0,
  unix: unixUnitOf(numbers, key),
  min: numbers.min,
  max: numbers.max,
});

function settleObjects(objects: ObjectFacts): SettledKind {
  const { count } = objects;
  const union = unionOf(objects);
  if (union) {
    const variants = union.variants.map(({ value, fields }) => ({
      value,
      count: fields.count,
      fields: settleFields(fields).map((field) => asTag(field, union.key, value)),
    }));
    return { kind: "union", count, key: union.key, variants };
  }
  const fields = allFields(objects);
  const entries = recordOf(fields);
  if (entries) return { kind: "record", count, entries: settle(entries) };
  return { kind: "object", count, fields: settleFields(fields) };
}

/** In the order of names: samples that came in another order give the same. */
function settleFields({ count, keys }: Fields): SettledField[] {
  return [...(keys ?? [])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, shape]) => ({
      key,
      of: count,
      isOptional: shape.count < count,
      value: settle(shape, key),
    }));
}

/** What tells the kinds apart has one value in each of them. */
function asTag(field: SettledField, key: string, value: string): SettledField {
  if (field.key !== key) return field;
  const kinds = field.value.kinds.map((kind) =>
    kind.kind === "string" ? { ...kind, values: [value] } : kind,
  );
  return { ...field, value: { ...field.value, kinds } };
}
