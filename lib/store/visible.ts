import type { Prisma } from "#prisma/generated/client.ts";
import type { Database } from "./database.ts";

/**
 * Which of a bin's requests are there: those above its watermark, and below it those that a pin keeps (ascending). All
 * others are cleared, which is as good as deleted.
 */
export type Visible = { above: bigint; kept: bigint[] };

/** Both by one statement: between two of them a pinned request could go missing. Null for a bin that is deleted. */
export async function readVisible(
  prisma: Pick<Database["prisma"], "$queryRaw">,
  binId: string,
): Promise<Visible | null> {
  const rows = await prisma.$queryRaw<Visible[]>`
    SELECT cleared_through AS above, ARRAY(
      SELECT seq FROM annotations WHERE bin_id = bins.id AND pinned AND seq <= cleared_through ORDER BY seq
    ) AS kept
    FROM bins WHERE id = ${binId} AND deleted_at IS NULL`;
  return rows[0] ?? null;
}

export const isVisible = (visible: Visible | null, seq: bigint): boolean =>
  visible !== null && (seq > visible.above || visible.kept.includes(seq));

/** What is there of a range of seqs; of a deleted bin nothing, though its rows may still lie there. */
export function whereVisible(
  visible: Visible | null,
  range: Prisma.BigIntFilter = {},
): Prisma.CapturedRequestWhereInput {
  if (!visible) return { seq: { in: [] } };
  const { above, kept } = visible;
  const there =
    kept.length === 0
      ? { seq: { gt: above } }
      : { OR: [{ seq: { gt: above } }, { seq: { in: kept } }] };
  return { AND: [there, { seq: range }] };
}
