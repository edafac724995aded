import { validate as isUuid } from "uuid";
import type { Removal } from "../contract/events.ts";
import type { Database } from "./database.ts";

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
      const open = { id: binId, deletedAt: null, clearedThrough: { lt: row.seq } };
      const bins = await tx.bin.updateManyAndReturn({
        where: open,
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
      await tx.attempt.deleteMany({ where: { forwardId: { in: forwardIds } } });
      await tx.forward.deleteMany({ where: { id: { in: forwardIds } } });
      await tx.answer.deleteMany({ where: { id } });
      await tx.body.deleteMany({ where: { id } });
      return { seqs: [Number(row.seq)], revision };
    });
  }

  /**
   * Clears all requests up to the last one given, or up to and with `through`, at once, by moving the watermark. Null
   * when there is nothing to clear.
   */
  async function clear(binId: string, through = Infinity): Promise<Removal | null> {
    const head = await prisma.binHead.findUnique({ where: { binId } });
    // Never beyond the last one: requests to come must not be born invisible.
    return head && raiseWatermark(binId, through < head.lastSeq ? BigInt(through) : head.lastSeq);
  }

  /** Clears all up to and with `through`. A watermark never falls: a slower clear must not show again what a later one hid. */
  async function raiseWatermark(binId: string, through: bigint): Promise<Removal | null> {
    const bins = await prisma.bin.updateManyAndReturn({
      where: { id: binId, deletedAt: null, clearedThrough: { lt: through } },
      data: { clearedThrough: through, revision: { increment: 1 } },
      select: { revision: true },
    });
    const revision = bins[0]?.revision;
    return revision === undefined ? null : { through: Number(through), revision };
  }

  return { one, clear, raiseWatermark };
}
