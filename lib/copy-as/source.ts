import type { HeaderPair } from "../contract/headers.ts";
import { isChunked } from "../contract/raw-message.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { BODY_FILE, INLINE_BYTES_MAX } from "./kinds.ts";

/** A request in the form of a command, a program or a message, and what of it that form can't reproduce or must add. */
export type CopyAs = { text: string; notes: string[] };

/** What all forms start from. Header names and values and `target` hold one character per byte. */
export type Source = {
  method: string;
  /** HTTP's version without the name, such as "1.1". */
  version: string;
  /** Scheme and authority of where it goes. */
  origin: string;
  authority: string;
  /** What goes into the request line, raw; it begins with a slash. */
  target: string;
  /** The request line held the whole URL (RFC 9112 3.2.2). */
  isAbsolute: boolean;
  /** In order, without Host and Content-Length, which every form makes itself. */
  headers: HeaderPair[];
  /** The request said where its body ends, however long that is. */
  hasBody: boolean;
  chunked: boolean;
  trailers: HeaderPair[];
  body: Uint8Array;
  /** The body is read from BODY_FILE. */
  inFile: boolean;
  /** What holds for every form. */
  notes: string[];
};

const OWN = new Set(["host", "content-length"]);
const FRAMING = new Set(["content-length", "transfer-encoding"]);
const URL_PARTS = /^(https?:\/\/([^/?#]*))(.*)$/is;

/** @param to the whole URL that it is sent to, as raw text: what follows the host goes into the request line as it is. */
export function readSource(request: CapturedRequest, body: Uint8Array, to: string): Source {
  const { headers } = request;
  const url = splitUrl(to);
  const inFile = body.length > INLINE_BYTES_MAX;
  return {
    method: request.method,
    version: request.httpVersion,
    ...url,
    isAbsolute: !request.requestTarget.startsWith("/"),
    headers: headers.filter(([name]) => !OWN.has(name.toLowerCase())),
    hasBody: body.length > 0 || headers.some(([name]) => FRAMING.has(name.toLowerCase())),
    chunked: isChunked(headers),
    trailers: request.trailers,
    body,
    inFile,
    notes: [
      ...hostNotes(headers, url.authority),
      ...keptNotes(request),
      ...fileNotes(body, inFile),
    ],
  };
}

/** Cuts a URL where its path begins, changing nothing. */
export function splitUrl(url: string): Pick<Source, "origin" | "authority" | "target"> {
  const [, origin = "", authority = "", rest = ""] = URL_PARTS.exec(url) ?? [];
  return { origin, authority, target: rest.startsWith("/") ? rest : `/${rest}` };
}

function hostNotes(headers: readonly HeaderPair[], authority: string): string[] {
  const hosts = headers.filter(([name]) => name.toLowerCase() === "host");
  if (hosts.length === 1 && hosts[0]?.[1] === authority) return [];
  return [`Host is the URL's; the request had ${hosts.length === 0 ? "none" : "another"}.`];
}

/** What capture did not keep is in no form. */
export function keptNotes(request: CapturedRequest): string[] {
  const notes: string[] = [];
  if (request.bodyTruncated || request.bodyIncomplete) {
    notes.push(`Only the part of the body that was stored is sent: ${bytes(request.bodySize)}.`);
  }
  if (request.redacted.includes("cookie")) {
    notes.push("The Cookie header is without Hooklens' own session, which is never stored.");
  }
  return notes;
}

const fileNotes = (body: Uint8Array, inFile: boolean): string[] =>
  inFile ? [`The body is read from ${BODY_FILE}: save its ${bytes(body.length)} there first.`] : [];

const bytes = (count: number): string => `${count.toLocaleString("en")} bytes`;

/** Trailers, for the forms that have none. */
export const trailerNotes = ({ trailers }: Source): string[] =>
  noteOf(
    "Trailers are not sent",
    trailers.map(([name]) => name),
  );

/** For the forms that make the request line themselves. */
export function lineNotes({ isAbsolute, version }: Source): string[] {
  return [
    ...(isAbsolute ? ["The request line holds the path alone, not the whole URL."] : []),
    ...(version === "1.1" ? [] : [`It is sent as HTTP/1.1; the request was HTTP/${version}.`]),
  ];
}

/** For the forms that know chunks and no other coding. */
export function codingNotes({ headers }: Source, form: string): string[] {
  const codings = headers.filter(([name]) => name.toLowerCase() === "transfer-encoding");
  const isPlain = codings.length === 0 || codings.map(([, value]) => value).join() === "chunked";
  return isPlain ? [] : [`${form} sends the Transfer-Encoding as chunked, nothing else.`];
}

/** What is true of these names, each told once; nothing when there are none. */
export const noteOf = (words: string, names: readonly string[]): string[] =>
  names.length > 0 ? [`${words}: ${[...new Set(names)].join(", ")}.`] : [];

export const hasHeader = (headers: readonly HeaderPair[], name: string): boolean =>
  headers.some(([given]) => given.toLowerCase() === name);
