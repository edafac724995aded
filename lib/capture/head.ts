import type { HeaderPair } from "../contract/headers.ts";
import { SESSION_COOKIE } from "../contract/session.ts";

/** What capture needs to know of a head, found in one pass over the raw headers. */
export type Head = {
  headers: HeaderPair[];
  /** Bytes of all names and values. */
  bytes: number;
  host: string | null;
  contentType: string | null;
  /** Content-Length; null without one. The parser has refused what is no number; beyond 2^53 it is 2^53 - 1. */
  declaredSize: number | null;
  chunked: boolean;
  cookieRedacted: boolean;
};

const OUR_COOKIE = new RegExp(`(^|;)[ \\t]*${SESSION_COOKIE}=[^;]*`, "g");

/** Reads Node's flat rawHeaders. */
export function readHead(rawHeaders: readonly string[]): Head {
  const head: Head = {
    headers: [],
    bytes: 0,
    host: null,
    contentType: null,
    declaredSize: null,
    chunked: false,
    cookieRedacted: false,
  };
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    const kept = noteHeader(head, name, value);
    head.headers.push([name, kept]);
    head.bytes += name.length + kept.length;
  }
  return head;
}

/** Notes what matters and answers the value to keep. Lengths are compared first: most names need no lower-casing. */
function noteHeader(head: Head, name: string, value: string): string {
  switch (name.length) {
    case 4:
      if (head.host === null && name.toLowerCase() === "host") head.host = value;
      break;
    case 6:
      if (name.toLowerCase() === "cookie") return redactCookie(head, value);
      break;
    case 12:
      if (head.contentType === null && name.toLowerCase() === "content-type")
        head.contentType = value;
      break;
    case 14:
      if (name.toLowerCase() === "content-length")
        head.declaredSize = Math.min(Number(value), Number.MAX_SAFE_INTEGER);
      break;
    case 17:
      if (name.toLowerCase() === "transfer-encoding") head.chunked = true;
      break;
  }
  return value;
}

/** Cuts our own session out of a Cookie line: the only bytes that Hooklens ever changes. */
function redactCookie(head: Head, value: string): string {
  if (!value.includes(SESSION_COOKIE)) return value;
  const rest = value.replace(OUR_COOKIE, "");
  if (rest === value) return value;
  head.cookieRedacted = true;
  return rest.replace(/^;[ \t]*/, "");
}

/** Trailers as pairs; our cookie is cut there too. */
export function readTrailers(rawTrailers: readonly string[]): HeaderPair[] {
  return rawTrailers.length === 0 ? [] : readHead(rawTrailers).headers;
}
