const CHARS_MAX = 120;
/** Right-to-left letters, and what turns the text around it (UAX #9). */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const controls = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A name that somebody else chose, for a sentence, a label or a title that takes only plain text: never long enough to
 * hold the page, and isolated where it would turn the words around it the other way.
 */
export function plainName(name: string): string {
  const short = name.length > CHARS_MAX ? `${name.slice(0, CHARS_MAX)}…` : name;
  return turning.test(short) ? `\u2068${short.replace(controls, "\ufffd")}\u2069` : short;
}
