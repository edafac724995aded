import type { Removal } from "../contract/events.ts";

/**
 * What one process tells the others: where to look, never the data itself. `everything`: hints were lost, so all that
 * is watched or kept in memory may be old.
 */
export type Hint =
  | { kind: "captured"; binId: string; lastSeq: number }
  | { kind: "answered"; binId: string; firstSeq: number; lastSeq: number }
  | { kind: "removed"; binId: string; removal: Removal }
  | { kind: "forward"; binId: string; forwardId: string }
  | { kind: "changed"; binId: string }
  | { kind: "everything" };

/** Postgres refuses payloads of 8,000 bytes and more (NOTIFY). All characters are ASCII. */
const PAYLOAD_MAX = 7_900;
const RANGE_GAP_MAX = 20;

/** One line. A removal of more seqs than fit into a payload is told as a change: the poll then sees the revision. */
export function printHint(hint: Hint): string {
  switch (hint.kind) {
    case "captured":
      return `c:${hint.binId}:${hint.lastSeq}`;
    case "answered":
      return `a:${hint.binId}:${hint.firstSeq}:${hint.lastSeq}`;
    case "removed":
      return printRemoval(hint.binId, hint.removal);
    case "forward":
      return `f:${hint.binId}:${hint.forwardId}`;
    case "changed":
      return `b:${hint.binId}`;
    case "everything":
      return "e";
  }
}

function printRemoval(binId: string, removal: Removal): string {
  const what = "through" in removal ? `t:${removal.through}` : `s:${removal.seqs.join(",")}`;
  const line = `r:${binId}:${removal.revision}:${what}`;
  return line.length < PAYLOAD_MAX ? line : printHint({ kind: "changed", binId });
}

/** Null for a line that is none of ours: anybody on the database may notify. */
export function parseHint(line: string): Hint | null {
  const [kind, binId = "", ...rest] = line.split(":");
  if (kind === "e") return { kind: "everything" };
  if (!binId) return null;
  if (kind === "b") return { kind: "changed", binId };
  const [first = "", second = ""] = rest;
  if (kind === "f") return { kind: "forward", binId, forwardId: first };
  if (kind === "r") return parseRemoval(binId, rest);
  const [firstSeq, lastSeq] = [Number(first), Number(second)];
  if (!Number.isSafeInteger(firstSeq) || !Number.isSafeInteger(lastSeq)) return null;
  if (kind === "c") return { kind: "captured", binId, lastSeq: firstSeq };
  return kind === "a" ? { kind: "answered", binId, firstSeq, lastSeq } : null;
}

function parseRemoval(binId: string, [revisionText, how, list = ""]: string[]): Hint | null {
  const revision = Number(revisionText);
  const seqs = list.split(",").map(Number);
  const [through] = seqs;
  if (![revision, ...seqs].every(Number.isSafeInteger) || through === undefined) return null;
  const removal = how === "t" ? { through, revision } : { seqs, revision };
  return { kind: "removed", binId, removal };
}

/** Answers are told by ranges, so that the others read few rows beside those that were answered. */
export function answeredHints(binId: string, seqs: readonly number[]): Hint[] {
  const hints: (Hint & { kind: "answered" })[] = [];
  for (const seq of seqs.toSorted((a, b) => a - b)) {
    const last = hints.at(-1);
    if (last && seq - last.lastSeq <= RANGE_GAP_MAX) last.lastSeq = seq;
    else hints.push({ kind: "answered", binId, firstSeq: seq, lastSeq: seq });
  }
  return hints;
}

/** As few payloads as hold these lines. */
export function packHints(lines: Iterable<string>): string[] {
  const payloads: string[] = [];
  let payload = "";
  for (const line of lines) {
    if (payload && payload.length + 1 + line.length > PAYLOAD_MAX) {
      payloads.push(payload);
      payload = "";
    }
    payload += payload ? `\n${line}` : line;
  }
  return payload ? [...payloads, payload] : payloads;
}
