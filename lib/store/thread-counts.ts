import { Prisma } from "#prisma/generated/client.ts";
import type { CapturedRequestModel } from "#prisma/generated/models/CapturedRequest.ts";
import { toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";

type Row = Pick<CapturedRequestModel, "threadKey" | "threadPlace">;

const nameOf = (key: Uint8Array) => toBuffer(key).toString("hex");

/**
 * How many requests of each row's event have come: the place of its newest one, by one look into the index for each
 * event, however many there are.
 */
export async function readThreadCounts(
  prisma: Database["prisma"],
  binId: string,
  rows: readonly Row[],
): Promise<(row: Row) => number> {
  const names = new Set(rows.flatMap(({ threadKey }) => (threadKey ? [nameOf(threadKey)] : [])));
  if (names.size === 0) return ({ threadPlace }) => threadPlace;
  const found = await prisma.$queryRaw<{ name: string; count: number }[]>(Prisma.sql`
    SELECT asked.name, newest.thread_place AS count
    FROM unnest(${[...names]}::text[]) AS asked (name), LATERAL (
      SELECT request.thread_place FROM requests AS request
      WHERE request.bin_id = ${binId} AND request.thread_key = decode(asked.name, 'hex')
      ORDER BY request.seq DESC LIMIT 1
    ) AS newest`);
  const counts = new Map(found.map(({ name, count }) => [name, count]));
  return ({ threadKey, threadPlace }) =>
    (threadKey && counts.get(nameOf(threadKey))) ?? threadPlace;
}
