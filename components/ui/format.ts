const SIZE_UNITS = ["kB", "MB", "GB", "TB"];

/** Humane, in powers of 1000: `0 B`, `999 B`, `1.9 kB`, `18 kB`, `10.5 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit += 1;
  } while (value >= 999.5 && unit < SIZE_UNITS.length - 1);
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${SIZE_UNITS[unit]}`;
}

/** The exact count: `1,934 bytes`. */
export function formatBytes(bytes: number): string {
  return `${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

const steps: [secondsMax: number, unitSeconds: number, unit: string][] = [
  [60, 1, "s"],
  [3600, 60, "min"],
  [86_400, 3600, "h"],
  [86_400 * 30, 86_400, "d"],
];

/** `now`, `2 s`, `3 min`, `in 4 h`, `12 d`; the date beyond 30 days. Both in milliseconds since 1970. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.trunc((now - at) / 1000);
  // A little ahead is a clock that differs, not the future.
  if (Math.abs(seconds) < 1 || (seconds < 0 && seconds > -5)) return "now";
  const step = steps.find(([max]) => Math.abs(seconds) < max);
  if (!step) return new Date(at).toISOString().slice(0, 10);
  const text = `${Math.trunc(Math.abs(seconds) / step[1])} ${step[2]}`;
  return seconds < 0 ? `in ${text}` : text;
}

/** The same as a phrase about the past: `now`, `2 s ago`, `on 2026-10-02`. */
export function formatAgo(at: number, now: number): string {
  const text = formatRelative(at, now);
  if (/^\d{4}-/.test(text)) return `on ${text}`;
  return /^\d/.test(text) ? `${text} ago` : text;
}

/** In the reader's time zone, with every digit the stamp has: `2026-11-21 14:03:22.481903 +01:00`. */
export function formatExact(rfc3339: string): string {
  const date = new Date(rfc3339);
  const fraction = /\.\d+/.exec(rfc3339)?.[0] ?? "";
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${fraction} ${offset(-date.getTimezoneOffset())}`;
}

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  const part = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${part(Math.trunc(size / 60))}:${part(size % 60)}`;
}
