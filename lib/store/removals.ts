import { validate as isUuid } from "uuid";
import type { Prisma } from "#prisma/generated/client.ts";
import type { Removal } from "../contract/events.ts";
import type { Database } from "./database.ts";
import { readVisible } from "./visible.ts";

/** Taking requests away. Each raises the bin's revision in the same transaction, so that readers know to reload. */
export function createRemovals({ prisma }: Pick<Database, "prisma">) {
  /** Removes one request with all that hangs on it. Null when it is not there. */
  async function one(binId: string, id: string): Promise<Removal | null> {
    if (!isUuid(id)) return null;
    return prisma.$transaction(async (tx) => {
      const row = await tx.capturedRequest.findUnique({
        where: { id, binId },
        select: { seq: true },
      });
      if (!row) return null;
      const { count } = await tx.capturedRequest.deleteMany({ where: { id, binId } });
      const pin = await tx.annotation.findUnique({ where: { id, pinned: true } });
      const open = pin ? {} : { clearedThrough: { lt: row.seq } };
      const bins = await tx.bin.updateManyAndReturn({
        where: { id: binId, deletedAt: null, ...open },
        data: { revision: { increment: count } },
        select: { revision: true },
      });
      const revision = bins[0]?.revision;
      // Cleared or deleted with its bin: it was not visible, and the janitor takes the rest.
      if (count === 0 || revision === undefined) return null;
      const forwards = await tx.forward.findMany({
        where: { requestId: id },
        select: { id: true },
      });
      const forwardIds = forwards.map((forward) => forward.id);
      await tx.waitingForward.deleteMany({ where: { requestId: id } });
      await tx.attempt.deleteMany({ where: { forwardId: { in: forwardIds } } });
      await tx.forward.deleteMany({ where: { id: { in: forwardIds } } });
      await tx.answer.deleteMany({ where: { id } });
      await tx.annotation.deleteMany({ where: { id } });
      await tx.body.deleteMany({ where: { id } });
      return { seqs: [Number(row.seq)], revision };
    });
  }

  /**
   * Clears all requests up to the last one given, or up to and with `through`, at once, by moving the watermark; the
   * pinned ones too when they are not kept. Null when there is nothing to clear.
   */
  async function clear(
    binId: string,
    {
      through = Infinity,
      keepPinned = true,
    }: { through?: number | undefined; keepPinned?: boolean } = {},
  ): Promise<Removal | null> {
    const head = await prisma.binHead.findUnique({ where: { binId } });
    // Never beyond the last one: requests to come must not be born invisible.
    const last = head && (through < head.lastSeq ? BigInt(through) : head.lastSeq);
    if (last === null) return null;
    return keepPinned ? raiseWatermark(binId, last) : clearPinned(binId, last);
  }

  /** Those below an older watermark go as well. */
  async function clearPinned(binId: string, through: bigint): Promise<Removal | null> {
    return prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS locked FROM bins WHERE id = ${binId} FOR NO KEY UPDATE`;
      const { count } = await tx.annotation.deleteMany({
        where: { binId, pinned: true, seq: { lte: through } },
      });
      return raise(tx, binId, through, count > 0);
    });
  }

  /**
   * Clears all up to and with `through`, but for what is pinned. A watermark never falls: a slower clear must not show
   * again what a later one hid.
   */
  async function raiseWatermark(binId: string, through: bigint): Promise<Removal | null> {
    return prisma.$transaction((tx) => raise(tx, binId, through, false));
  }

  async function raise(
    tx: Prisma.TransactionClient,
    binId: string,
    through: bigint,
    hasUnpinned: boolean,
  ): Promise<Removal | null> {
    const bins = await tx.$queryRaw<{ revision: number; cleared_through: bigint }[]>`
      UPDATE bins SET cleared_through = greatest(cleared_through, ${through}), revision = revision + 1
      WHERE id = ${binId} AND deleted_at IS NULL AND (cleared_through < ${through} OR ${hasUnpinned})
      RETURNING revision, cleared_through`;
    const [bin] = bins;
    if (!bin) return null;
    // After the row is locked: a pin waits for it, or was there before.
    const kept = (await readVisible(tx, binId))?.kept.map(Number) ?? [];
    const cleared = { through: Number(bin.cleared_through), revision: bin.revision };
    return kept.length > 0 ? { ...cleared, kept } : cleared;
  }

  return { one, clear, raiseWatermark };
}
