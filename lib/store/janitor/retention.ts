import type { JanitorParts } from "../janitor.ts";
import { deleteRequests, firstSlice, SLICE } from "./delete-requests.ts";
import type { Task } from "./pace.ts";
import { uuidFloor } from "./uuid-floor.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

type Old = { id: string; binId: string; seq: bigint; bodySize: number };

/**
 * Removes requests that are older than RETENTION_DAYS. Ids are UUIDv7, so the oldest rows are the first of the primary
 * key, whatever their bins; a bin's watermark moves past them, and then they are deleted, but for the pinned ones.
 */
export function createRetention({ config, database, store, live }: JanitorParts): Task {
  const { prisma } = database;
  const { days } = config.retention;

  async function oldest(cut: string): Promise<Old[]> {
    const rows = await prisma.$queryRaw<Old[]>`
      SELECT id::text, bin_id AS "binId", seq, body_size AS "bodySize" FROM requests
      WHERE id < ${cut}::uuid
        AND NOT EXISTS (SELECT FROM annotations WHERE annotations.id = requests.id AND pinned)
      ORDER BY id LIMIT ${SLICE.rows}::int`;
    return firstSlice(rows);
  }

  /** Pinned since they were read; what lies below the watermark can't be pinned any more. */
  async function pinnedOf(rows: readonly Old[]): Promise<Set<string>> {
    const ids = rows.map(({ id }) => id);
    const pins = await prisma.annotation.findMany({
      where: { id: { in: ids }, pinned: true },
      select: { id: true },
    });
    return new Set(pins.map(({ id }) => id));
  }

  /** Hides a bin's old requests; `lastSeq` is the highest of those found. The watermark that counts now. */
  async function hide(binId: string, lastSeq: bigint, cut: string): Promise<bigint> {
    // A slow upload has an early id and a late seq: the watermark stops before the first request that is not old yet.
    const young = await prisma.capturedRequest.findFirst({
      where: { binId, seq: { lt: lastSeq }, id: { gte: cut } },
      select: { seq: true },
      orderBy: { seq: "asc" },
    });
    const through = young ? young.seq - 1n : lastSeq;
    const removal = await store.removals.raiseWatermark(binId, through);
    if (removal) live.removed(binId, removal);
    const bin = await prisma.bin.findUnique({
      where: { id: binId },
      select: { clearedThrough: true, deletedAt: true },
    });
    return !bin || bin.deletedAt ? lastSeq : bin.clearedThrough;
  }

  return async (pace) => {
    if (days === 0) return;
    const cut = uuidFloor(Date.now() - days * DAY_MS);
    do {
      const rows = await oldest(cut);
      const watermarks = new Map<string, bigint>();
      for (const [binId, lastSeq] of highestSeqs(rows)) {
        watermarks.set(binId, await hide(binId, lastSeq, cut));
      }
      const hidden = rows.filter((row) => row.seq <= (watermarks.get(row.binId) ?? 0n));
      if (hidden.length === 0) return;
      const pinned = await pinnedOf(hidden);
      await deleteRequests(
        database,
        hidden.filter(({ id }) => !pinned.has(id)),
      );
    } while (await pace.pause());
  };
}

function highestSeqs(rows: readonly Old[]): Map<string, bigint> {
  const highest = new Map<string, bigint>();
  for (const { binId, seq } of rows) {
    const known = highest.get(binId);
    if (known === undefined || seq > known) highest.set(binId, seq);
  }
  return highest;
}
