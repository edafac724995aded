import type { StringFormat } from "./formats.ts";

/**
 * What was seen at one place. `count`: values. `samples`: in how many samples; where two places were put together it is
 * the sum of theirs. All of it can be added up in any order: see mergeShapes.
 */
export type Shape = {
  count: number;
  samples: number;
  nulls: number;
  booleans: number;
  numbers: NumberFacts | null;
  strings: StringFacts | null;
  arrays: ArrayFacts | null;
  objects: ObjectFacts | null;
  /** Values that were not looked at. */
  unseen: number;
};

export type NumberFacts = {
  count: number;
  whole: number;
  /** Whole numbers beyond 2^53, which JavaScript does not hold exactly. */
  big: number;
  /** Whole numbers that would be a time from 2001 to 2040, in seconds or milliseconds since 1970. */
  seconds: number;
  milliseconds: number;
  min: number;
  max: number;
};

export type StringFacts = {
  count: number;
  /** Each text with the number of samples that have it; null: too many, or too long. */
  values: Map<string, number> | null;
  formats: Map<StringFormat, number>;
  /** The shortest ones. */
  examples: string[];
};

export type ArrayFacts = { count: number; empty: number; items: Shape | null };

/** By the value of a key such as `type`; "" for objects without one. */
export type ObjectFacts = { count: number; variants: Map<string, Fields>; isCollapsed: boolean };

/** `keys`: null when the names are data; then `entries` is what lies behind all of them. */
export type Fields = {
  count: number;
  samples: number;
  keys: Map<string, Shape> | null;
  entries: Shape | null;
};

export const emptyShape = (): Shape => ({
  count: 0,
  samples: 0,
  nulls: 0,
  booleans: 0,
  numbers: null,
  strings: null,
  arrays: null,
  objects: null,
  unseen: 0,
});

export const emptyFields = (): Fields => ({
  count: 0,
  samples: 0,
  keys: new Map(),
  entries: null,
});

/** The shapes that lie one level below. */
function* childrenOf({ arrays, objects }: Shape): Generator<Shape> {
  if (arrays?.items) yield arrays.items;
  for (const { keys, entries } of objects?.variants.values() ?? []) {
    if (keys) yield* keys.values();
    if (entries) yield entries;
  }
}

export function countNodes(shape: Shape): number {
  let nodes = 1;
  for (const child of childrenOf(shape)) nodes += countNodes(child);
  return nodes;
}

/** Gives up what lies deeper than so many levels: there anything fits from now on. */
export function pruneShape(shape: Shape, levels: number): void {
  if (levels > 0) {
    for (const child of childrenOf(shape)) pruneShape(child, levels - 1);
    return;
  }
  shape.unseen += (shape.arrays?.count ?? 0) + (shape.objects?.count ?? 0);
  shape.arrays = null;
  shape.objects = null;
}
