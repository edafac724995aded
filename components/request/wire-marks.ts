export type Run = { text: string; mark: string | null };

/**
 * Characters that are not seen, that turn the text around, or that look like a plain space: control and format
 * characters, line and paragraph separators, spaces other than U+0020, lone surrogates and fillers.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]|\u034f/u;
/** So many marks stand on one letter in no language; what is heaped on it covers the lines above and takes long to lay out. */
const STACKED_MAX = 8;
const stacked = /\p{M}{9,}/gu;
/** The joiner within an emoji such as a family belongs there. */
const emojiJoined =
  /\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?(\u200d\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?)+/gu;

const names: Record<string, string> = {
  "\t": "TAB",
  "\n": "LF",
  "\r": "CR",
  "\0": "NUL",
  "\x1b": "ESC",
  "\x7f": "DEL",
  "\u00a0": "NBSP",
  "\u00ad": "SHY",
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\ufeff": "BOM",
};

/** Cuts a text into runs: plain ones, and single characters that must be marked to be seen. `kept` are left plain. */
export function markUnseen(text: string, kept = ""): Run[] {
  const heaps = heapedPlaces(text);
  if (heaps.size === 0 && !unseen.test(text)) return [{ text, mark: null }];
  const joiners = emojiJoiners(text);
  const runs: Run[] = [];
  let plain = "";
  let at = 0;
  for (const char of text) {
    const isUnseen = unseen.test(char) && !kept.includes(char) && !joiners.has(at);
    const isMarked = isUnseen || heaps.has(at);
    if (isMarked) {
      if (plain) runs.push({ text: plain, mark: null });
      runs.push({ text: char, mark: markOf(char) });
      plain = "";
    } else plain += char;
    at += char.length;
  }
  if (plain) runs.push({ text: plain, mark: null });
  return runs;
}

/** Beyond so many in one line or one value, a name for each would be all there is to see, and hold the page. */
const NAMED_MAX = 50;

export const isCrowded = (runs: readonly Run[]): boolean =>
  runs.filter(({ mark }) => mark !== null).length > NAMED_MAX;

/** The text with one and the same sign for everything marked. */
export const maskMarks = (runs: readonly Run[]): string =>
  runs.map(({ text, mark }) => (mark === null ? text : "\u25af")).join("");

function markOf(char: string): string {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return names[char] ?? `U+${code}`;
}

function emojiJoiners(text: string): Set<number> {
  const places = new Set<number>();
  for (const found of text.matchAll(emojiJoined)) {
    for (let at = 0; at < found[0].length; at += 1) {
      if (found[0][at] === "\u200d") places.add(found.index + at);
    }
  }
  return places;
}

function heapedPlaces(text: string): Set<number> {
  const places = new Set<number>();
  for (const found of text.matchAll(stacked)) {
    let at = found.index;
    let height = 0;
    for (const char of found[0]) {
      height += 1;
      if (height > STACKED_MAX) places.add(at);
      at += char.length;
    }
  }
  return places;
}
