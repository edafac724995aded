import { validate as isUuid } from "uuid";
import type { ShareModel } from "#prisma/generated/models/Share.ts";
import { SESSION_DAYS } from "../contract/session.ts";
import type { Redaction } from "../contract/shares.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A share as the server works with it. */
export type ShareRecord = {
  id: string;
  binId: string;
  label: string;
  hash: Buffer;
  requestId: string | null;
  q: string | null;
  hide: Redaction;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  opens: number;
  lastOpenedAt: Date | null;
};

type NewShare = Pick<
  ShareRecord,
  "id" | "binId" | "label" | "hash" | "requestId" | "q" | "hide" | "expiresAt"
>;

/** How often a share was opened, and when last. */
export type Opened = { id: string; times: number; at: Date };

const toShare = (row: ShareModel): ShareRecord => ({
  ...row,
  hash: toBuffer(row.hash),
  hide: row.hide as Redaction,
});

const isOver = (share: Pick<ShareRecord, "expiresAt" | "revokedAt">, nowMs = Date.now()) =>
  share.revokedAt !== null || (share.expiresAt !== null && share.expiresAt.getTime() <= nowMs);

export function createShares({ prisma }: Pick<Database, "prisma">) {
  /** Null when the bin has as many as it may. */
  async function create(share: NewShare, max: number): Promise<ShareRecord | null> {
    return prisma.$transaction(async (tx) => {
      // Prisma has no row lock; without one, two at once could go over the limit.
      await tx.$queryRaw`SELECT 1 FROM bins WHERE id = ${share.binId} FOR UPDATE`;
      if ((await tx.share.count({ where: { binId: share.binId, revokedAt: null } })) >= max)
        return null;
      return toShare(await tx.share.create({ data: { ...share, hash: bytes(share.hash) } }));
    });
  }

  /** Newest first, without those that were revoked; `before` is the id of the last one seen (UUIDv7). */
  async function list(
    binId: string,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<ShareRecord[]> {
    const rows = await prisma.share.findMany({
      where: { binId, revokedAt: null, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map(toShare);
  }

  /** Also those that are over (`isOver`). */
  async function find(id: string): Promise<ShareRecord | null> {
    if (!isUuid(id)) return null;
    const row = await prisma.share.findUnique({ where: { id } });
    return row && toShare(row);
  }

  /** Ends it for everybody who has it open. False when there is none to revoke. */
  async function revoke(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const [, { count }] = await prisma.$transaction([
      prisma.sessionShare.deleteMany({ where: { shareId: id, share: { binId } } }),
      prisma.share.updateMany({
        where: { id, binId, revokedAt: null },
        data: { revokedAt: new Date() },
      }),
    ]);
    return count === 1;
  }

  /** Those of these shares that are not over. */
  async function open(ids: readonly string[]): Promise<Set<string>> {
    const rows = await prisma.share.findMany({
      where: { id: { in: [...ids] }, revokedAt: null },
      select: { id: true, expiresAt: true, revokedAt: true },
    });
    return new Set(rows.filter((row) => !isOver(row)).map(({ id }) => id));
  }

  /** A browser opens the share from now on. */
  async function remember(session: Buffer, shareId: string): Promise<void> {
    const sessionId = bytes(session);
    await prisma.$transaction([
      prisma.session.upsert({
        where: { id: sessionId },
        create: { id: sessionId },
        update: { lastSeenAt: new Date() },
      }),
      prisma.sessionShare.upsert({
        where: { sessionId_shareId: { sessionId, shareId } },
        create: { sessionId, shareId },
        update: {},
      }),
    ]);
  }

  /** When the browser was seen last, if it has opened the share; else null. */
  async function heldBy(session: Buffer, shareId: string): Promise<Date | null> {
    const sessionId = bytes(session);
    const alive = new Date(Date.now() - SESSION_DAYS * DAY_MS);
    const [row, held] = await Promise.all([
      prisma.session.findUnique({ where: { id: sessionId, lastSeenAt: { gt: alive } } }),
      prisma.sessionShare.findUnique({ where: { sessionId_shareId: { sessionId, shareId } } }),
    ]);
    return row && held && row.lastSeenAt;
  }

  async function countOpens(opened: readonly Opened[]): Promise<void> {
    await prisma.$transaction(
      opened.map(({ id, times, at }) =>
        prisma.share.updateMany({
          where: { id },
          data: { opens: { increment: times }, lastOpenedAt: at },
        }),
      ),
    );
  }

  return { create, list, find, isOver, revoke, open, remember, heldBy, countOpens };
}
