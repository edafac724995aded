/** Seconds or milliseconds since 1970, or a date and time in words (ISO 8601; UTC where no zone is told). */
export type TimeUnit = "s" | "ms" | "iso";

const DIGITS: Record<Exclude<TimeUnit, "iso">, RegExp> = {
  s: /^\d{9,10}(\.\d{1,9})?$/,
  ms: /^\d{12,13}(\.\d{1,9})?$/,
};
const MICROSECONDS = { s: 1e6, ms: 1e3 } as const;
const ISO =
  /^(?<date>\d{4}-\d\d-\d\d)[T ](?<time>\d\d:\d\d:\d\d)(?<rest>\.\d{1,9})?\s?(?<zone>Z|[+-]\d\d:?\d\d)?$/i;

/** Whole microseconds since 1970; null for what is no time in this unit. */
export function readMoment(text: string, unit: TimeUnit): number | null {
  if (unit === "iso") return readIso(text);
  return DIGITS[unit].test(text) ? Math.round(Number(text) * MICROSECONDS[unit]) : null;
}

/** Date.parse ends at milliseconds, so what follows the seconds is read here. */
function readIso(text: string): number | null {
  const found = ISO.exec(text)?.groups;
  if (!found) return null;
  const zone = (found["zone"] ?? "Z").replace(/(\d\d)(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${found["date"]}T${found["time"]}${zone.toUpperCase()}`);
  if (!Number.isFinite(ms) || ms < 0) return null;
  return ms * 1000 + Math.round(Number(`0${found["rest"] ?? ""}`) * 1e6);
}
