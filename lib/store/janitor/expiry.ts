import type { JanitorParts } from "../janitor.ts";
import type { Task } from "./pace.ts";

const BINS_PER_STEP = 50;

/** Expired bins answer 410 by the clock already; here they become tombstones, and open pages are told. */
export function createExpiry({ database, store, live }: JanitorParts): Task {
  return async (pace) => {
    do {
      const expired = await database.prisma.bin.findMany({
        where: { expiresAt: { lte: new Date() }, deletedAt: null },
        select: { id: true },
        take: BINS_PER_STEP,
      });
      for (const { id } of expired) {
        await store.bins.remove(id);
        live.binGone(id);
      }
      if (expired.length < BINS_PER_STEP) return;
    } while (await pace.pause());
  };
}
