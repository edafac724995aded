import { formatOf } from "./formats.ts";
import { formatOfAll, valuesOf } from "./judge.ts";
import { absorb } from "./merge.ts";
import { areData } from "./records.ts";
import { emptyShape, type Fields, type Shape } from "./shape.ts";
import { tagOf } from "./tags.ts";
import { type Members, NumberText, UNSEEN, type Value } from "./value.ts";

/**
 * What is different for the first time. `at`: a JSON pointer (RFC 6901) to the value, or to where it would be. `of`: how
 * many before it were otherwise.
 */
export type ShapeBreak = { at: string; of: number } & (
  | { kind: "missing" | "new" }
  | { kind: "type"; was: string; is: string }
  | { kind: "value"; is: string }
  | { kind: "format"; was: string }
);

/** So many must have been alike before one that differs is worth a word. */
const BREAK_BASIS_MIN = 10;
const BREAKS_MAX = 20;

/** How a sample breaks the shape of those before it. */
export function breaksOf(shape: Shape, value: Value): ShapeBreak[] {
  const found: ShapeBreak[] = [];
  look({ shapes: [shape], key: "" }, value, "", found);
  return found;
}

/** A place, which several kinds of the object around it may have: they are looked at together, and not put together. */
type Known = { shapes: readonly Shape[]; key: string };

function look(known: Known, value: Value, at: string, found: ShapeBreak[]): void {
  const { shapes, key } = known;
  // Where something was not looked at before, nothing is known to be new.
  if (found.length >= BREAKS_MAX || value === UNSEEN || shapes.some(({ unseen }) => unseen > 0)) {
    return;
  }
  const is = typeOf(value);
  const types = [...new Set(shapes.flatMap(typesOf))];
  if (!types.includes(is)) {
    const of = sum(shapes, "count");
    if (of >= BREAK_BASIS_MIN) found.push({ kind: "type", at, of, was: types.join(" or "), is });
    return;
  }
  if (typeof value === "string") lookAtText(known, value, at, found);
  else if (value instanceof Map) lookAtMembers(shapes, value, at, found);
  else if (Array.isArray(value)) {
    const items = shapes.flatMap(({ arrays }) => arrays?.items ?? []);
    if (items.length === 0) return;
    for (const [index, element] of value.entries()) {
      look({ shapes: items, key }, element as Value, `${at}/${index}`, found);
    }
  }
}

function lookAtText({ shapes, key }: Known, text: string, at: string, found: ShapeBreak[]): void {
  const facts = emptyShape();
  for (const { strings, samples } of shapes) absorb(facts, { ...emptyShape(), strings, samples });
  const { strings, samples } = facts;
  if (!strings) return;
  const values = valuesOf(strings, samples, key);
  if (values && !values.includes(text)) {
    found.push({ kind: "value", at, of: samples, is: text.slice(0, 80) });
    return;
  }
  const was = formatOfAll(strings);
  if (was && strings.count >= BREAK_BASIS_MIN && formatOf(text) !== was) {
    found.push({ kind: "format", at, of: strings.count, was });
  }
}

function lookAtMembers(
  shapes: readonly Shape[],
  members: Members,
  at: string,
  found: ShapeBreak[],
): void {
  const variants = shapes.flatMap(({ objects }) => [...(objects?.variants ?? [])]);
  const tag = tagOf(members);
  const alike = variants.filter(([other]) => other === tag).map(([, fields]) => fields);
  // Of its own kind, once enough of that have come.
  if (sum(alike, "count") >= BREAK_BASIS_MIN) return lookAtFields(alike, members, at, found);
  const all = variants.map(([, fields]) => fields);
  lookAtFields(all, members, at, found);
}

function lookAtFields(
  all: readonly Fields[],
  members: Members,
  at: string,
  found: ShapeBreak[],
): void {
  const of = sum(all, "count");
  const entries = all.map(entriesOf);
  const areNames = entries.every((shapes) => shapes === null);
  if (areNames) lookForMissing(all, members, at, found);
  for (const [key, value] of members) {
    if (found.length >= BREAKS_MAX) return;
    const place = `${at}/${step(key)}`;
    const shapes = all.flatMap(({ keys }, index) => entries[index] ?? keys?.get(key) ?? []);
    if (shapes.length > 0) look({ shapes, key }, value, place, found);
    else if (areNames && of >= BREAK_BASIS_MIN) found.push({ kind: "new", at: place, of });
  }
}

function entriesOf({ keys, entries }: Fields): readonly Shape[] | null {
  if (entries) return [entries];
  return keys && areData(keys) ? [...keys.values()] : null;
}

function lookForMissing(
  all: readonly Fields[],
  members: Members,
  at: string,
  found: ShapeBreak[],
): void {
  const [first, ...others] = all;
  const of = sum(all, "count");
  if (!first?.keys || of < BREAK_BASIS_MIN) return;
  for (const [key, shape] of first.keys) {
    if (found.length >= BREAKS_MAX) return;
    if (shape.count < first.count || members.has(key)) continue;
    const isInAll = others.every(({ keys, count }) => keys?.get(key)?.count === count);
    if (isInAll) found.push({ kind: "missing", at: `${at}/${step(key)}`, of });
  }
}

function sum<Name extends string>(all: readonly Record<Name, number>[], name: Name): number {
  return all.reduce((total, each) => total + each[name], 0);
}

/** RFC 6901. */
const step = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

function typeOf(value: Exclude<Value, typeof UNSEEN>): string {
  if (value === null) return "null";
  if (value instanceof NumberText) return "number";
  if (value instanceof Map) return "object";
  return Array.isArray(value) ? "array" : typeof value;
}

function typesOf(shape: Shape): string[] {
  const types: string[] = [];
  if (shape.nulls > 0) types.push("null");
  if (shape.strings) types.push("string");
  if (shape.numbers) types.push("number");
  if (shape.booleans > 0) types.push("boolean");
  if (shape.objects) types.push("object");
  if (shape.arrays) types.push("array");
  return types;
}
