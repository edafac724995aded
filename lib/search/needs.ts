import type { Query } from "./query.ts";
import { SEARCHED_BODY_BYTES, VALUES_BODY_BYTES } from "./subject.ts";

/** What must be fetched of a request before a query can be judged. */
export type Needs = { headers: boolean; bodyBytes: number; forwards: boolean; annotation: boolean };

export function needsOf(query: Query): Needs {
  switch (query.kind) {
    case "word":
      return { headers: true, bodyBytes: SEARCHED_BODY_BYTES, forwards: false, annotation: false };
    case "not":
      return needsOf(query.item);
    case "field":
      return {
        headers: query.field.name === "header",
        bodyBytes: "path" in query.field ? bytesOf(query.field.path) : 0,
        forwards: query.field.name === "forward",
        annotation: ANNOTATION.has(query.field.name),
      };
    default:
      return query.items.map(needsOf).reduce(both, NOTHING);
  }
}

const bytesOf = (path: readonly unknown[]) =>
  path.length > 0 ? VALUES_BODY_BYTES : SEARCHED_BODY_BYTES;
const ANNOTATION: ReadonlySet<string> = new Set(["label", "note", "pinned"]);
const NOTHING: Needs = { headers: false, bodyBytes: 0, forwards: false, annotation: false };
const both = (a: Needs, b: Needs): Needs => ({
  headers: a.headers || b.headers,
  bodyBytes: Math.max(a.bodyBytes, b.bodyBytes),
  forwards: a.forwards || b.forwards,
  annotation: a.annotation || b.annotation,
});
