import { isUsual } from "./usual.ts";

/**
 * A place names where in a message something stands, without the positions that differ from one message to the next:
 * `method`, `path`, `status`, `query page`, `header date`, `trailer x`, `form a`, `body`, `body $.items[*].id`,
 * `part "file"`, `part "file" header x`, `part "file" body $.id`.
 */
export type MaskEntry = { place: string; isOn: boolean };

/** What always changes. `usual`: also what does so with most senders. An entry has the last word over the usual. */
export type Mask = { usual: boolean; entries: readonly MaskEntry[] };

export const usualMask: Mask = { usual: true, entries: [] };

/** For answers: when one was given says nothing about it, and all else may, a counter of tries too. */
export const answerMask: Mask = { usual: false, entries: [{ place: "header date", isOn: true }] };

/** A place that has others within: a JSON path, a whole body, a part of a multipart body. */
const TREE = /^(?:part "(?:[^"\\]|\\.)*" )?body \$/;
const WHOLE = /^(?:body|part "(?:[^"\\]|\\.)*"(?: body)?)$/;

/** A mask's place means itself and what is within it, nothing beside it. */
export function covers(masking: string, place: string): boolean {
  if (!place.startsWith(masking)) return false;
  const next = place.charAt(masking.length);
  if (next === "") return true;
  if (TREE.test(masking)) return next === "." || next === "[";
  return WHOLE.test(masking) && next === " ";
}

/** The narrowest entry that covers a place decides; where none does, the usual. */
export function isMasked(mask: Mask, place: string): boolean {
  let nearest: MaskEntry | null = null;
  for (const entry of mask.entries) {
    if (!covers(entry.place, place)) continue;
    if (!nearest || entry.place.length > nearest.place.length) nearest = entry;
  }
  return nearest ? nearest.isOn : mask.usual && isUsual(place);
}

/** The mask with one place turned on or off. */
export function withPlace(mask: Mask, place: string, isOn: boolean): Mask {
  const others = mask.entries.filter((entry) => entry.place !== place);
  return { ...mask, entries: [...others, { place, isOn }] };
}

export function withoutPlace(mask: Mask, place: string): Mask {
  return { ...mask, entries: mask.entries.filter((entry) => entry.place !== place) };
}

export const partPlace = (name: string): string => `part ${JSON.stringify(name)}`;
