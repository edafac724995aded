import { clip, clipMiddle, padRight, widthOf } from "./width.ts";

/** A path keeps so much, however much there is to say beside it. */
const PATH_MIN = 14;
/** Less says nothing. */
const ASIDE_MIN = 6;
const GAP = 2;

/** A path, and what is to be said beside it, in exactly so many columns; both plain texts. What does not fit is cut. */
export function beside(
  path: string,
  aside: string,
  columns: number,
  paint: (text: string) => string,
): string {
  const pathRoom = Math.min(widthOf(path), Math.max(PATH_MIN, columns - GAP - widthOf(aside)));
  const asideRoom = columns - GAP - pathRoom;
  if (aside === "" || asideRoom < ASIDE_MIN) return padRight(clipMiddle(path, columns), columns);
  const text = `${clipMiddle(path, pathRoom)}${" ".repeat(GAP)}${paint(clip(aside, asideRoom))}`;
  return padRight(text, columns);
}
