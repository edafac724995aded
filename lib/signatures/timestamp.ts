import type { Scheme, TimeForm } from "../providers/scheme.ts";

type Unit = TimeForm["unit"];

/** The furthest moment that a date can say (ECMA-262, 21.4.1.1). */
const MS_MAX = 8.64e15;

/** In milliseconds since 1970; null for what is no time in this unit. */
export function readTime(text: string, unit: Unit): number | null {
  if (text.length > 64) return null;
  if (unit === "iso" || unit === "http") {
    const ms = /^[\x20-\x7e]{8,}$/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms) ? null : ms;
  }
  if (!/^-?\d{1,16}(\.\d{1,9})?$/.test(text)) return null;
  const ms = Number(text) * (unit === "s" ? 1_000 : 1);
  return Math.abs(ms) <= MS_MAX ? ms : null;
}

export function writeTime(ms: number, unit: Unit): string {
  if (unit === "s") return String(Math.floor(ms / 1_000));
  if (unit === "ms") return String(Math.floor(ms));
  return unit === "iso" ? new Date(ms).toISOString() : new Date(ms).toUTCString();
}

/** Told by the clock of arrival: a request that lies here for a week was not late. */
export function isStale(
  ageSeconds: number,
  { toleranceSeconds, side }: Pick<TimeForm, "toleranceSeconds" | "side">,
): boolean {
  if (toleranceSeconds === null) return false;
  return (side === "both" ? Math.abs(ageSeconds) : ageSeconds) > toleranceSeconds;
}

/** False for a time that is told beside what is signed, and that no provider's code looks at: it may be left out. */
export const needsTime = ({ message, time }: Scheme): boolean =>
  time !== undefined &&
  (time.toleranceSeconds !== null ||
    "canonical" in message ||
    message.some((template) => template.includes("{time}")));
