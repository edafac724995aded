import { diffWordsWithSpace } from "diff";

/** A piece of a text; `isOther`: the other text has not got it. */
export type Piece = { text: string; isOther: boolean };

/** Characters of a text within which words are compared. */
const CHARS_MAX = 2_000;
const EDITS_MAX = 200;

/** What of two texts differs, word by word. Null where they are long, or have little in common. */
export function compareWords(before: string, after: string): [Piece[], Piece[]] | null {
  if (Math.max(before.length, after.length) > CHARS_MAX) return null;
  const changes = diffWordsWithSpace(before, after, { maxEditLength: EDITS_MAX });
  if (!changes?.some(({ added, removed, value }) => !added && !removed && value.trim() !== "")) {
    return null;
  }
  const pieces = (isAfter: boolean): Piece[] =>
    changes
      .filter(({ added, removed }) => (isAfter ? !removed : !added))
      .map(({ value, added, removed }) => ({ text: value, isOther: added || removed }));
  return [pieces(false), pieces(true)];
}
