import { findPlaces } from "#components/request/find-marks.ts";
import { type Found, type Mark, marksWithin } from "./find.ts";
import { isCrowded, markUnseen } from "#components/request/wire-marks.ts";
import { clipTokens, LINE_CUT, lineLength, type Lines, type Token } from "#lib/body/lines.ts";
import { ROW_CHARS, type Row } from "./row-map.ts";

/** One row of a body shown as lines, ready to be drawn. */
export type CodeRowModel = {
  text: string;
  tokens: readonly Token[];
  /** The closing tokens, when the block that begins here is folded. */
  closing: readonly Token[] | null;
  depth: number;
  line: number;
  /** Null on the further rows of a long line. */
  number: number | null;
  fold: "none" | "open" | "folded";
  /** Lines that are folded away. */
  hidden: number;
  /** Characters that are cut off. */
  cut: number;
  marks: readonly Mark[];
  /** Holds too many unseen characters to name each. */
  crowded: boolean;
};

/** Unseen characters that a body shown as lines leaves as they are. */
export const KEPT = "\t";

export type Folds = ReadonlyMap<number, number>;

export function rowModel(
  lines: Lines,
  { line, part }: Row,
  state: {
    folds: Folds;
    spreads: Folds;
    found: Found | null;
    current: number;
    /** Marked while nothing is searched for here. */
    words: readonly string[];
  },
): CodeRowModel {
  const all = lines.tokens(line);
  const close = state.folds.get(line);
  const isSpread = close === undefined && state.spreads.has(line);
  const tokens = joinTokens(
    isSpread
      ? clipTokens(lines.text, all, part * ROW_CHARS, ROW_CHARS)
      : clipTokens(lines.text, all, 0, LINE_CUT),
  );
  const from = tokens[0]?.from ?? 0;
  const to = tokens.at(-1)?.to ?? 0;
  return {
    text: lines.text,
    tokens,
    closing: close === undefined ? null : lines.tokens(close),
    depth: lines.depth(line),
    line,
    number: part === 0 ? line + 1 : null,
    fold: close !== undefined ? "folded" : lines.closes(line) > line ? "open" : "none",
    hidden: close === undefined ? 0 : close - line - 1,
    cut: isSpread ? 0 : Math.max(lineLength(all) - LINE_CUT, 0),
    crowded: isCrowded(
      tokens.flatMap((token) => markUnseen(lines.text.slice(token.from, token.to), KEPT)),
    ),
    marks: state.found
      ? marksWithin(state.found, state.current, from, to)
      : findPlaces(lines.text.slice(from, to), state.words).map((place) => ({
          from: from + place.from,
          to: from + place.to,
          isCurrent: false,
        })),
  };
}

/** Tokens of a row that are told apart: each is an element, and a tag may have hundreds of attributes. */
const TOKENS_MAX = 120;

function joinTokens(tokens: readonly Token[]): readonly Token[] {
  const [first, last] = [tokens[TOKENS_MAX], tokens.at(-1)];
  if (!first || !last) return tokens;
  return [...tokens.slice(0, TOKENS_MAX), { ...first, to: last.to, kind: "plain" }];
}

/** How many characters of its line stand before an offset. */
export function charsBefore(tokens: readonly Token[], offset: number): number {
  let before = 0;
  for (const { from, to } of tokens) {
    if (offset < to) return before + Math.max(offset - from, 0);
    before += to - from;
  }
  return before;
}

/** So many blocks are folded at once at most: each is kept in a list that every fold sorts. */
const FOLDS_MAX = 20_000;

/** Folds for every block of a level (0 is the outermost), and with them all that is deeper. */
export function foldsOfLevel(lines: Lines, level: number): Map<number, number> {
  const folds = new Map<number, number>();
  for (let line = 0; line < lines.count && folds.size < FOLDS_MAX; line += 1) {
    const close = lines.closes(line);
    if (close <= line || lines.depth(line) !== level) continue;
    folds.set(line, close);
    line = close;
  }
  return folds;
}
