/**
 * What a terminal would obey or not show: control and format characters (bidi overrides among them), separators of lines
 * and paragraphs, lone surrogates, fillers.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u3164\uffa0\ufff9-\ufffb]|\u17b4|\u17b5/gu;

const SHORT: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0" };

/**
 * A payload's text, safe to print: what would drive the terminal stands there as an escape (`\x1b`, `\u{202e}`). `kept` are
 * left as they are: the line breaks of a text that is printed as lines.
 */
export function visible(
  text: string,
  mark: (escape: string) => string = (escape) => escape,
  kept = "",
): string {
  return text.replace(UNSEEN, (character) =>
    kept.includes(character) ? character : mark(escapeOf(character)),
  );
}

function escapeOf(character: string): string {
  const short = SHORT[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
