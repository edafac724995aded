import type { Token, TokenKind } from "./lines.ts";
import { xmlPiece } from "./xml-lex.ts";

/** Characters of a tag that is taken apart; a longer one is no tag that a person reads. */
const COLOURED_MAX = 20_000;

/** The tokens of one pretty-printed line, text from..to. `within`: the further line of a comment or a text. */
export function xmlTokens(text: string, from: number, to: number, within: boolean): Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to; ) {
    const piece = within ? null : xmlPiece(text, at);
    const end = piece && piece.kind !== "fault" ? Math.min(piece.to, to) : to;
    const isTag = piece?.kind === "start" || piece?.kind === "end";
    if (isTag && end - at <= COLOURED_MAX) tagTokens(text, at, end, tokens);
    else plainToken(text, at, end, piece?.kind === "other" ? "mark" : "plain", tokens);
    at = end;
  }
  return tokens;
}

/** Without the white space around it, which stands for indentation and line ends. */
function plainToken(text: string, from: number, to: number, kind: TokenKind, into: Token[]): void {
  let end = to;
  while (end > from && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  if (end > from) into.push({ from, to: end, kind });
}

/** A quoted value, white space, or what stands between such; sticky. */
const inTag = /"[^"]*"|'[^']*'|\s+|<\/?|\/?>|=|[^\s"'<>=/]+|[^]/y;

function tagTokens(text: string, from: number, to: number, into: Token[]): void {
  let gap = false;
  let isName = true;
  for (let at = from; at < to; at = inTag.lastIndex) {
    inTag.lastIndex = at;
    const found = inTag.exec(text)?.[0] ?? text.slice(at, to);
    if (/^\s/.test(found)) {
      gap = true;
      continue;
    }
    into.push({ from: at, to: at + found.length, kind: kindOf(found, isName), gap });
    if (!found.startsWith("<")) isName = false;
    gap = false;
  }
}

function kindOf(found: string, isName: boolean): TokenKind {
  if (/^["']/.test(found)) return "string";
  if (/^[<>=/]/.test(found)) return "mark";
  return isName ? "key" : "number";
}
