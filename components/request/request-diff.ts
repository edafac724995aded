import { decodeText } from "#components/body/decode-text.ts";
import { looksLikeJson, looksLikeText } from "#components/body/sniff.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { diffHeaders, type HeaderChange } from "./answer-diff.ts";
import { type JsonChange, jsonChanges, parseExact } from "./json-changes.ts";
import { type DiffLine, diffLines } from "./line-diff.ts";

export type Whole = { request: CapturedRequest; body: Uint8Array };

export type RequestDiff = {
  line: { before: string; after: string } | null;
  headers: HeaderChange[];
  sameHeaders: number;
  body:
    | { kind: "same" }
    | { kind: "large"; before: number; after: number }
    | { kind: "binary"; before: number; after: number }
    | { kind: "json"; changes: JsonChange[] }
    | { kind: "lines"; lines: DiffLine[] };
};

/** Larger bodies are not compared within. */
const BODY_BYTES_MAX = 1024 * 1024;

/** What changed from one try to a later one: headers by name, JSON by its values, other text by lines. */
export function diffRequests(before: Whole, after: Whole): RequestDiff {
  const [old, now] = [lineOf(before), lineOf(after)];
  const all = diffHeaders(before.request.headers, after.request.headers);
  const headers = all.filter((change) => change.before !== change.after);
  return {
    line: old === now ? null : { before: old, after: now },
    headers,
    sameHeaders: all.length - headers.length,
    body: diffBodies(before, after),
  };
}

const lineOf = ({ request }: Whole) => `${request.method} ${request.target || "/"}`;

function diffBodies(before: Whole, after: Whole): RequestDiff["body"] {
  if (before.request.bodySha256 === after.request.bodySha256) return { kind: "same" };
  const sizes = { before: before.request.bodySize, after: after.request.bodySize };
  if (Math.max(sizes.before, sizes.after) > BODY_BYTES_MAX) return { kind: "large", ...sizes };
  if (!looksLikeText(before.body) || !looksLikeText(after.body)) {
    return { kind: "binary", ...sizes };
  }
  const changes = diffJson(before, after);
  if (changes && changes.length > 0) return { kind: "json", changes };
  return { kind: "lines", lines: diffLines(linesOf(before), linesOf(after)) };
}

/** Null where one of them is no JSON; empty where only white space or the order of keys differs. */
function diffJson(before: Whole, after: Whole): JsonChange[] | null {
  if (!looksLikeJson(before.body) || !looksLikeJson(after.body)) return null;
  try {
    return jsonChanges(parseExact(textOf(before)), parseExact(textOf(after)));
  } catch {
    return null;
  }
}

const textOf = ({ request, body }: Whole) => decodeText(body, request.contentType).text;

const linesOf = (whole: Whole) => textOf(whole).split("\n");
