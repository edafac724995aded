import type { Database } from "./database.ts";
import { isGone } from "./to-bin.ts";

export type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/** False when the bin is gone. Prisma has no row lock; without one, two at once could go over a limit. */
export async function lockBin(tx: Transaction, binId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM bins WHERE id = ${binId} FOR UPDATE`;
  const bin = await tx.bin.findUnique({
    where: { id: binId },
    select: { deletedAt: true, expiresAt: true },
  });
  return bin !== null && !isGone(bin);
}
