import { formatOf } from "./formats.ts";
import { SHAPE_LIMITS } from "./limits.ts";
import { absorb, fieldOf, fieldsFor, shortest } from "./merge.ts";
import { emptyShape, type NumberFacts, type Shape, type StringFacts } from "./shape.ts";
import { tagOf } from "./tags.ts";
import { type Members, NumberText, UNSEEN, type Value } from "./value.ts";

/** The shape of one sample. */
export function shapeOf(value: Value): Shape {
  const shape = emptyShape();
  addValue(shape, value);
  return shape;
}

/** Of the same sample: elements of a list count as values, the sample counts once. */
function addValue(shape: Shape, value: Value): void {
  shape.count += 1;
  shape.samples = Math.max(shape.samples, 1);
  if (value === UNSEEN) shape.unseen += 1;
  else if (value === null) shape.nulls += 1;
  else if (typeof value === "boolean") shape.booleans += 1;
  else if (typeof value === "string") shape.strings = addText(shape.strings, value);
  else if (value instanceof NumberText) shape.numbers = addNumber(shape.numbers, value.text);
  else if (value instanceof Map) addMembers(shape, value);
  else addElements(shape, value as readonly Value[]);
}

function addElements(shape: Shape, elements: readonly Value[]): void {
  const arrays = (shape.arrays ??= { count: 0, empty: 0, items: null });
  arrays.count += 1;
  if (elements.length === 0) {
    arrays.empty += 1;
    return;
  }
  arrays.items ??= emptyShape();
  for (const element of elements) addValue(arrays.items, element);
}

function addMembers(shape: Shape, members: Members): void {
  const objects = (shape.objects ??= { count: 0, variants: new Map(), isCollapsed: false });
  objects.count += 1;
  const fields = fieldsFor(objects, tagOf(members));
  fields.count += 1;
  fields.samples = Math.max(fields.samples, 1);
  for (const [key, value] of members) {
    const field = fieldOf(fields, key);
    // Behind names that are data each value counts for itself, as it does where two samples meet.
    if (fields.keys) addValue(field, value);
    else absorb(field, shapeOf(value));
  }
}

function addText(facts: StringFacts | null, text: string): StringFacts {
  const strings: StringFacts = facts ?? {
    count: 0,
    values: new Map(),
    formats: new Map(),
    examples: [],
  };
  strings.count += 1;
  if (text.length > SHAPE_LIMITS.valueCharacters) strings.values = null;
  if (!strings.values?.has(text)) strings.values?.set(text, 1);
  if (strings.values && strings.values.size > SHAPE_LIMITS.values) strings.values = null;
  const format = formatOf(text);
  if (format) strings.formats.set(format, (strings.formats.get(format) ?? 0) + 1);
  const example = text.slice(0, SHAPE_LIMITS.exampleCharacters);
  if (!strings.examples.includes(example))
    strings.examples = shortest([...strings.examples, example]);
  return strings;
}

/** 2001-09-09 to 2040-01-01. */
const SECONDS = { from: 1e9, to: 2.209e9 };

function addNumber(facts: NumberFacts | null, text: string): NumberFacts {
  const number = Number(text);
  const isWhole = Number.isInteger(number);
  const inTime = (unit: number) =>
    isWhole && number >= SECONDS.from * unit && number < SECONDS.to * unit ? 1 : 0;
  return {
    count: (facts?.count ?? 0) + 1,
    whole: (facts?.whole ?? 0) + (isWhole ? 1 : 0),
    big: (facts?.big ?? 0) + (isWhole && !Number.isSafeInteger(number) ? 1 : 0),
    seconds: (facts?.seconds ?? 0) + inTime(1),
    milliseconds: (facts?.milliseconds ?? 0) + inTime(1_000),
    min: Math.min(facts?.min ?? number, number),
    max: Math.max(facts?.max ?? number, number),
  };
}
