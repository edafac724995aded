import { escapeUnseen } from "./unseen.ts";

const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A header's value or a URL, one character per byte, as a literal of plain ASCII in JavaScript and Python. */
export const latin1Literal = (text: string): string =>
  inQuotes(text, units).replace(/[\x80-\xff]/g, units);

/** Text as a JavaScript literal; what has lines stays in lines. */
export function scriptLiteral(text: string): string {
  const lines = text.split("\n");
  if (lines.length === 1) return inQuotes(text, units);
  return `\`${lines.map((line) => escapeIn(line, /[`\\]|\$(?=\{)/g, units)).join("\n")}\``;
}

/** Text as Python literals that stand one after the other, one for each line. `prefix` b is for ASCII alone. */
export const pythonLiterals = (text: string, prefix: "" | "b"): string[] =>
  text.split(/(?<=\n)/).map((line) => prefix + inQuotes(line, codePoint));

/** In the quotes that leave JSON readable. */
function inQuotes(text: string, escape: (char: string) => string): string {
  const single = text.includes('"') && !text.includes("'");
  const mark = single ? "'" : '"';
  return mark + escapeIn(text, single ? /['\\]/g : /["\\]/g, escape) + mark;
}

function escapeIn(text: string, marks: RegExp, escape: (char: string) => string): string {
  return escapeUnseen(text.replace(marks, "\\$&"), (char) => NAMED[char] ?? escape(char));
}

/** Each UTF-16 unit's escape, as JavaScript reads it; of a character of one unit Python reads it the same. */
function units(char: string): string {
  return Array.from({ length: char.length }, (_, at) => unit(char.charCodeAt(at))).join("");
}

const codePoint = (char: string): string =>
  char.length === 1 ? units(char) : `\\U${hex(char.codePointAt(0) ?? 0, 8)}`;

const unit = (code: number): string => (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
