import { SHAPE_LIMITS } from "./limits.ts";
import {
  type ArrayFacts,
  emptyFields,
  emptyShape,
  type Fields,
  type NumberFacts,
  type ObjectFacts,
  type Shape,
  type StringFacts,
} from "./shape.ts";

/** What both have seen. In any order and grouping the same comes out. */
export function mergeShapes(one: Shape, other: Shape): Shape {
  const merged = emptyShape();
  absorb(merged, one);
  absorb(merged, other);
  return merged;
}

/** Adds to `into` what `from` has seen; nothing of `from` is kept or changed. */
export function absorb(into: Shape, from: Shape): void {
  into.count += from.count;
  into.samples += from.samples;
  into.nulls += from.nulls;
  into.booleans += from.booleans;
  into.unseen += from.unseen;
  if (from.numbers) into.numbers = addNumbers(into.numbers, from.numbers);
  if (from.strings) into.strings = addStrings(into.strings, from.strings);
  if (from.arrays) into.arrays = addArrays(into.arrays, from.arrays);
  if (from.objects) into.objects = addObjects(into.objects, from.objects);
}

function addNumbers(into: NumberFacts | null, from: NumberFacts): NumberFacts {
  if (!into) return { ...from };
  return {
    count: into.count + from.count,
    whole: into.whole + from.whole,
    big: into.big + from.big,
    seconds: into.seconds + from.seconds,
    milliseconds: into.milliseconds + from.milliseconds,
    min: Math.min(into.min, from.min),
    max: Math.max(into.max, from.max),
  };
}

function addStrings(into: StringFacts | null, from: StringFacts): StringFacts {
  if (!into) {
    const { count, values, formats, examples } = from;
    return { count, values: values && new Map(values), formats: new Map(formats), examples };
  }
  into.count += from.count;
  into.values = addValues(into.values, from.values);
  for (const [format, count] of from.formats)
    into.formats.set(format, (into.formats.get(format) ?? 0) + count);
  into.examples = shortest([...into.examples, ...from.examples]);
  return into;
}

function addValues(
  into: StringFacts["values"],
  from: StringFacts["values"],
): StringFacts["values"] {
  if (!into || !from) return null;
  for (const [value, samples] of from) into.set(value, (into.get(value) ?? 0) + samples);
  return into.size > SHAPE_LIMITS.values ? null : into;
}

/** The shortest of them, and of equals the first: the same in whatever order they came. */
export function shortest(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(byLength).slice(0, SHAPE_LIMITS.examples);
}

const byLength = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);

function addArrays(into: ArrayFacts | null, from: ArrayFacts): ArrayFacts {
  const items = into?.items ?? (from.items && emptyShape());
  if (items && from.items) absorb(items, from.items);
  return {
    count: (into?.count ?? 0) + from.count,
    empty: (into?.empty ?? 0) + from.empty,
    items,
  };
}

function addObjects(into: ObjectFacts | null, from: ObjectFacts): ObjectFacts {
  const objects = into ?? { count: 0, variants: new Map<string, Fields>(), isCollapsed: false };
  objects.count += from.count;
  if (from.isCollapsed) collapseVariants(objects);
  for (const [tag, fields] of from.variants) absorbFields(fieldsFor(objects, tag), fields);
  return objects;
}

/** Where its fields are gathered. With too many kinds, all of them are gathered as one. */
export function fieldsFor(objects: ObjectFacts, tag: string): Fields {
  const wanted = objects.isCollapsed ? "" : tag;
  const known = objects.variants.get(wanted);
  if (known) return known;
  if (objects.variants.size >= SHAPE_LIMITS.variants) {
    collapseVariants(objects);
    return fieldsFor(objects, tag);
  }
  const fields = emptyFields();
  objects.variants.set(wanted, fields);
  return fields;
}

function collapseVariants(objects: ObjectFacts): void {
  if (objects.isCollapsed) return;
  const all = allFields(objects);
  objects.isCollapsed = true;
  objects.variants = new Map(objects.variants.size > 0 ? [["", all]] : []);
}

/** The fields of all kinds, as if nothing told them apart. */
export function allFields({ variants }: Pick<ObjectFacts, "variants">): Fields {
  const all = emptyFields();
  for (const fields of variants.values()) absorbFields(all, fields);
  return all;
}

function absorbFields(into: Fields, from: Fields): void {
  into.count += from.count;
  into.samples += from.samples;
  if (from.entries) absorb(entriesOf(into), from.entries);
  for (const [key, shape] of from.keys ?? []) absorb(fieldOf(into, key), shape);
}

/** The shape of what lies behind a name. */
export function fieldOf(fields: Fields, key: string): Shape {
  if (!fields.keys) return entriesOf(fields);
  const known = fields.keys.get(key);
  if (known) return known;
  const isData = key.length > SHAPE_LIMITS.keyCharacters;
  if (isData || fields.keys.size >= SHAPE_LIMITS.keys) return entriesOf(fields);
  const shape = emptyShape();
  fields.keys.set(key, shape);
  return shape;
}

function entriesOf(fields: Fields): Shape {
  const entries = (fields.entries ??= emptyShape());
  for (const shape of fields.keys?.values() ?? []) absorb(entries, shape);
  fields.keys = null;
  return entries;
}
