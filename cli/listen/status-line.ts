import { formatSpan } from "../terminal/format.ts";
import type { Style } from "../terminal/style.ts";
import { visible } from "../terminal/visible.ts";
import { clip, widthOf } from "../terminal/width.ts";

/** Times in milliseconds since 1970. */
export type LinkState =
  | { kind: "connecting"; reason: string | null }
  | { kind: "up"; heardAt: number }
  | { kind: "lost"; since: number; reason: string };

/** A ping comes every five seconds: after so long one is missing. */
const LATE_MS = 7_000;
const LEAVES = " · Ctrl-C leaves";

/** How the connection is, with nothing claimed that was not heard. */
export function statusLine(
  link: LinkState,
  lastSeq: number,
  columns: number,
  style: Style,
): string {
  const now = Date.now();
  const room = Math.max(10, columns - 3);
  const text = (words: string) => clip(visible(words), room);
  if (link.kind === "connecting") return `${style.warn("○")} ${style.dim(text("connecting"))}`;
  if (link.kind === "lost") {
    const since =
      link.since === 0 ? "not connected yet" : `not heard for ${formatSpan(now - link.since)}`;
    return `${style.bad("○")} ${text(`${since}: ${link.reason}; trying again`)}`;
  }
  const silentMs = now - link.heardAt;
  if (silentMs > LATE_MS)
    return `${style.warn("●")} ${text(`not heard for ${formatSpan(silentMs)}`)}`;
  const known = lastSeq > 0 ? ` · newest known #${lastSeq}` : "";
  const state = `connected, heard ${formatSpan(silentMs)} ago${known}`;
  const whole = `${state}${LEAVES}`;
  return `${style.good("●")} ${style.dim(text(widthOf(whole) <= room ? whole : state))}`;
}
