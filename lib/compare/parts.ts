import { boundaryOf } from "../body/boundary.ts";
import { type Part, parseMultipartInSlices } from "../body/multipart.ts";
import type { Slices } from "../body/slices.ts";
import type { Entry, Section } from "./comparison.ts";
import { compareHeaders, stepsByName } from "./named.ts";
import { partPlace } from "./place.ts";

export type Body = { bytes: Uint8Array<ArrayBuffer>; contentType: string | null };

/** What its section is called, and what a mask calls the body. */
export type BodyName = { title: string; place: string };

export type CompareBodies = (before: Body, after: Body, name: BodyName) => Slices<Section[]>;

/** Parts that are looked into. */
const PARTS_MAX = 100;

/** Two multipart bodies, part by part: by name, else by their order. */
export function* compareParts(
  before: Body,
  after: Body,
  name: BodyName,
  compareBodies: CompareBodies,
): Slices<Section[]> {
  const old = yield* partsOf(before);
  const now = yield* partsOf(after);
  const entries: Entry[] = [];
  const within: Section[] = [];
  for (const { before: from, after: to, isMoved } of stepsByName(old.map(named), now.map(named))) {
    const [mine, theirs] = [old[from], now[to]];
    const part = mine ?? theirs;
    if (!part) continue;
    const label = labelOf(part);
    const place = partPlace(label);
    const moved = isMoved ? { moved: { from: from + 1, to: to + 1 } } : {};
    const isInBoth = mine !== undefined && theirs !== undefined;
    entries.push({
      place,
      label,
      before: mine ? wordsOf(mine) : null,
      after: theirs ? wordsOf(theirs) : null,
      kinds: isInBoth ? (isMoved ? ["moved"] : []) : [mine ? "removed" : "added"],
      ...moved,
    });
    if (!isInBoth) continue;
    for (const entry of compareHeaders(mine.headers, theirs.headers, `${place} header`)) {
      if (entry.kinds.length > 0) entries.push({ ...entry, label: `${label}: ${entry.label}` });
    }
    const inPart = { title: `Part ${label}`, place: `${place} body` };
    const found = yield* compareBodies(bodyOf(before, mine), bodyOf(after, theirs), inPart);
    within.push(...found.filter(({ state }) => state !== "same"));
  }
  const isCut = Math.max(old.length, now.length) === PARTS_MAX;
  const differs = isCut || entries.some(({ kinds }) => kinds.length > 0) || within.length > 0;
  const parts: Section = {
    ...name,
    kind: "pairs",
    entries,
    unlisted: 0,
    sides: null,
    state: differs ? "differs" : "alike",
    notes: [
      ...(isCut ? [`Only the first ${PARTS_MAX} parts of each are compared.`] : []),
      ...(differs ? [] : ["The parts are the same; only what stands between them differs."]),
    ],
  };
  return [parts, ...within];
}

function* partsOf({ bytes, contentType }: Body): Slices<Part[]> {
  const { parts } = yield* parseMultipartInSlices(bytes, boundaryOf(contentType, bytes) ?? "");
  return parts.slice(0, PARTS_MAX);
}

const labelOf = (part: Part): string => part.name ?? part.filename ?? "(no name)";

const named = (part: Part) => ({ key: labelOf(part), name: labelOf(part), value: "" });

const bodyOf = ({ bytes }: Body, { bodyStart, bodyEnd, contentType }: Part): Body => ({
  bytes: bytes.subarray(bodyStart, bodyEnd),
  contentType: contentType ?? "text/plain",
});

function wordsOf({ filename, bodyStart, bodyEnd }: Part): string {
  const size = `${(bodyEnd - bodyStart).toLocaleString("en")} bytes`;
  return filename === null ? size : `${filename}, ${size}`;
}
