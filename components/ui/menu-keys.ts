/** Letters typed within this time of each other belong to one word. */
const WORD_MS = 700;

export type Typed = { text: string; atMs: number };

/** What has been typed with one more key, `atMs` by any steady clock. */
export function typeOn(typed: Typed, key: string, atMs: number): Typed {
  const isSameWord = atMs - typed.atMs < WORD_MS;
  return { text: (isSameWord ? typed.text : "") + key.toLowerCase(), atMs };
}

/** Where an arrow, Home or End leads from item `at`, -1 for none; null for another key. Past the end comes the start. */
export function stepInMenu(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return at <= 0 ? count - 1 : at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** The item whose words start with what is typed; one letter again and again goes round those that start with it. */
export function findInMenu(labels: readonly string[], at: number, text: string): number | null {
  const isOneLetter = new Set(text).size === 1;
  const wanted = isOneLetter ? text.slice(0, 1) : text;
  const from = isOneLetter ? at + 1 : Math.max(at, 0);
  for (let step = 0; step < labels.length; step++) {
    const index = (from + step) % labels.length;
    if (labels[index]?.trim().toLowerCase().startsWith(wanted)) return index;
  }
  return null;
}
