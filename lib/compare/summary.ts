import type { Comparison, Entry, Section } from "./comparison.ts";
import { isMasked, type Mask } from "./place.ts";

export type Summary = {
  /** Nothing differs, not even how it is written. */
  isSame: boolean;
  /** Differences that no mask covers. */
  open: number;
  masked: number;
};

/** How many places differ; a run of lines or bytes is one. */
export function summarise({ sections }: Comparison, mask: Mask): Summary {
  const summary = { isSame: sections.every(({ state }) => state === "same"), open: 0, masked: 0 };
  for (const section of sections) {
    const { open, masked } = countSection(section, mask);
    summary.open += open;
    summary.masked += masked;
  }
  return summary;
}

export function countSection(section: Section, mask: Mask): { open: number; masked: number } {
  const counts = { open: section.unlisted, masked: 0 };
  for (const entry of section.entries) {
    if (entry.kinds.length > 0) counts[isEntryMasked(entry, mask) ? "masked" : "open"] += 1;
  }
  if (section.sides && section.kind !== "json") {
    const hunks = section.sides.hunks.length;
    counts[isMasked(mask, section.place) ? "masked" : "open"] += hunks;
  }
  if (section.state === "alike") counts[isMasked(mask, section.place) ? "masked" : "open"] += 1;
  return counts;
}

export const isEntryMasked = (entry: Entry, mask: Mask): boolean => isMasked(mask, entry.place);

/** Named places that differ in every one of these comparisons; whole bodies are not among them. */
export function learnPlaces(comparisons: readonly Comparison[]): string[] {
  const [first, ...others] = comparisons.map(placesOf);
  if (!first) return [];
  return [...first].filter((place) => others.every((places) => places.has(place)));
}

const placesOf = ({ sections }: Comparison): Set<string> =>
  new Set(
    sections.flatMap(({ entries }) =>
      entries.filter(({ kinds }) => kinds.includes("changed")).map(({ place }) => place),
    ),
  );
