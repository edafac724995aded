const SECOND = 1_000_000;
const UNITS: Record<string, number> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
};

const TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d{0,3})?)?)?(Z|z|[+-]\d\d:\d\d)?)?)?)?$/;

/** `-15m` as microseconds; null for any other text. */
export function readAgo(text: string): number | null {
  const match = /^-(\d{1,9})([smhdw])$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0) : null;
}

/**
 * A time as far as it is written, in microseconds since 1970: `2026-11-21` is that day, `2026-11-21T10:30:05.2Z` that
 * tenth of a second. An RFC 3339 time, cut anywhere; UTC when no offset is given. Null for any other text, and for a day
 * that there is not.
 */
export function readMoment(text: string): { from: number; before: number } | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, year = "", month, day, hour, minute, second, fraction, offset] = match;
  const parts = [year, month ?? "01", day ?? "01", hour ?? "00", minute ?? "00", second ?? "00"];
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts.map(Number);
  if (h > 23 || mi > 59 || s > 59 || y === 0) return null;
  const start = utc(y, mo, d) + ((h * 60 + mi) * 60 + s) * SECOND;
  if (!isDay(start, y, mo, d)) return null;
  const from = start + Number((fraction ?? "").padEnd(6, "0")) - offsetOf(offset);
  if (!month) return { from, before: utc(y + 1, 1, 1) };
  if (!day) return { from, before: utc(y, mo + 1, 1) };
  return { from, before: from + lengthOf(hour, minute, second, fraction) };
}

function utc(year: number, month: number, day: number): number {
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day) * 1000;
}

function isDay(at: number, year: number, month: number, day: number): boolean {
  const date = new Date(at / 1000);
  return (
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

function offsetOf(offset = "Z"): number {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return (offset.startsWith("-") ? -minutes : minutes) * 60 * SECOND;
}

function lengthOf(hour?: string, minute?: string, second?: string, fraction?: string): number {
  if (fraction) return 10 ** (6 - fraction.length);
  if (second) return SECOND;
  if (minute) return 60 * SECOND;
  return (hour ? 3600 : 86_400) * SECOND;
}

/** Microseconds since 1970 of a captured request's `receivedAt`: RFC 3339 in UTC, six digits. */
export function receivedAtUs(receivedAt: string): number {
  const milliseconds = Date.parse(`${receivedAt.slice(0, 23)}Z`);
  return milliseconds * 1000 + Number(receivedAt.slice(23, 26));
}
