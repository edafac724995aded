import type { HiddenWhy } from "../contract/hidden.ts";
import type { Edit } from "./edits.ts";

/** What is shorter stands in too many places by chance: it is hidden where it was found, and nowhere else. */
const KNOWN_CHARACTERS_MIN = 6;
/** What is longer stands nowhere else. */
const KNOWN_CHARACTERS_MAX = 4096;
const BASE = 257;

/** Values that are hidden wherever they stand. However many there are, a text is gone through once. */
export class KnownValues {
  readonly #whys = new Map<string, HiddenWhy>();
  readonly #byStart = new Map<number, string[]>();

  get size(): number {
    return this.#whys.size;
  }

  /** `value`: one character per byte. */
  add(value: string, why: HiddenWhy): void {
    const { length } = value;
    if (length < KNOWN_CHARACTERS_MIN || length > KNOWN_CHARACTERS_MAX) return;
    if (this.#whys.has(value)) return;
    this.#whys.set(value, why);
    const start = hashOf(value, 0);
    const alike = this.#byStart.get(start) ?? [];
    // The longest first: it is the whole of what stands there.
    this.#byStart.set(
      start,
      [...alike, value].sort((a, b) => b.length - a.length),
    );
  }

  find(text: string): Edit[] {
    const edits: Edit[] = [];
    if (this.size === 0 || text.length < KNOWN_CHARACTERS_MIN) return edits;
    let hash = hashOf(text, 0);
    for (let at = 0; ; at++) {
      const value = this.#byStart.get(hash)?.find((each) => text.startsWith(each, at));
      const why = value && this.#whys.get(value);
      if (value && why) edits.push({ from: at, to: at + value.length, why });
      const next = at + KNOWN_CHARACTERS_MIN;
      if (next >= text.length) return edits;
      const left = Math.imul(text.charCodeAt(at), HIGHEST);
      hash = (Math.imul(hash - left, BASE) + text.charCodeAt(next)) | 0;
    }
  }
}

const HIGHEST = Array.from({ length: KNOWN_CHARACTERS_MIN - 1 }).reduce<number>(
  (power) => Math.imul(power, BASE),
  1,
);

/** Of the first characters from a place. */
function hashOf(text: string, from: number): number {
  let hash = 0;
  for (let at = from; at < from + KNOWN_CHARACTERS_MIN; at++) {
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
  }
  return hash;
}
