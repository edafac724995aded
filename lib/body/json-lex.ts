/** Where a token ends, or what is wrong with it and at which offset. */
export type Lexed = { end: number } | { error: string; offset: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const MINUS = 0x2d;

const literals: Record<string, string> = { t: "true", f: "false", n: "null" };
const escapes = new Set('"\\/bfnrt');

/** The next offset that is no JSON white space (RFC 8259 2: space, tab, LF, CR). */
export function skipSpace(text: string, from: number, to = text.length): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Reads one string, number or literal (RFC 8259). Numbers are only delimited, never turned into a number. */
export function lexScalar(text: string, from: number): Lexed {
  const code = text.charCodeAt(from);
  if (code === QUOTE) return lexString(text, from);
  if (code === MINUS || isDigit(code)) return lexNumber(text, from);
  return lexLiteral(text, from);
}

export function lexString(text: string, from: number): Lexed {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { end: at + 1 };
    if (code < 0x20) {
      return { error: "A control character inside a string must be escaped", offset: at };
    }
    if (code !== BACKSLASH) continue;
    const length = escapeLength(text, at);
    if (length === 0) return { error: "This is no escape that JSON knows", offset: at };
    at += length - 1;
  }
  return { error: "The text ends inside a string", offset: text.length };
}

function escapeLength(text: string, at: number): number {
  const kind = text.charAt(at + 1);
  if (escapes.has(kind)) return 2;
  return kind === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
}

function lexNumber(text: string, from: number): Lexed {
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from;
  const whole = skipDigits(text, at);
  if (whole === at) return { error: "A digit must follow the minus sign", offset: at };
  if (text.charCodeAt(at) === ZERO && whole > at + 1) {
    return { error: "A number can't start with 0 and go on", offset: at };
  }
  at = whole;
  if (text[at] === ".") {
    const fraction = skipDigits(text, at + 1);
    if (fraction === at + 1) return { error: "A digit must follow the point", offset: fraction };
    at = fraction;
  }
  if (text[at] !== "e" && text[at] !== "E") return { end: at };
  const sign = text[at + 1] === "+" || text[at + 1] === "-" ? 1 : 0;
  const exponent = skipDigits(text, at + 1 + sign);
  if (exponent > at + 1 + sign) return { end: exponent };
  return { error: "A digit must follow the exponent's mark", offset: exponent };
}

function lexLiteral(text: string, from: number): Lexed {
  const word = literals[text.charAt(from)];
  if (word && text.startsWith(word, from)) return { end: from + word.length };
  return { error: "Expected a value", offset: from };
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
