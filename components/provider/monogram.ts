/** Two letters by which a name is known: the capitals of its words, else its first two. */
export function monogramOf(name: string): string {
  const [first = "", second = ""] = name.match(/\p{L}[\p{L}\p{N}]*/gu) ?? [];
  const capital = first.slice(1).match(/\p{Lu}/u)?.[0];
  return (
    first.slice(0, 1).toUpperCase() + (second.slice(0, 1) || capital || first.slice(1, 2))
  ).trim();
}

/** Hues far enough apart to be told from each other. */
const HUES = 12;

/** A hue in degrees, the same for an id always. */
export function toneOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return (sum % HUES) * (360 / HUES);
}
