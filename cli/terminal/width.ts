// The terminal's own control sequences, as cli/terminal/style.ts writes them.
// oxlint-disable-next-line no-control-regex
const STYLING = /\x1b\[\d+m/g;
/** East Asian wide and full-width blocks, and pictographs: two columns each (UAX 11, roughly). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes, its colours aside. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replace(STYLING, "")) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (character <= "\u007e") return 1;
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** A plain text cut to so many columns, the cut shown as an ellipsis. Without a cut it stays as it is. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return columns > 0 ? `${kept}…` : "";
}

/** A plain text cut in its middle, where its end says as much as its beginning: a path. */
export function clipMiddle(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 8) return clip(text, columns);
  const tail = Math.floor((columns - 1) / 3);
  return `${clip(text, columns - tail)}${Array.from(text).slice(-tail).join("")}`;
}

/** Filled up with spaces on the right; colours may be in it. */
export const padRight = (text: string, columns: number) =>
  text + " ".repeat(Math.max(0, columns - widthOf(text)));

/** Filled up with spaces on the left. */
export const padLeft = (text: string, columns: number) =>
  " ".repeat(Math.max(0, columns - widthOf(text))) + text;
