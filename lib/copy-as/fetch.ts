import type { HeaderPair } from "../contract/headers.ts";
import { asText, base64Lines } from "./bytes.ts";
import { BODY_FILE } from "./kinds.ts";
import { latin1Literal, scriptLiteral } from "./literal.ts";
import { type CopyAs, hasHeader, lineNotes, noteOf, type Source, trailerNotes } from "./source.ts";
import { DOT_SEGMENT, dotsNote, rewriteNote } from "./target.ts";

/** Node's fetch throws at these or loses them. */
const LEFT_OUT = /^(?:keep-alive|upgrade|expect|__proto__)$/i;
/** These it makes itself. */
const OWN = /^(?:connection|transfer-encoding)$/i;
const ADDED = [
  "Connection",
  "Accept",
  "Accept-Language",
  "Sec-Fetch-Mode",
  "User-Agent",
  "Accept-Encoding",
];
/** Names that a page's script must not set: the Fetch standard's forbidden request-headers. */
const FORBIDDEN_IN_PAGES =
  /^(?:accept-charset|accept-encoding|access-control-request-.*|cookie2?|date|dnt|origin|referer|set-cookie|te|trailer|via|proxy-.*|sec-.*)$/i;

/** Targets that every URL parser leaves as they are, dots apart: Chromium and Node differ about `|`. */
const KEPT = /^[\w\-.~!$&'()*+,;=:@/%[\]]*(?:\?[\w\-.~!$&()*+,;=:@/%[\]?]*)?$/;

/** A program for Node 18 or later, and for a browser as far as that lets it. */
export function asFetch(source: Source): CopyAs {
  const { method, body, inFile } = source;
  if (method === "TRACE" || method === "CONNECT") {
    const refusal = `fetch can't send ${method}: the standard forbids it.`;
    return { text: `// ${refusal}\n`, notes: [refusal] };
  }
  const hasContent = body.length > 0 && !refusesBody(source);
  const lines = [
    ...(hasContent && inFile ? [`import { readFile } from "node:fs/promises";`, ""] : []),
    `const response = await fetch(${latin1Literal(source.origin + source.target)}, {`,
    `  method: ${latin1Literal(method)},`,
    ...headerLines(sentHeaders(source)),
    ...(hasContent ? [`  body: ${bodyOf(source)},`] : []),
    `  redirect: "manual",`,
    "});",
    "console.log(response.status, await response.text());",
  ];
  return { text: `${lines.join("\n")}\n`, notes: notesOf(source) };
}

const refusesBody = ({ method, body }: Source): boolean =>
  body.length > 0 && (method === "GET" || method === "HEAD");

const sentHeaders = ({ headers }: Source): HeaderPair[] =>
  headers.filter(([name]) => !LEFT_OUT.test(name) && !OWN.test(name));

function headerLines(headers: readonly HeaderPair[]): string[] {
  const pairs = headers.map(([name, value]) => `[${latin1Literal(name)}, ${latin1Literal(value)}]`);
  return pairs.length > 0 ? ["  headers: [", ...pairs.map((pair) => `    ${pair},`), "  ],"] : [];
}

/** A plain string would add a Content-Type. */
function bodyOf({ body, inFile, headers }: Source): string {
  if (inFile) return `await readFile("${BODY_FILE}")`;
  const text = asText(body);
  if (text === null) {
    return `Uint8Array.from(atob("${base64Lines(body).join("")}"), (char) => char.charCodeAt(0))`;
  }
  const literal = scriptLiteral(text);
  return hasHeader(headers, "content-type") ? literal : `new TextEncoder().encode(${literal})`;
}

function notesOf(source: Source): string[] {
  return [
    ...source.notes,
    ...lineNotes(source),
    ...targetNotes(source),
    ...(refusesBody(source)
      ? [`The body is left out: fetch sends none with ${source.method}.`]
      : []),
    ...(source.chunked ? ["fetch sends the body with its length, without Transfer-Encoding."] : []),
    ...headerNotes(source),
    ...trailerNotes(source),
  ];
}

/** The URL standard takes `%2e` for a dot too. */
function targetNotes({ target }: Source): string[] {
  return [
    ...(DOT_SEGMENT.test(target.replace(/%2e/gi, ".")) ? [dotsNote("fetch")] : []),
    ...(KEPT.test(target) ? [] : [rewriteNote("fetch")]),
  ];
}

function headerNotes({ headers }: Source): string[] {
  const names = headers.map(([name]) => name);
  const matching = (pattern: RegExp) => names.filter((name) => pattern.test(name));
  const groups = [...Map.groupBy(names, (name) => name.toLowerCase()).values()];
  return [
    ...noteOf(
      "fetch adds its own",
      ADDED.filter((name) => !hasHeader(headers, name.toLowerCase())),
    ),
    ...noteOf("fetch sets its own value", matching(/^(?:connection|sec-fetch-mode)$/i)),
    ...noteOf("fetch leaves out", matching(LEFT_OUT)),
    ...noteOf(
      "fetch joins headers of one name into one",
      groups.filter((group) => group.length > 1).flat(),
    ),
    ...noteOf("fetch puts names that are numbers first", matching(/^\d+$/)),
    ...noteOf("A browser, unlike Node, leaves out", matching(FORBIDDEN_IN_PAGES)),
  ];
}
