import { SESSION_DAYS } from "../contract/session.ts";
import { bytes } from "./bytes.ts";
import type { Database } from "./database.ts";
import { type BinRecord, isGone, toBinRecord } from "./to-bin.ts";

const SESSION_BINS_MAX = 200;

const DAY_MS = 24 * 60 * 60 * 1000;
const oldestAlive = () => new Date(Date.now() - SESSION_DAYS * DAY_MS);

export type SessionGrant = { keyId: string; lastSeenAt: Date };

/** A session is named by the SHA-256 of its cookie's value. */
export function createSessions({ prisma }: Pick<Database, "prisma">) {
  /** Null for a session that is unknown or has ended. */
  async function lastSeen(hash: Buffer): Promise<Date | null> {
    const row = await prisma.session.findUnique({
      where: { id: bytes(hash), lastSeenAt: { gt: oldestAlive() } },
    });
    return row && row.lastSeenAt;
  }

  /** The key by which this browser remembers the bin; null when it does not. */
  async function grant(hash: Buffer, binId: string): Promise<SessionGrant | null> {
    const sessionId = bytes(hash);
    const [session, bin] = await Promise.all([
      prisma.session.findUnique({ where: { id: sessionId, lastSeenAt: { gt: oldestAlive() } } }),
      prisma.sessionBin.findUnique({ where: { sessionId_binId: { sessionId, binId } } }),
    ]);
    return session && bin && { keyId: bin.keyId, lastSeenAt: session.lastSeenAt };
  }

  /** The bins that this browser remembers and that are still there, newest first. */
  async function bins(hash: Buffer): Promise<BinRecord[]> {
    if (!(await lastSeen(hash))) return [];
    const held = await prisma.sessionBin.findMany({ where: { sessionId: bytes(hash) } });
    const rows = await prisma.bin.findMany({
      where: { id: { in: held.map((each) => each.binId) }, deletedAt: null },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    return rows.map(toBinRecord).filter((bin) => !isGone(bin));
  }

  /** Remembers the bin on the strength of the key; makes the session when it is new. Bins that are gone make room. */
  async function remember(
    hash: Buffer,
    binId: string,
    keyId: string,
  ): Promise<"remembered" | "full"> {
    const sessionId = bytes(hash);
    return prisma.$transaction(async (tx) => {
      // The upsert locks the session's row, so that two pages at once can't pass the limit together.
      await tx.session.upsert({
        where: { id: sessionId },
        create: { id: sessionId },
        update: { lastSeenAt: new Date() },
      });
      const held = await tx.sessionBin.findMany({ where: { sessionId }, select: { binId: true } });
      const others = held.map((each) => each.binId).filter((id) => id !== binId);
      if (others.length >= SESSION_BINS_MAX) {
        const expired = await tx.bin.findMany({
          where: { id: { in: others }, expiresAt: { lte: new Date() } },
          select: { id: true },
        });
        if (expired.length === 0) return "full";
        const gone = expired.map((bin) => bin.id);
        await tx.sessionBin.deleteMany({ where: { sessionId, binId: { in: gone } } });
      }
      await tx.sessionBin.upsert({
        where: { sessionId_binId: { sessionId, binId } },
        create: { sessionId, binId, keyId },
        update: { keyId },
      });
      return "remembered";
    });
  }

  async function forget(hash: Buffer, binId: string): Promise<void> {
    await prisma.sessionBin.deleteMany({ where: { sessionId: bytes(hash), binId } });
  }

  /**
   * Slides the session's end, at most once a day and beside the request: a lost note costs nothing. True: slide the
   * cookie's as well.
   */
  function slide(hash: Buffer, lastSeenAt: Date): boolean {
    if (Date.now() - lastSeenAt.getTime() < DAY_MS) return false;
    prisma.session
      .updateMany({ where: { id: bytes(hash) }, data: { lastSeenAt: new Date() } })
      .catch(() => undefined);
    return true;
  }

  return { lastSeen, grant, bins, remember, forget, slide };
}
