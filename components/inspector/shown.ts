import type { RequestSummary } from "#lib/contract/requests.ts";

/** Requests that this page hides although the server still has them. */
export type Hidden =
  | { kind: "none" }
  | { kind: "seqs"; seqs: ReadonlySet<number> }
  | { kind: "through"; through: number };

export const nothingHidden: Hidden = { kind: "none" };

export function isHidden(hidden: Hidden, seq: number): boolean {
  if (hidden.kind === "through") return seq <= hidden.through;
  return hidden.kind === "seqs" && hidden.seqs.has(seq);
}

/** How many came in after `seq`; items are newest first. */
export function countAbove(items: readonly RequestSummary[], seq: number): number {
  const at = items.findIndex((item) => item.seq <= seq);
  return at < 0 ? items.length : at;
}

/** What the list shows: while paused nothing newer than `pausedAt`, and never what is hidden. */
export function shownItems(
  items: readonly RequestSummary[],
  pausedAt: number | null,
  hidden: Hidden,
): readonly RequestSummary[] {
  const upTo = pausedAt === null ? items : items.slice(countAbove(items, pausedAt));
  return hidden.kind === "none" ? upTo : upTo.filter(({ seq }) => !isHidden(hidden, seq));
}
