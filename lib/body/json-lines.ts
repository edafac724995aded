import { lexScalar, skipSpace } from "./json-lex.ts";
import { type JsonLines, type JsonOutcome, JsonScanner } from "./json-scan.ts";
import type { Token, TokenKind } from "./lines.ts";

/** Characters read in one go: 1 to 5 ms. */
const STEP = 40_000;

/** The tokens of one pretty-printed line. */
export function jsonTokens(json: JsonLines, line: number): Token[] {
  const from = json.starts.at(line) ?? json.text.length;
  const to = json.starts.at(line + 1) ?? json.text.length;
  const tokens: Token[] = [];
  let afterColon = false;
  for (let at = skipSpace(json.text, from, to); at < to; ) {
    const token = tokenAt(json.text, at);
    if (afterColon) token.gap = true;
    afterColon = json.text[at] === ":";
    const first = tokens[0];
    if (afterColon && first) first.kind = "key";
    tokens.push(token);
    at = skipSpace(json.text, token.to, to);
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  const kind = kindOf(text.charAt(at));
  if (kind === "mark") return { from: at, to: at + 1, kind };
  const lexed = lexScalar(text, at);
  return { from: at, to: "end" in lexed ? lexed.end : at + 1, kind };
}

function kindOf(char: string): TokenKind {
  if (char === '"') return "string";
  if ("{}[],:".includes(char)) return "mark";
  return "tfn".includes(char) ? "literal" : "number";
}

/** One pretty-printed line as text, two spaces for each level. */
export function printJsonLine(json: JsonLines, line: number): string {
  const indent = "  ".repeat(json.depths.at(line) ?? 0);
  const parts = jsonTokens(json, line).map((token) => {
    const text = json.text.slice(token.from, token.to);
    return token.gap ? ` ${text}` : text;
  });
  return indent + parts.join("");
}

/** Scans to the end without letting go: for short texts, and for tests. */
export function scanJson(text: string, sequence = false): JsonOutcome {
  const scanner = new JsonScanner(text, sequence);
  for (;;) {
    const outcome = scanner.step(STEP);
    if (outcome) return outcome;
  }
}

/** Scans in steps with `pause` between them. Null when `stopped` says that nobody waits any more. */
export async function scanJsonInSteps(
  text: string,
  sequence: boolean,
  pause: () => Promise<void>,
  stopped: () => boolean,
): Promise<JsonOutcome | null> {
  const scanner = new JsonScanner(text, sequence);
  while (!stopped()) {
    const outcome = scanner.step(STEP);
    if (outcome) return outcome;
    await pause();
  }
  return null;
}
