import type { Removal } from "../contract/events.ts";

/**
 * What one process tells the others: where to look, never the data itself. `everything`: hints were lost, so all that
 * is watched or kept in memory may be old.
 */
export type Hint =
  | { kind: "captured"; binId: string; lastSeq: number }
  | { kind: "answered"; binId: string; firstSeq: number; lastSeq: number }
  | { kind: "removed"; binId: string; removal: Removal }
  | { kind: "rows"; binId: string; firstSeq: number; lastSeq: number }
  | { kind: "forward"; binId: string; forwardId: string }
  /** A listener has handed a request to nobody: no answer comes from there. */
  | { kind: "unwanted"; binId: string; requestId: string }
  | { kind: "changed"; binId: string }
  | { kind: "listeners"; binId: string }
  /** A destination, or how one stands, has changed. */
  | { kind: "destinations"; binId: string }
  | { kind: "everything" };

/** Postgres refuses payloads of 8,000 bytes and more (NOTIFY). All characters are ASCII. */
const PAYLOAD_MAX = 7_900;
const RANGE_GAP_MAX = 20;

/** One line. A removal that names more seqs than fit into a payload is told as a change: the poll then sees the revision. */
export function printHint(hint: Hint): string {
  switch (hint.kind) {
    case "captured":
      return `c:${hint.binId}:${hint.lastSeq}`;
    case "answered":
      return `a:${hint.binId}:${hint.firstSeq}:${hint.lastSeq}`;
    case "removed":
      return printRemoval(hint.binId, hint.removal);
    case "rows":
      return `s:${hint.binId}:${hint.firstSeq}:${hint.lastSeq}`;
    case "forward":
      return `f:${hint.binId}:${hint.forwardId}`;
    case "unwanted":
      return `u:${hint.binId}:${hint.requestId}`;
    case "changed":
      return `b:${hint.binId}`;
    case "listeners":
      return `l:${hint.binId}`;
    case "destinations":
      return `d:${hint.binId}`;
    case "everything":
      return "e";
  }
}

function printRemoval(binId: string, removal: Removal): string {
  const what =
    "through" in removal
      ? `t:${[removal.through, ...(removal.kept ?? [])].join(",")}`
      : `s:${removal.seqs.join(",")}`;
  const line = `r:${binId}:${removal.revision}:${what}`;
  return line.length < PAYLOAD_MAX ? line : printHint({ kind: "changed", binId });
}

const LINE =
  /^(?:c:(?<captured>\w+):(?<last>\d+)|(?<range>[as]):(?<rangeBin>\w+):(?<from>\d+):(?<to>\d+)|r:(?<removed>\w+):(?<revision>\d+):(?:t:(?<through>[\d,]+)|s:(?<seqs>[\d,]+))|f:(?<forward>\w+):(?<forwardId>[\w-]+)|u:(?<unwanted>\w+):(?<requestId>[\w-]+)|b:(?<changed>\w+)|l:(?<listeners>\w+)|d:(?<destinations>\w+)|(?<everything>e))$/;

/** Null for a line that is none of ours: anybody on the database may notify. */
export function parseHint(line: string): Hint | null {
  const found = LINE.exec(line)?.groups ?? {};
  const { captured, rangeBin, removed, forward, forwardId, changed, listeners } = found;
  const { unwanted, requestId, destinations } = found;
  if (captured) return { kind: "captured", binId: captured, lastSeq: Number(found["last"]) };
  if (rangeBin) {
    const [firstSeq, lastSeq] = [Number(found["from"]), Number(found["to"])];
    const kind = found["range"] === "a" ? "answered" : "rows";
    return { kind, binId: rangeBin, firstSeq, lastSeq };
  }
  if (removed) return { kind: "removed", binId: removed, removal: toRemoval(found) };
  if (forward && forwardId) return { kind: "forward", binId: forward, forwardId };
  if (unwanted && requestId) return { kind: "unwanted", binId: unwanted, requestId };
  if (changed) return { kind: "changed", binId: changed };
  if (listeners) return { kind: "listeners", binId: listeners };
  if (destinations) return { kind: "destinations", binId: destinations };
  return found["everything"] ? { kind: "everything" } : null;
}

function toRemoval({ revision, through, seqs = "" }: Record<string, string>): Removal {
  if (!through) return { seqs: seqs.split(",").map(Number), revision: Number(revision) };
  const [highest = 0, ...kept] = through.split(",").map(Number);
  return { through: highest, ...(kept.length > 0 ? { kept } : {}), revision: Number(revision) };
}

/** Answers and changed rows are told by ranges, so that the others read few rows beside those that it is about. */
export function rangeHints(
  kind: "answered" | "rows",
  binId: string,
  seqs: readonly number[],
): Hint[] {
  const hints: (Hint & { kind: "answered" | "rows" })[] = [];
  for (const seq of seqs.toSorted((a, b) => a - b)) {
    const last = hints.at(-1);
    if (last && seq - last.lastSeq <= RANGE_GAP_MAX) last.lastSeq = seq;
    else hints.push({ kind, binId, firstSeq: seq, lastSeq: seq });
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
