/** A value in two JSON texts, as JSON; null where it is not there. */
export type JsonChange = { path: string; before: string | null; after: string | null };

/** More than a person reads; a hostile body may differ in a hundred thousand places. */
const CHANGES_MAX = 200;
const DEPTH_MAX = 64;

/** A number as it was written: ids have more digits than a double. */
class Written {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toJSON(): unknown {
    return rawJson(this.source);
  }
}

/** Wherever a reviver is told the source, this is there too; TypeScript knows of neither yet. */
const rawJson = (source: string): unknown =>
  (JSON as typeof JSON & { rawJSON: (text: string) => unknown }).rawJSON(source);

/** @throws SyntaxError for what is no JSON */
export function parseExact(text: string): unknown {
  const revive = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && context?.source !== undefined
      ? new Written(context.source)
      : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

/** What differs between two values of `parseExact`, place by place; at most 200. */
export function jsonChanges(before: unknown, after: unknown): JsonChange[] {
  const changes: JsonChange[] = [];
  compare(before, after, "$", 0, changes);
  return changes;
}

function compare(
  before: unknown,
  after: unknown,
  path: string,
  depth: number,
  changes: JsonChange[],
): void {
  if (changes.length >= CHANGES_MAX) return;
  const keys = depth < DEPTH_MAX ? keysOf(before, after) : null;
  if (!keys) {
    const [old, now] = [print(before), print(after)];
    if (old !== now) changes.push({ path, before: old, after: now });
    return;
  }
  for (const key of keys) {
    const [old, now] = [at(before, key), at(after, key)];
    compare(old, now, path + step(before, key), depth + 1, changes);
  }
}

/** The keys of two objects, or of two arrays; null for everything else. */
function keysOf(before: unknown, after: unknown): string[] | null {
  if (!isTree(before) || !isTree(after)) return null;
  if (Array.isArray(before) !== Array.isArray(after)) return null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

const isTree = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Written);

const at = (value: unknown, key: string): unknown =>
  isTree(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const step = (parent: unknown, key: string): string => {
  if (Array.isArray(parent)) return `[${key}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
};

function print(value: unknown): string | null {
  if (value === undefined) return null;
  if (value instanceof Written) return value.source;
  return JSON.stringify(value);
}
