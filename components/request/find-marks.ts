export type Piece = { text: string; isMatch: boolean };

/** Of so many in one text more than these say nothing new, and each is an element of its own. */
const MARKS_MAX = 100;

/** One for each list of words, since every row on the screen asks for it. */
const patterns = new WeakMap<readonly string[], RegExp | null>();

/** Where one of the words stands in a text, in any letter case: the first hundred places, from..to. */
export function findPlaces(text: string, words: readonly string[]): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  const pattern = patternOf(words);
  if (!pattern) return places;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    places.push({ from: index, to: index + found.length });
    if (places.length === MARKS_MAX) break;
  }
  return places;
}

/** Cuts a text at what matches one of the words. */
export function findMarks(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of findPlaces(text, words)) {
    if (from > at) pieces.push({ text: text.slice(at, from), isMatch: false });
    pieces.push({ text: text.slice(from, to), isMatch: true });
    at = to;
  }
  if (at < text.length || at === 0) pieces.push({ text: text.slice(at), isMatch: false });
  return pieces;
}

function patternOf(words: readonly string[]): RegExp | null {
  const known = patterns.get(words);
  if (known !== undefined) return known;
  const wanted = words
    .filter((word) => word !== "")
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const pattern = wanted.length === 0 ? null : new RegExp(wanted.join("|"), "gi");
  patterns.set(words, pattern);
  return pattern;
}
