/** A raw target in its two halves. `query` is null when there is no question mark. */
export function splitTarget(target: string): { path: string; query: string | null } {
  const mark = target.indexOf("?");
  if (mark === -1) return { path: target, query: null };
  return { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The number of a query's fields, as pairs.ts splits them. */
export const countPairs = (query: string): number => (query === "" ? 0 : query.split("&").length);
