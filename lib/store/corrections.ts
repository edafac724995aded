import { Prisma } from "#prisma/generated/client.ts";
import type { Recognised } from "../contract/draft.ts";
import { bytes } from "./bytes.ts";
import type { Database } from "./database.ts";

type Correction = { provider: Recognised | null; chosen: boolean; threadKey: Buffer | null };

/** What a person knows better than recognition. */
export function createCorrections({ prisma }: Pick<Database, "prisma">) {
  /**
   * Puts a request under another sender, and into the thread that follows from it, at its place in the order of arrival:
   * those behind it move on by one, and in the thread that it leaves they move up.
   */
  async function set(binId: string, id: string, correction: Correction): Promise<void> {
    const { provider, chosen, threadKey } = correction;
    const key = threadKey && bytes(threadKey);
    await prisma.$transaction(async (tx) => {
      // The writer gives places under the same lock.
      await tx.$queryRaw(
        Prisma.sql`SELECT 1 AS locked FROM bin_heads WHERE bin_id = ${binId} FOR UPDATE`,
      );
      const row = await tx.capturedRequest.findUnique({
        where: { id, binId },
        select: { seq: true, threadKey: true, threadPlace: true },
      });
      if (!row) return;
      const stays = sameKey(row.threadKey, key);
      if (!stays) await movePlaces(tx, { binId, threadKey: row.threadKey }, row.seq, -1);
      const place = stays
        ? row.threadPlace
        : await makePlace(tx, { binId, threadKey: key }, row.seq);
      await tx.capturedRequest.update({
        where: { id },
        data: {
          providerId: provider?.id ?? null,
          event: provider?.event ?? null,
          deliveryId: provider?.deliveryId ?? null,
          deliveryAttempt: provider?.attempt ?? null,
          eventId: provider?.eventId ?? null,
          account: provider?.account ?? null,
          mode: provider?.mode ?? null,
          occurredAtUs: provider?.occurredAtUs ?? null,
          providerChosen: chosen,
          threadKey: key,
          threadPlace: place,
        },
      });
    });
  }

  return { set };
}

type OfThread = { binId: string; threadKey: Uint8Array | null };

/** A place for a request with this seq among those of a thread. */
async function makePlace(
  tx: Prisma.TransactionClient,
  { binId, threadKey }: OfThread,
  seq: bigint,
): Promise<number> {
  if (!threadKey) return 1;
  const before = await tx.capturedRequest.findFirst({
    where: { binId, threadKey: bytes(threadKey), seq: { lt: seq } },
    orderBy: { seq: "desc" },
    select: { threadPlace: true },
  });
  await movePlaces(tx, { binId, threadKey }, seq, 1);
  return (before?.threadPlace ?? 0) + 1;
}

async function movePlaces(
  tx: Prisma.TransactionClient,
  { binId, threadKey }: OfThread,
  seq: bigint,
  by: number,
): Promise<void> {
  if (!threadKey) return;
  await tx.capturedRequest.updateMany({
    where: { binId, threadKey: bytes(threadKey), seq: { gt: seq } },
    data: { threadPlace: { increment: by } },
  });
}

const sameKey = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === null || other === null ? one === other : Buffer.compare(one, other) === 0;
