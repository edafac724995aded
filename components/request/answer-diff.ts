import { fromBase64 } from "#components/body/base64.ts";
import { decodeText } from "#components/body/decode-text.ts";
import { printJsonLine, scanJson } from "#components/body/json-lines.ts";
import { looksLikeJson, looksLikeText } from "#components/body/sniff.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import { type HeaderPair, headerValue } from "#lib/contract/headers.ts";
import { type DiffLine, diffLines } from "./line-diff.ts";

/** A header in two answers; null where it is not there. Several values of one name stand below each other. */
export type HeaderChange = { name: string; before: string | null; after: string | null };

export type AnswerDiff = {
  status: { before: number | null; after: number | null };
  headers: HeaderChange[];
  sameHeaders: number;
  body:
    | { kind: "same" }
    | { kind: "binary"; before: number; after: number }
    | { kind: "lines"; lines: DiffLine[]; printed: boolean };
};

type Answer = Pick<Attempt, "status" | "headers" | "bodyBase64" | "bodySize">;

/** What changed from one answer to a later one. JSON is compared as it is printed: a line for each value. */
export function diffAnswers(before: Answer, after: Answer): AnswerDiff {
  const all = diffHeaders(before.headers, after.headers);
  const headers = all.filter((change) => change.before !== change.after);
  return {
    status: { before: before.status, after: after.status },
    headers,
    sameHeaders: all.length - headers.length,
    body: diffBodies(before, after),
  };
}

export function diffHeaders(
  before: readonly HeaderPair[],
  after: readonly HeaderPair[],
): HeaderChange[] {
  const names = new Map<string, string>();
  for (const [name] of [...before, ...after]) {
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names].map(([key, name]) => ({
    name,
    before: valuesOf(before, key),
    after: valuesOf(after, key),
  }));
}

function valuesOf(headers: readonly HeaderPair[], key: string): string | null {
  const values = headers.filter(([name]) => name.toLowerCase() === key).map(([, value]) => value);
  return values.length > 0 ? values.join("\n") : null;
}

function diffBodies(before: Answer, after: Answer): AnswerDiff["body"] {
  if (before.bodyBase64 === after.bodyBase64 && before.bodySize === after.bodySize) {
    return { kind: "same" };
  }
  const [old, now] = [before, after].map((answer) => fromBase64(answer.bodyBase64));
  if (!old || !now || !looksLikeText(old) || !looksLikeText(now)) {
    return { kind: "binary", before: before.bodySize, after: after.bodySize };
  }
  const printedOld = printed(old);
  const printedNow = printed(now);
  if (printedOld && printedNow) {
    const lines = diffLines(printedOld, printedNow);
    // Equal when printed: only white space differs, which the lines as sent show.
    if (lines.some(({ kind }) => kind !== "same")) return { kind: "lines", lines, printed: true };
  }
  const lines = diffLines(linesOf(old, before), linesOf(now, after));
  return { kind: "lines", lines, printed: false };
}

function printed(bytes: Uint8Array): string[] | null {
  if (!looksLikeJson(bytes)) return null;
  const outcome = scanJson(decodeText(bytes, null).text);
  if (outcome.kind === "fault") return null;
  const { lines } = outcome;
  return Array.from({ length: lines.count }, (_, line) => printJsonLine(lines, line));
}

const linesOf = (bytes: Uint8Array, { headers }: Answer) =>
  decodeText(bytes, headerValue(headers, "content-type") ?? null).text.split("\n");
