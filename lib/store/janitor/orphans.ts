import type { Database } from "../database.ts";
import type { Pace, Task } from "./pace.ts";
import { LOWEST_ID, uuidFloor } from "./uuid-floor.ts";

const ROWS_PER_STEP = 1_000;
const HOUR_MS = 60 * 60 * 1000;

type Child = { id: string; parentId: string };
type Family = {
  /** Rows with ids above `after` and below `before`, in the order of their ids. */
  page: (after: string, before: string) => Promise<Child[]>;
  parents: (ids: string[]) => Promise<{ id: string }[]>;
  remove: (ids: string[]) => Promise<unknown>;
};

/**
 * Removes what was written beside a removal or before a crash: bodies, answers, annotations and forwards without their request,
 * attempts without their forward. Once an hour, and only what is older than one, so that nothing on its way is taken.
 */
export function createOrphanSweep({ prisma }: Pick<Database, "prisma">): Task {
  const requests = (ids: string[]) =>
    prisma.capturedRequest.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const page = (after: string, before: string) =>
    ({
      where: { id: { gt: after, lt: before } },
      orderBy: { id: "asc" },
      take: ROWS_PER_STEP,
    }) as const;
  const own = (rows: { id: string }[]) => rows.map(({ id }) => ({ id, parentId: id }));

  const families: Family[] = [
    {
      page: async (after, before) =>
        own(await prisma.body.findMany({ ...page(after, before), select: { id: true } })),
      parents: requests,
      remove: (ids) => prisma.body.deleteMany({ where: { id: { in: ids } } }),
    },
    {
      page: async (after, before) =>
        own(await prisma.answer.findMany({ ...page(after, before), select: { id: true } })),
      parents: requests,
      remove: (ids) => prisma.answer.deleteMany({ where: { id: { in: ids } } }),
    },
    {
      page: async (after, before) =>
        own(await prisma.annotation.findMany({ ...page(after, before), select: { id: true } })),
      parents: requests,
      remove: (ids) => prisma.annotation.deleteMany({ where: { id: { in: ids } } }),
    },
    {
      page: async (after, before) => {
        const select = { id: true, requestId: true };
        const rows = await prisma.forward.findMany({ ...page(after, before), select });
        return rows.map(({ id, requestId }) => ({ id, parentId: requestId }));
      },
      parents: requests,
      remove: (ids) => prisma.forward.deleteMany({ where: { id: { in: ids } } }),
    },
    {
      page: async (after, before) => {
        const select = { id: true, forwardId: true };
        const rows = await prisma.attempt.findMany({ ...page(after, before), select });
        return rows.map(({ id, forwardId }) => ({ id, parentId: forwardId }));
      },
      parents: (ids) =>
        prisma.forward.findMany({ where: { id: { in: ids } }, select: { id: true } }),
      remove: (ids) => prisma.attempt.deleteMany({ where: { id: { in: ids } } }),
    },
  ];
  let nextAtMs = Date.now() + HOUR_MS;

  return async (pace) => {
    if (Date.now() < nextAtMs) return;
    nextAtMs = Date.now() + HOUR_MS;
    for (const family of families) if (!(await sweep(family, pace))) return;
  };
}

/** False when the server stops. */
async function sweep(family: Family, pace: Pace): Promise<boolean> {
  const before = uuidFloor(Date.now() - HOUR_MS);
  let after = LOWEST_ID;
  do {
    const rows = await family.page(after, before);
    const parents = await family.parents([...new Set(rows.map((row) => row.parentId))]);
    const alive = new Set(parents.map((parent) => parent.id));
    const orphans = rows.filter((row) => !alive.has(row.parentId)).map((row) => row.id);
    if (orphans.length > 0) await family.remove(orphans);
    if (rows.length < ROWS_PER_STEP) return true;
    after = rows.at(-1)?.id ?? LOWEST_ID;
  } while (await pace.pause());
  return false;
}
