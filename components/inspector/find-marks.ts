export type Piece = { text: string; isMatch: boolean };

/** Cuts a text at what matches one of the words, in any letter case. */
export function findMarks(text: string, words: readonly string[]): Piece[] {
  const wanted = words
    .filter((word) => word !== "")
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  if (wanted.length === 0) return [{ text, isMatch: false }];
  return text
    .split(new RegExp(`(${wanted.join("|")})`, "gi"))
    .map((piece, index) => ({ text: piece, isMatch: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
