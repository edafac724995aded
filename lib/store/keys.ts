import type { Key } from "../contract/bins.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";

const TOUCH_EVERY_MS = 60_000;

export type KeyRecord = { id: string; binId: string; hash: Buffer; lastUsedAt: Date | null };

type Row = { id: string; label: string; createdAt: Date; lastUsedAt: Date | null };

const toKey = (row: Row): Key => ({
  id: row.id,
  label: row.label,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

export function createKeys({ prisma }: Pick<Database, "prisma">) {
  async function mint(
    binId: string,
    key: { id: string; label: string; hash: Buffer },
  ): Promise<Key> {
    const row = await prisma.key.create({ data: { ...key, binId, hash: bytes(key.hash) } });
    return toKey(row);
  }

  /** Newest first; `before` is the id of the last one seen (UUIDv7: ids sort by time). */
  async function list(
    binId: string,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<Key[]> {
    const rows = await prisma.key.findMany({
      where: { binId, revokedAt: null, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map(toKey);
  }

  /** Revokes a key and forgets the bin in every browser that remembered it by this key. */
  async function revoke(binId: string, keyId: string): Promise<"revoked" | "unknown" | "last"> {
    return prisma.$transaction(async (tx) => {
      // Prisma has no row lock; without one, two revocations at once could each leave "the other" key.
      await tx.$queryRaw`SELECT 1 FROM bins WHERE id = ${binId} FOR UPDATE`;
      const open = await tx.key.findMany({
        where: { binId, revokedAt: null },
        select: { id: true },
      });
      if (!open.some((key) => key.id === keyId)) return "unknown";
      if (open.length === 1) return "last";
      await tx.key.update({ where: { id: keyId }, data: { revokedAt: new Date() } });
      await tx.sessionBin.deleteMany({ where: { keyId } });
      return "revoked";
    });
  }

  async function findByHash(hash: Buffer): Promise<KeyRecord | null> {
    const row = await prisma.key.findUnique({ where: { hash: bytes(hash), revokedAt: null } });
    return row && { ...row, hash: toBuffer(row.hash) };
  }

  /** Notes the use, at most once a minute and beside the request: a lost note costs nothing. */
  function touch(key: Pick<KeyRecord, "id" | "lastUsedAt">, now = new Date()): void {
    if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < TOUCH_EVERY_MS) return;
    prisma.key
      .updateMany({ where: { id: key.id }, data: { lastUsedAt: now } })
      .catch(() => undefined);
  }

  return { mint, list, revoke, findByHash, touch };
}
