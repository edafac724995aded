import { findPlaces } from "#components/request/find-marks.ts";
import type { Mark } from "./find.ts";

const utf8 = new TextEncoder();

/** Words as their UTF-8 bytes, one character for each. */
export function wordsAsBytes(words: readonly string[]): readonly string[] {
  return words.map((word) => String.fromCharCode(...utf8.encode(word)));
}

/** Where bytes from..to touch one of the words, which `wordsAsBytes` has made; ASCII letters in either case. */
export function wordMarks(
  bytes: Uint8Array,
  words: readonly string[],
  from: number,
  to: number,
): Mark[] {
  const around = Math.max(0, ...words.map(({ length }) => length - 1));
  const start = Math.max(0, from - around);
  const text = String.fromCharCode(...bytes.subarray(start, to + around));
  return findPlaces(text, words)
    .map((place) => ({ from: start + place.from, to: start + place.to, isCurrent: false }))
    .filter((mark) => mark.to > from && mark.from < to);
}
