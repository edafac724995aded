import type { Edit } from "./edits.ts";
import { jsonEdits, looksLikeJson } from "./json-edits.ts";
import { behindElement, behindMember, hasArrived, type Path } from "./path.ts";

/** What the paths lead to in the fields of a form or a query, from `start` on: `a=1&b%5Bc%5D=2`. */
export function formEdits(text: string, paths: readonly Path[], start = 0): Edit[] {
  const edits: Edit[] = [];
  for (const { 0: field, index } of text.slice(start).matchAll(/[^&;]+/g)) {
    const mark = field.indexOf("=");
    if (mark < 0) continue;
    const value = decoded(field.slice(mark + 1));
    const found = fieldEdits(decoded(field.slice(0, mark)), value, paths);
    if (found === "none") continue;
    const from = start + index + mark + 1;
    edits.push({ from, to: start + index + field.length, why: "value" });
  }
  return edits;
}

/** Whether a path leads to a field, or into the JSON that it holds: then all of it is hidden. */
export function fieldEdits(name: string, value: string, paths: readonly Path[]): "all" | "none" {
  const left = name
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .reduce<Path[]>(
      (behind, step) => [
        ...behindMember(behind, step),
        ...(/^\d+$/.test(step) ? behindElement(behind, Number(step)) : []),
        ...behind.filter(({ length }) => length === 0),
      ],
      [...paths],
    );
  if (hasArrived(left)) return "all";
  if (left.length === 0 || !looksLikeJson(value)) return "none";
  const inner = jsonEdits(value, left);
  return inner === null || inner.length > 0 ? "all" : "none";
}

/** As one character per byte. */
function decoded(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export const decodedField = decoded;
