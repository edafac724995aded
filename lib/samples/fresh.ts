import { randomBytes, randomInt, randomUUID } from "node:crypto";

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
const HOUR_MS = 3_600_000;

/** What is new in each sample: ids in the forms that providers give them, and times that fit each other. */
export type Fresh = ReturnType<typeof freshNow>;

/** `nowMs`: when the event happens. */
export function freshNow(nowMs: number) {
  const at = (ms: number) => new Date(nowMs + ms);
  return {
    /** Letters and digits behind a prefix: `evt_1Qx...`. */
    id: (prefix: string, length: number) =>
      prefix + Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
    upper: (prefix: string, length: number) =>
      prefix +
      Array.from({ length }, () =>
        (ALPHABET[randomInt(ALPHABET.length)] ?? "A").toUpperCase(),
      ).join(""),
    hex: (digits: number) =>
      randomBytes(Math.ceil(digits / 2))
        .toString("hex")
        .slice(0, digits),
    digits: (length: number) =>
      String(randomInt(1, 10)) + Array.from({ length: length - 1 }, () => randomInt(10)).join(""),
    number: (least: number, most: number) => randomInt(least, most + 1),
    uuid: () => randomUUID(),
    /** Whole seconds since 1970, some milliseconds from now; negative: before. */
    seconds: (ms = 0) => Math.floor((nowMs + ms) / 1000),
    ms: (ms = 0) => nowMs + ms,
    /** `2026-11-21T14:03:22.481Z` */
    iso: (ms = 0) => at(ms).toISOString(),
    /** `2026-11-21T14:03:22Z` */
    isoSeconds: (ms = 0) => at(ms).toISOString().replace(/\.\d+/, ""),
    /** The day before or behind by hours: `2026-11-21`. */
    day: (hours = 0) =>
      at(hours * HOUR_MS)
        .toISOString()
        .slice(0, 10),
  };
}
