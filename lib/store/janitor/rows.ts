import type { Database } from "../database.ts";
import { readVisible } from "../visible.ts";
import { deleteRequests, firstSlice, SLICE } from "./delete-requests.ts";
import type { Pace, Task } from "./pace.ts";

const BINS_PER_STEP = 500;

type Held = { bin_id: string; oldest: bigint; cleared_through: bigint; is_deleted: boolean };

/** Deletes the rows that nobody sees any more: at or below a bin's watermark and not pinned, or of a deleted bin. */
export function createRowSweep(database: Pick<Database, "prisma">): Task {
  return async (pace) => {
    let after = "";
    do {
      const bins = await binsWithRows(database, after);
      for (const bin of bins) {
        const isDirty = bin.is_deleted || bin.oldest <= bin.cleared_through;
        if (isDirty && !(await sweepBin(database, bin, pace))) return;
      }
      if (bins.length < BINS_PER_STEP) return;
      after = bins.at(-1)?.bin_id ?? "";
    } while (await pace.pause());
  };
}

/**
 * The next bins that have rows, each with its oldest seq. Raw SQL: a step from bin to bin along the index on
 * (bin_id, seq), so the cost is by bins and not by rows; Prisma's distinct would read every row.
 */
function binsWithRows({ prisma }: Pick<Database, "prisma">, after: string): Promise<Held[]> {
  return prisma.$queryRaw<Held[]>`
    WITH RECURSIVE held AS (
      (SELECT bin_id, seq, 1 AS place FROM requests WHERE bin_id > ${after} ORDER BY bin_id, seq LIMIT 1)
      UNION ALL
      SELECT next.bin_id, next.seq, held.place + 1
      FROM held CROSS JOIN LATERAL (
        SELECT bin_id, seq FROM requests WHERE bin_id > held.bin_id ORDER BY bin_id, seq LIMIT 1
      ) AS next
      WHERE held.place < ${BINS_PER_STEP}::int
    )
    SELECT held.bin_id, held.seq AS oldest, bins.cleared_through, bins.deleted_at IS NOT NULL AS is_deleted
    FROM held JOIN bins ON bins.id = held.bin_id ORDER BY held.bin_id`;
}

/** What is not pinned by now never will be: only what is seen can be pinned. */
async function deadIn({ prisma }: Pick<Database, "prisma">, bin: Held) {
  const kept = (await readVisible(prisma, bin.bin_id))?.kept ?? [];
  return { seq: { lte: bin.cleared_through, notIn: kept } };
}

/** False when the server stops. */
async function sweepBin(
  database: Pick<Database, "prisma">,
  bin: Held,
  pace: Pace,
): Promise<boolean> {
  const dead = bin.is_deleted ? {} : await deadIn(database, bin);
  for (;;) {
    const rows = await database.prisma.capturedRequest.findMany({
      where: { binId: bin.bin_id, ...dead },
      select: { id: true, bodySize: true },
      orderBy: { seq: "asc" },
      take: SLICE.rows,
    });
    const slice = firstSlice(rows);
    await deleteRequests(database, slice);
    if (!(await pace.pause())) return false;
    if (slice.length === rows.length && rows.length < SLICE.rows) return true;
  }
}
