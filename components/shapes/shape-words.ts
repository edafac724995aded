import { formatCount } from "#components/ui/format.ts";
import type { ShapeSkipped } from "#lib/contract/shapes.ts";
import type { Settled, SettledKind } from "#lib/shapes/settle.ts";

/** A place's kinds in a few words: `string, date-time or null`. */
export function typeWords({ kinds, nulls }: Settled): string {
  const words = kinds.map(kindWords);
  if (nulls > 0) words.push("null");
  return words.length === 0 ? "unknown" : words.join(" or ");
}

function kindWords(kind: SettledKind): string {
  switch (kind.kind) {
    case "string":
      return (
        kind.values?.map((value) => JSON.stringify(value)).join(" | ") ?? kind.format ?? "string"
      );
    case "number":
      return kind.unix ? `Unix time in ${kind.unix}` : kind.isWhole ? "integer" : "number";
    case "array":
      return kind.items ? `list of ${typeWords(kind.items)}` : "list, always empty so far";
    case "record":
      return `map of ${typeWords(kind.entries)}`;
    case "union":
      return `one of ${kind.variants.length} by ${kind.key}`;
    case "unseen":
      return "deeper than was looked at";
    default:
      return kind.kind;
  }
}

/** Something of what was seen: the shortest texts, or from the least to the greatest number. */
export function exampleWords({ kinds }: Settled): string {
  return kinds
    .flatMap((kind) => {
      if (kind.kind === "string" && !kind.values)
        return kind.examples.map((text) => JSON.stringify(text));
      if (kind.kind !== "number" || kind.min === null || kind.max === null) return [];
      return kind.min === kind.max ? [String(kind.min)] : [`${kind.min} to ${kind.max}`];
    })
    .join(", ");
}

/** Requests that are no samples, and why. */
export function skippedWords({ notJson, tooLarge, cut, undecodable }: ShapeSkipped): string {
  return [
    notJson > 0 && `${formatCount(notJson)} without JSON or a form`,
    tooLarge > 0 && `${formatCount(tooLarge)} over 256 KiB`,
    cut > 0 && `${formatCount(cut)} cut off`,
    undecodable > 0 && `${formatCount(undecodable)} in a coding that could not be undone`,
  ]
    .filter((words) => words !== false)
    .join(", ");
}
