import type { PathKey } from "../search/compose.ts";
import type { BodyValue } from "../search/json-values.ts";

/** Characters of a line shown at once; a longer one is cut there until it is asked for. */
export const LINE_CUT = 2_000;

export type TokenKind = "plain" | "key" | "string" | "number" | "literal" | "mark";

/** A piece of a line: text from..to of the whole, of one kind. `gap` asks for a space before it that was not sent. */
export type Token = { from: number; to: number; kind: TokenKind; gap?: boolean };

/** What a view of lines is made of. Everything is given by offsets into `text`, so that no line exists before it is shown. */
export type Lines = {
  text: string;
  count: number;
  depth: (line: number) => number;
  tokens: (line: number) => Token[];
  /** The last line of the block that this line opens, or -1. */
  closes: (line: number) => number;
  /** The line that holds this offset. */
  lineAt: (offset: number) => number;
  /** Where in the document a line is, and what it holds; only where there are such paths. */
  place?: {
    path: (line: number) => string;
    value: (line: number) => string;
    /** A string or a number with the name of its member, "" without one; null for all else, and beyond `charsMax`. */
    scalar: (line: number, charsMax: number) => { name: string; value: string } | null;
    /** The way to it and what a search would find there; null where none leads. `end`: the offset behind it. */
    seen: (line: number) => { path: PathKey[]; value: BodyValue; end: number } | null;
  };
};

/** Where a text stops being what it is declared to be, and why. */
export type TextFault = { offset: number; message: string };

/** A line of megabytes spreads over many rows, and each asks for the same tokens at every scroll. */
export function rememberLong(tokensOf: Lines["tokens"]): Lines["tokens"] {
  const long = new Map<number, Token[]>();
  return (line) => {
    const known = long.get(line);
    if (known) return known;
    const tokens = tokensOf(line);
    if (lineLength(tokens) > LINE_CUT) long.set(line, tokens);
    return tokens;
  };
}

/**
 * The parts of `tokens` within `length` characters beginning at character `skip` of the line; gaps count as nothing. A
 * cut never falls within a surrogate pair.
 */
export function clipTokens(
  text: string,
  tokens: readonly Token[],
  skip: number,
  length: number,
): Token[] {
  const clipped: Token[] = [];
  let before = 0;
  for (const token of tokens) {
    const place = (at: number) =>
      wholeCharacter(text, token.from + Math.min(Math.max(at - before, 0), token.to - token.from));
    const from = place(skip);
    const to = place(skip + length);
    if (from < to)
      clipped.push({ ...token, from, to, gap: token.gap === true && from === token.from });
    before += token.to - token.from;
  }
  return clipped;
}

function wholeCharacter(text: string, at: number): number {
  const inPair = isBetween(text.charCodeAt(at), 0xdc00, 0xdfff);
  return inPair && isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) ? at + 1 : at;
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}

/** Characters in a line, without gaps. */
export function lineLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.to - token.from, 0);
}
