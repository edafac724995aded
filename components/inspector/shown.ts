import type { RequestSummary } from "#lib/contract/requests.ts";

/** Requests that this page hides although the server still has them. */
export type Hidden =
  | { kind: "none" }
  | { kind: "seqs"; seqs: ReadonlySet<number> }
  /** `keepsPinned`: but for what is pinned. */
  | { kind: "through"; through: number; keepsPinned: boolean };

export const nothingHidden: Hidden = { kind: "none" };

export function isHidden(
  hidden: Hidden,
  { seq, pinned = false }: Pick<RequestSummary, "seq"> & { pinned?: boolean | undefined },
): boolean {
  if (hidden.kind === "through") return seq <= hidden.through && !(hidden.keepsPinned && pinned);
  return hidden.kind === "seqs" && hidden.seqs.has(seq);
}

/** How many came in after `seq`; items are newest first. */
export function countAbove(items: readonly RequestSummary[], seq: number): number {
  const at = items.findIndex((item) => item.seq <= seq);
  return at < 0 ? items.length : at;
}

/**
 * Where a step of so many rows leads to; positive is down. From nowhere (null) a step down leads to the newest. One that
 * is not listed any more lies between its neighbours.
 */
export function indexAfter(
  items: readonly RequestSummary[],
  seq: number | null,
  rows: number,
): number {
  const above = seq === null ? 0 : countAbove(items, seq);
  const isListed = seq !== null && items[above]?.seq === seq;
  const from = isListed || rows < 0 ? above : above - 1;
  return Math.min(Math.max(from + rows, 0), items.length - 1);
}

/** What the list shows: while paused nothing newer than `pausedAt`, and never what is hidden. */
export function shownItems(
  items: readonly RequestSummary[],
  pausedAt: number | null,
  hidden: Hidden,
): readonly RequestSummary[] {
  const upTo = pausedAt === null ? items : items.slice(countAbove(items, pausedAt));
  return hidden.kind === "none" ? upTo : upTo.filter((item) => !isHidden(hidden, item));
}
