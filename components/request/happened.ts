import { formatSpan } from "./format-span.ts";

/** Between an event and its arrival: `2.1 s before it arrived`. Both RFC 3339. */
export function happenedWords(occurredAt: string, receivedAt: string): string {
  const seconds = (Date.parse(receivedAt) - Date.parse(occurredAt)) / 1000;
  // Whole seconds are all that many providers tell.
  if (Math.abs(seconds) < 1) return "within a second of its arrival";
  const span = formatSpan(Math.abs(seconds));
  return seconds > 0 ? `${span} before it arrived` : `${span} after it arrived, by its own clock`;
}
