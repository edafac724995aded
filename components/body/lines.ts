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
};

/** The parts of `tokens` within their first `length` characters beginning at character `skip`; gaps count as nothing. */
export function clipTokens(tokens: readonly Token[], skip: number, length: number): Token[] {
  const clipped: Token[] = [];
  let before = 0;
  for (const token of tokens) {
    const size = token.to - token.from;
    const start = Math.max(skip - before, 0);
    const end = Math.min(skip + length - before, size);
    if (start < end) {
      const gap = token.gap === true && start === 0;
      clipped.push({ from: token.from + start, to: token.from + end, kind: token.kind, gap });
    }
    before += size;
    if (before >= skip + length) break;
  }
  return clipped;
}

/** Characters in a line, without gaps. */
export function lineLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.to - token.from, 0);
}
