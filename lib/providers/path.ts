/** A path into JSON, `event.items[0].id`, as the keys on the way. */
export type Path = readonly (string | number)[];

export function parsePath(text: string): Path {
  const parts = text.match(/\[\d+\]|[^.[\]]+/g) ?? [];
  return parts.map((part) => (part.startsWith("[") ? Number(part.slice(1, -1)) : part));
}

/** What stands there; undefined where there is no such place. Only own properties count: the value is a stranger's. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
