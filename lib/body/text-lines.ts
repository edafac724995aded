import type { Lines } from "./lines.ts";
import { Offsets } from "./offsets.ts";
import type { Slices } from "./slices.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Line ends found in one go: up to 4 ms. */
const SLICE_LINES = 32_768;

/** Lines of a text, ended by LF or CRLF. A lone CR stays within its line, to be seen. */
export function* linesOfText(text: string): Slices<Lines> {
  const starts = yield* lineStarts(text);
  return {
    text,
    count: starts.length,
    depth: () => 0,
    tokens: (line) => [
      { from: starts.at(line) ?? 0, to: lineEnd(text, starts, line), kind: "plain" },
    ],
    closes: () => -1,
    lineAt: (offset) => starts.lastUpTo(offset),
  };
}

function* lineStarts(text: string): Slices<Offsets> {
  const starts = new Offsets();
  starts.push(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (at + 1 < text.length) starts.push(at + 1);
    if (starts.length % SLICE_LINES === 0) yield;
  }
  return starts;
}

function lineEnd(text: string, starts: Offsets, line: number): number {
  const next = starts.at(line + 1);
  const end = next ?? text.length;
  if (text.charCodeAt(end - 1) !== LF) return end;
  return text.charCodeAt(end - 2) === CR ? end - 2 : end - 1;
}

/** Line and column of an offset, both from 1; columns count characters as JavaScript does (UTF-16 units). */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

export type LineEnds = "lf" | "crlf" | "mixed" | "none";

/** Which line ends a text uses, by its first 64 K characters. */
export function lineEndsOf(text: string): LineEnds {
  const head = text.slice(0, 65_536);
  const crlf = head.split("\r\n").length - 1;
  const lf = head.split("\n").length - 1 - crlf;
  if (crlf > 0 && lf > 0) return "mixed";
  if (crlf > 0) return "crlf";
  return lf > 0 ? "lf" : "none";
}
