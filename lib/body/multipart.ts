import { parseContentType } from "./content-type.ts";
import { type PartHeader, readPartHead } from "./multipart-head.ts";
import { atOnce, type Slices } from "./slices.ts";

export type Part = {
  headers: PartHeader[];
  name: string | null;
  filename: string | null;
  contentType: string | null;
  /** Where its delimiter line begins (the line end before it belongs to the part before). */
  start: number;
  bodyStart: number;
  bodyEnd: number;
};

export type Multipart = {
  boundary: string;
  parts: Part[];
  /** Bytes before the first delimiter line. */
  preambleEnd: number;
  /** Where what follows the closing delimiter begins; null when that delimiter is missing. */
  epilogueStart: number | null;
  /** More than PARTS_MAX: the rest is within the last part's bytes. */
  cut: boolean;
};

export const PARTS_MAX = 10_000;

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/** Bytes looked through in one go: up to 5 ms where every part is short. */
const SLICE_BYTES = 32_768;

/** Splits a multipart body (RFC 2046 5.1) by offsets into its bytes. Lines may end in CRLF or, as some send, in LF alone. */
export const parseMultipart = (bytes: Uint8Array, boundary: string): Multipart =>
  atOnce(parseMultipartInSlices(bytes, boundary));

export function* parseMultipartInSlices(bytes: Uint8Array, boundary: string): Slices<Multipart> {
  const marker = new TextEncoder().encode(`--${boundary}`);
  const result: Multipart = {
    boundary,
    parts: [],
    preambleEnd: bytes.length,
    epilogueStart: null,
    cut: false,
  };
  let open: Delimiter | null = null;
  for (const delimiter of delimiters(bytes, marker)) {
    if (delimiter === null) {
      yield;
      continue;
    }
    if (open) result.parts.push(readPart(bytes, open, delimiter.lineStart));
    else result.preambleEnd = delimiter.lineStart;
    open = delimiter;
    if (delimiter.closing) {
      result.epilogueStart = delimiter.next;
      return result;
    }
    if (result.parts.length === PARTS_MAX - 1) {
      result.cut = true;
      break;
    }
  }
  if (open) result.parts.push(readPart(bytes, open, bytes.length, false));
  return result;
}

type Delimiter = { lineStart: number; next: number; closing: boolean };

/** Null wherever a slice has been looked through. */
function* delimiters(bytes: Uint8Array, marker: Uint8Array): Generator<Delimiter | null> {
  let sliceEnd = SLICE_BYTES;
  for (let lineStart = 0; lineStart < bytes.length; ) {
    if (lineStart >= sliceEnd) {
      sliceEnd = lineStart + SLICE_BYTES;
      yield null;
    }
    const found = readDelimiter(bytes, lineStart, marker);
    if (found) yield found;
    lineStart = found ? found.next : nextLine(bytes, lineStart);
  }
}

function nextLine(bytes: Uint8Array, from: number): number {
  const lf = bytes.indexOf(LF, from);
  return lf === -1 ? bytes.length : lf + 1;
}

/** A delimiter is its marker, perhaps --, perhaps white space, and the line's end: `--ab` does not end at `--a`. */
function readDelimiter(bytes: Uint8Array, lineStart: number, marker: Uint8Array): Delimiter | null {
  for (let i = 0; i < marker.length; i += 1) {
    if (bytes[lineStart + i] !== marker[i]) return null;
  }
  let at = lineStart + marker.length;
  const closing = bytes[at] === DASH && bytes[at + 1] === DASH;
  if (closing) at += 2;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
  if (at >= bytes.length) return { lineStart, next: bytes.length, closing };
  if (bytes[at] === CR && bytes[at + 1] === LF) return { lineStart, next: at + 2, closing };
  return bytes[at] === LF ? { lineStart, next: at + 1, closing } : null;
}

/** `until` is where the next delimiter line begins; the line end before it is not the part's (RFC 2046 5.1.1). */
function readPart(bytes: Uint8Array, open: Delimiter, until: number, delimited = true): Part {
  const bodyEndWithBreak = delimited ? beforeLineBreak(bytes, until, open.next) : until;
  const head = readPartHead(bytes.subarray(open.next, bodyEndWithBreak));
  const bodyStart = Math.min(open.next + head.length, bodyEndWithBreak);
  const disposition = parseContentType(head.value("content-disposition"));
  return {
    headers: head.headers,
    name: disposition.params.get("name") ?? null,
    filename: disposition.params.get("filename") ?? extendedName(disposition.params),
    contentType: head.value("content-type"),
    start: open.lineStart,
    bodyStart,
    bodyEnd: bodyEndWithBreak,
  };
}

/** `filename*=UTF-8''name` (RFC 8187): not allowed in forms, and sent all the same. As it stands where it can't be read. */
function extendedName(params: ReadonlyMap<string, string>): string | null {
  const given = params.get("filename*") ?? null;
  const encoded = given === null ? undefined : /^utf-8'[^']*'(.*)$/is.exec(given)?.[1];
  if (encoded === undefined) return given;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return given;
  }
}

function beforeLineBreak(bytes: Uint8Array, end: number, from: number): number {
  if (end <= from || bytes[end - 1] !== LF) return end;
  return end - 2 >= from && bytes[end - 2] === CR ? end - 2 : end - 1;
}
