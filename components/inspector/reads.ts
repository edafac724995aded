/** Which requests a person has opened: all up to `through`, and these above it, ascending. */
export type Reads = { through: number; above: readonly number[] };

/** Marks kept one by one. Beyond them the oldest unread ones count as read. */
const ABOVE_MAX = 500;
/** Bins whose marks this browser keeps. */
const BINS_MAX = 50;
const STORAGE_KEY = "hooklens:reads";

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

type Stored = [binId: string, reads: Reads][];

/** Null for a bin that this browser has not opened before. */
export function readReads(binId: string): Reads | null {
  return stored().find(([id]) => id === binId)?.[1] ?? null;
}

/** Keeps them, and lets go of those of the bins that were not opened for longest. */
export function keepReads(binId: string, reads: Reads): void {
  const others = stored().filter(([id]) => id !== binId);
  try {
    localStorage.setItem(
      STORAGE_KEY,
      JSON.stringify([[binId, reads], ...others].slice(0, BINS_MAX)),
    );
  } catch {
    // Storage may be off or full: the marks then last until the page is left.
  }
}

function stored(): Stored {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(value) ? value.filter(isStored) : [];
  } catch {
    return [];
  }
}

function isStored(value: unknown): value is Stored[number] {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const reads: unknown = value[1];
  return (
    typeof reads === "object" &&
    reads !== null &&
    "through" in reads &&
    Number.isSafeInteger(reads.through) &&
    "above" in reads &&
    Array.isArray(reads.above) &&
    reads.above.every(Number.isSafeInteger)
  );
}
