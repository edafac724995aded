import type { Database } from "../database.ts";

/** Deleting a stored body of 10 MiB takes 5,000 rows of Postgres' own: a slice is bounded by bytes, too. */
export const SLICE = { rows: 500, bytes: 32 * 1024 * 1024 };

type Row = { id: string; bodySize: number };

/** The first of `rows` that make one slice; at least one. */
export function firstSlice<Each extends Row>(rows: readonly Each[]): Each[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += row.bodySize;
    return index > 0 && bytes > SLICE.bytes;
  });
  return rows.slice(0, end < 0 ? SLICE.rows : Math.min(end, SLICE.rows));
}

/** Deletes requests with all that hangs on them, in one transaction. */
export async function deleteRequests(
  { prisma }: Pick<Database, "prisma">,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  const forwards = await prisma.forward.findMany({
    where: { requestId: { in: ids } },
    select: { id: true },
  });
  const forwardIds = forwards.map((forward) => forward.id);
  await prisma.$transaction([
    countMissed(prisma, ids),
    prisma.waitingForward.deleteMany({ where: { requestId: { in: ids } } }),
    prisma.capturedRequest.deleteMany({ where: { id: { in: ids } } }),
    prisma.answer.deleteMany({ where: { id: { in: ids } } }),
    prisma.annotation.deleteMany({ where: { id: { in: ids } } }),
    prisma.body.deleteMany({ where: { id: { in: ids } } }),
    prisma.attempt.deleteMany({ where: { forwardId: { in: forwardIds } } }),
    prisma.forward.deleteMany({ where: { id: { in: forwardIds } } }),
  ]);
}

/** What still waits for a destination goes without having arrived: that is told. */
function countMissed(prisma: Database["prisma"], requestIds: string[]) {
  return prisma.$executeRaw`
    UPDATE destinations SET missed = missed + waiting.count
    FROM (
      SELECT destination_id, count(*) FROM waiting_forwards
      WHERE request_id = ANY (${requestIds}::uuid[]) GROUP BY destination_id
    ) AS waiting WHERE waiting.destination_id = destinations.id`;
}
