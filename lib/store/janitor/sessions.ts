import { SESSION_DAYS } from "../../contract/session.ts";
import type { Database } from "../database.ts";
import type { Task } from "./pace.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SESSIONS_PER_STEP = 500;

/** Forgets browsers that have not come back in 400 days: their cookie has ended as well. */
export function createSessionSweep({ prisma }: Pick<Database, "prisma">): Task {
  return async (pace) => {
    do {
      const stale = await prisma.session.findMany({
        where: { lastSeenAt: { lt: new Date(Date.now() - SESSION_DAYS * DAY_MS) } },
        select: { id: true },
        take: SESSIONS_PER_STEP,
      });
      const ids = stale.map((session) => session.id);
      await prisma.$transaction([
        prisma.sessionBin.deleteMany({ where: { sessionId: { in: ids } } }),
        prisma.sessionShare.deleteMany({ where: { sessionId: { in: ids } } }),
        prisma.session.deleteMany({ where: { id: { in: ids } } }),
      ]);
      if (stale.length < SESSIONS_PER_STEP) return;
    } while (await pace.pause());
  };
}
