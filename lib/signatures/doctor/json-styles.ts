import type { ChangeCode } from "./change.ts";

export type Styled = { text: string; codes: ChangeCode[] };

const DEPTH_MAX = 64;

type Spacing = { comma: string; colon: string; indent: string | null };

/** JSON.stringify, PHP and Go; Python; JSON.stringify and jq with two; Python and Java with four; tabs. */
const spacings: Spacing[] = [
  { comma: ",", colon: ":", indent: null },
  { comma: ", ", colon: ": ", indent: null },
  { comma: ",", colon: ": ", indent: "  " },
  { comma: ",", colon: ": ", indent: "    " },
  { comma: ",", colon: ": ", indent: "\t" },
];

const toAscii = (text: string): string =>
  text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const plain = (token: string): string => JSON.stringify(JSON.parse(token));

/** How strings are escaped: as they came, by JavaScript, by Python and Ruby, by PHP (two ways), by Go. */
const escapings: ((token: string) => string)[] = [
  (token) => token,
  plain,
  (token) => toAscii(plain(token)),
  (token) => toAscii(plain(token)).replaceAll("/", "\\/"),
  (token) => plain(token).replaceAll("/", "\\/"),
  (token) =>
    plain(token).replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
];

/**
 * The same JSON as other programs would print it, the likeliest first. A parser reads all of them alike, and each has
 * another signature.
 */
export function* jsonStyles(text: string): Generator<Styled> {
  const value = parse(text);
  if (value === undefined) return;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  if (isDeep(tokens)) return;
  for (const escape of escapings) {
    const escaped = tokens.map((token) => (token.startsWith('"') ? escape(token) : token));
    const isSame = escaped.every((token, at) => token === tokens[at]);
    for (const spacing of spacings) {
      const codes: ChangeCode[] = isSame ? ["json_printed"] : ["json_escapes"];
      yield* withNewline(print(escaped, spacing), codes);
    }
  }
  for (const indent of [undefined, 2]) {
    yield { text: JSON.stringify(value, null, indent), codes: ["json_numbers"] };
  }
  yield* sorted(value);
}

/** An indent for each level makes a text that grows by their square. */
function isDeep(tokens: readonly string[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

/** What a file ends with, when it was printed over several lines. */
function* withNewline(text: string, codes: ChangeCode[]): Generator<Styled> {
  yield { text, codes };
  if (text.includes("\n")) yield { text: `${text}\n`, codes };
}

function* sorted(value: unknown): Generator<Styled> {
  const text = JSON.stringify(sortKeys(value));
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^{}[\],:"]+/g) ?? [];
  const ascii = tokens.map((token) => (token.startsWith('"') ? toAscii(token) : token));
  for (const spacing of spacings.slice(0, 3)) {
    yield { text: print(tokens, spacing), codes: ["json_order"] };
    yield { text: print(ascii, spacing), codes: ["json_order"] };
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

function print(tokens: readonly string[], { comma, colon, indent }: Spacing): string {
  const parts: string[] = [];
  let depth = 0;
  const line = () => (indent === null ? "" : `\n${indent.repeat(depth)}`);
  for (const [at, token] of tokens.entries()) {
    const isEmpty =
      (token === "{" && tokens[at + 1] === "}") || (token === "[" && tokens[at + 1] === "]");
    const wasEmpty = tokens[at - 1] === "{" || tokens[at - 1] === "[";
    if (token === "}" || token === "]") {
      depth -= 1;
      parts.push(wasEmpty ? token : line() + token);
    } else if (token === "{" || token === "[") {
      depth += 1;
      parts.push(isEmpty ? token : token + line());
    } else if (token === ",") parts.push(comma + line());
    else parts.push(token === ":" ? colon : token);
  }
  return parts.join("");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
