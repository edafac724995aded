import { keptByKey } from "#components/ui/kept-by-key.ts";

/** Which requests a person has opened: all up to `through`, and these above it, ascending. */
export type Reads = { through: number; above: readonly number[] };

/** Marks kept one by one. Beyond them the oldest unread ones count as read. */
const ABOVE_MAX = 500;
/** Bins whose marks this browser keeps. */
const BINS_MAX = 50;

export function isUnread(reads: Reads, seq: number): boolean {
  return seq > reads.through && !reads.above.includes(seq);
}

export function markRead(reads: Reads, seq: number): Reads {
  if (!isUnread(reads, seq)) return reads;
  const above = [...reads.above, seq].sort((a, b) => a - b);
  let { through } = reads;
  while (above[0] === through + 1 || above.length > ABOVE_MAX) through = above.shift() ?? through;
  return { through, above };
}

/** All up to `seq` are read. */
export function markAllRead(reads: Reads, seq: number): Reads {
  if (seq <= reads.through) return reads;
  return { through: seq, above: reads.above.filter((read) => read > seq) };
}

/** Null for a bin that this browser has not opened before. */
export const readReads = (binId: string): Reads | null => kept.of(binId) ?? null;

export const keepReads = (binId: string, reads: Reads): void => kept.set(binId, reads);

const isReads = (reads: unknown): reads is Reads =>
  typeof reads === "object" &&
  reads !== null &&
  "through" in reads &&
  Number.isSafeInteger(reads.through) &&
  "above" in reads &&
  Array.isArray(reads.above) &&
  reads.above.every(Number.isSafeInteger);

const kept = keptByKey("hooklens:reads", BINS_MAX, isReads);
