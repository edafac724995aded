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
};

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
