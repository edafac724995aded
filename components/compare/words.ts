import { formatCount } from "#components/ui/format.ts";
import type { Entry, Kind } from "#lib/compare/comparison.ts";
import type { Summary } from "#lib/compare/summary.ts";
import type { Stop } from "./rows.ts";

/** A difference in one sign and one word, so that no colour is needed. */
export const kindWords: Record<Kind, { sign: string; word: string }> = {
  added: { sign: "+", word: "added" },
  removed: { sign: "−", word: "removed" },
  changed: { sign: "~", word: "changed" },
  type: { sign: "~", word: "another type" },
  case: { sign: "~", word: "letter case" },
  moved: { sign: "↕", word: "moved" },
};

export function kindsOf({ kinds, moved }: Entry): string {
  return kinds
    .map((kind) =>
      kind === "moved" && moved
        ? `moved from place ${formatCount(moved.from)} to ${formatCount(moved.to)}`
        : kindWords[kind].word,
    )
    .join(", ");
}

export const several = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `12 differences, and 3 in places that always change` */
export function summaryWords({ isSame, open, masked }: Summary): string {
  if (isSame) return "They are the same, byte for byte";
  const places = several(masked, "place that always changes", "places that always change");
  if (open === 0) return `They differ only in ${places}`;
  const differences = several(open, "difference");
  return masked === 0 ? differences : `${differences}, and ${places}`;
}

/** What is read out when one comes to it. */
export function stopWords(stop: Stop, index: number, count: number): string {
  const where = `Difference ${formatCount(index + 1)} of ${formatCount(count)}, ${stop.section.title}`;
  if (!stop.entry) return where;
  return `${where}: ${stop.entry.label.slice(0, 200)}, ${kindsOf(stop.entry)}`;
}
