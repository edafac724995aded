import { Offsets } from "#lib/body/offsets.ts";
import type { Work } from "#lib/body/slices.ts";

/** Where something was found, in order; places never overlap and all have one length. */
export type Found = {
  offsets: Offsets;
  length: number;
  /** There are more than FOUND_MAX. */
  isCut: boolean;
};

export const FOUND_MAX = 100_000;
/** Longer ones could hold the page, since a text of one repeated letter is compared again at every place. */
export const QUERY_CHARS_MAX = 200;
/** Characters or bytes looked through in one go: a few milliseconds. */
export const STEP = 65_536;

export const nothing = (length = 0): Found => ({ offsets: new Offsets(), length, isCut: false });

/** Every place of a text, whatever its letter case. Null when nobody waits any more. */
export async function findInText(text: string, query: string, work: Work): Promise<Found | null> {
  const found = nothing(query.length);
  if (query === "") return found;
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
  for (let at = 0; at < text.length; ) {
    const until = Math.min(at + STEP, text.length);
    const piece = text.slice(at, until + query.length - 1);
    pattern.lastIndex = 0;
    let last = until;
    for (let match = pattern.exec(piece); match; match = pattern.exec(piece)) {
      if (add(found, at + match.index)) return found;
      last = Math.max(until, at + match.index + query.length);
    }
    at = last;
    await work.pause();
    if (work.stopped()) return null;
  }
  return found;
}

/** True when no more are taken. */
export function add(found: Found, offset: number): boolean {
  found.isCut = found.offsets.length === FOUND_MAX;
  if (!found.isCut) found.offsets.push(offset);
  return found.isCut;
}

export type Mark = { from: number; to: number; isCurrent: boolean };

/** Of so many in one row more than these say nothing new, and each is an element of its own. */
const MARKS_MAX = 100;

/** The places found that touch from..to: of too many the first, and around the current one. */
export function marksWithin(found: Found, current: number, from: number, to: number): Mark[] {
  const marks: Mark[] = [];
  const touching = found.offsets.lastUpTo(from - found.length) + 1;
  const isFar = current >= touching + MARKS_MAX && (found.offsets.at(current) ?? to) < to;
  const first = isFar ? current - MARKS_MAX / 2 : touching;
  for (let index = first; index < first + MARKS_MAX; index += 1) {
    const at = found.offsets.at(index);
    if (at === undefined || at >= to) break;
    marks.push({ from: at, to: at + found.length, isCurrent: index === current });
  }
  return marks;
}

/** from..to cut where marks begin and end, with the mark of each piece. */
export function cutAtMarks(
  from: number,
  to: number,
  marks: readonly Mark[],
): { from: number; to: number; mark: Mark | null }[] {
  const pieces: { from: number; to: number; mark: Mark | null }[] = [];
  let at = from;
  for (const mark of marks) {
    if (mark.to <= at || mark.from >= to) continue;
    if (mark.from > at) pieces.push({ from: at, to: mark.from, mark: null });
    const end = Math.min(mark.to, to);
    pieces.push({ from: Math.max(mark.from, at), to: end, mark });
    at = end;
  }
  if (at < to) pieces.push({ from: at, to, mark: null });
  return pieces;
}
