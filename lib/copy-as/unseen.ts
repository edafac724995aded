/**
 * What must not stand in a text that a person reads before running it: all but letters, marks, digits, punctuation,
 * symbols and the plain space, and of these the fillers, which are letters that show nothing. So controls, characters
 * that turn the text around or join it, and odd spaces are written as escapes.
 */
const UNSEEN = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[\u034f\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Replaces each unseen character by what `escape` makes of it. */
export const escapeUnseen = (text: string, escape: (char: string) => string): string =>
  text.replace(UNSEEN, escape);

/** Whether any character but those in `kept` would be escaped. */
export function hasUnseen(text: string, kept = ""): boolean {
  return (text.match(UNSEEN) ?? []).some((char) => !kept.includes(char));
}
