/** Of a request, by people. Loaded by the page: no schemas here. */
export const LABELS_MAX = 20;
const LABEL_CHARACTERS_MAX = 40;
export const NOTE_CHARACTERS_MAX = 4_096;
/** Requests in one call that changes several, and in one that exports them. */
export const MARKED_MAX = 500;
export const EXPORTED_MARKED_MAX = 10_000;

/** Of a note, what a list shows. */
const NOTE_LINE_CHARACTERS_MAX = 120;

/** The first line of a note that says something. */
export function noteLineOf(note: string): string {
  const line = note.trimStart().split("\n", 1)[0] ?? "";
  return line.slice(0, NOTE_LINE_CHARACTERS_MAX).trimEnd().toWellFormed();
}

/** What would break a line, or could not be seen; the joiners are part of emoji and of some scripts. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** What is wrong with a label, as a sentence; null when nothing is. */
export function labelFault(label: string): string | null {
  if (label.length === 0) return "A label has at least one character";
  if (label.length > LABEL_CHARACTERS_MAX) {
    return `A label has at most ${LABEL_CHARACTERS_MAX} characters`;
  }
  if (label.includes(",")) return "A comma ends a label: leave it out";
  return UNSEEN.test(label) ? "A label is one line, of characters that can be seen" : null;
}

/** As it is kept: the same letters in one encoding, single spaces. */
export const toLabel = (text: string): string => text.normalize("NFC").trim().replace(/ +/g, " ");

/** Labels that differ only in the case of A to Z are the same, as in the matching language. */
export const labelKey = (label: string): string =>
  label.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** `labels` with `added`, without `removed`; the first way to write one stays. */
export function changeLabels(
  labels: readonly string[],
  added: readonly string[],
  removed: readonly string[] = [],
): string[] {
  const gone = new Set(removed.map(labelKey));
  const byKey = new Map<string, string>();
  for (const label of [...labels.filter((each) => !gone.has(labelKey(each))), ...added]) {
    if (!byKey.has(labelKey(label))) byKey.set(labelKey(label), label);
  }
  return [...byKey.values()];
}
