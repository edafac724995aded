import { labelKey } from "#lib/contract/annotation-limits.ts";

/** So far apart that neighbours are told from each other; the lightness is the same for all (`provider-tone`). */
export const LABEL_HUES: readonly number[] = Array.from({ length: 12 }, (_, at) => at * 30);

/** The hue of a label in degrees: the same wherever and by whom it is written (FNV-1a). */
export function labelHue(label: string): number {
  let hash = 0x811c9dc5;
  for (const char of labelKey(label)) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return LABEL_HUES[hash % LABEL_HUES.length] ?? 0;
}
