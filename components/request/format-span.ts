import { formatMs } from "./format-ms.ts";

const units: [seconds: number, name: string][] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

/** A span of time by its two largest units: `8.3 ms`, `2.1 s`, `42 s`, `5 min`, `1 min 2 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatSpan(seconds: number): string {
  if (seconds < 0.9995) return formatMs(seconds * 1000);
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(/\.0$/, "")} s`;
  const whole = Math.round(seconds);
  const at = units.findIndex(([size]) => whole >= size);
  const [size, name] = units[at] ?? [1, "s"];
  const count = Math.floor(whole / size);
  const next = units[at + 1];
  const rest = next ? Math.floor((whole - count * size) / next[0]) : 0;
  return next && rest > 0 ? `${count} ${name} ${rest} ${next[1]}` : `${count} ${name}`;
}
