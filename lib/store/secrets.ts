import { validate as isUuid } from "uuid";
import type { SigningSecret } from "../contract/secrets.ts";
import type { Sealed } from "../secrets/sealer.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { lockBin, type Transaction } from "./lock-bin.ts";

/** A secret as it is kept. */
export type SealedSecret = {
  id: string;
  provider: string;
  sealed: Sealed;
  /** The seq of the request that brought it, until a person confirms it. */
  learnedFrom: number | null;
};

export type NewSecret = SealedSecret & {
  binId: string;
  label: string;
  /** The known word, sealed with the same key. */
  check: Sealed;
  publicKey: string | null;
};

type Row = {
  id: string;
  provider: string;
  label: string;
  publicKey: string | null;
  learnedFrom: bigint | null;
  createdAt: Date;
  lastUsedAt: Date | null;
};

const shown = {
  id: true,
  provider: true,
  label: true,
  publicKey: true,
  learnedFrom: true,
  createdAt: true,
  lastUsedAt: true,
} as const;

const toSecret = (row: Row): SigningSecret => ({
  id: row.id,
  provider: row.provider,
  label: row.label,
  publicKey: row.publicKey,
  learnedFrom: row.learnedFrom === null ? null : Number(row.learnedFrom),
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

export function createSecrets({ prisma }: Pick<Database, "prisma">) {
  /** Adds a secret, and plans that the stored requests are judged with it. */
  async function add(
    secret: NewSecret,
    most: { all: number; ofProvider: number },
  ): Promise<SigningSecret | "gone" | "full"> {
    const { id, binId, provider, label, sealed, check, publicKey, learnedFrom } = secret;
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return "gone";
      const others = await tx.secret.findMany({ where: { binId }, select: { provider: true } });
      const alike = others.filter((other) => other.provider === provider);
      if (others.length >= most.all || alike.length >= most.ofProvider) return "full";
      const key = { id: check.keyId, check: bytes(check.bytes) };
      await tx.sealingKey.createMany({ data: key, skipDuplicates: true });
      const kept = {
        id,
        binId,
        provider,
        label,
        keyId: sealed.keyId,
        sealed: bytes(sealed.bytes),
        publicKey,
        learnedFrom,
      };
      const row = await tx.secret.create({ data: kept, select: shown });
      await secretsChanged(tx, binId);
      return toSecret(row);
    });
  }

  /** False when it is not there. */
  async function remove(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return false;
      const { count } = await tx.secret.deleteMany({ where: { id, binId } });
      if (count > 0) await secretsChanged(tx, binId);
      return count > 0;
    });
  }

  /** Null when it is not there. What was verified with it stays so: nothing is judged again. */
  async function confirm(binId: string, id: string): Promise<SigningSecret | null> {
    if (!isUuid(id)) return null;
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return null;
      await tx.secret.updateMany({ where: { id, binId }, data: { learnedFrom: null } });
      await newVersion(tx, binId);
      const row = await tx.secret.findFirst({ where: { id, binId }, select: shown });
      return row && toSecret(row);
    });
  }

  /** Newest first; `before` is the id of the last one seen (UUIDv7: ids sort by time). */
  async function list(
    binId: string,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<SigningSecret[]> {
    const rows = await prisma.secret.findMany({
      where: { binId, ...(before ? { id: { lt: before } } : {}) },
      select: shown,
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map(toSecret);
  }

  async function sealed(binId: string): Promise<SealedSecret[]> {
    const rows = await prisma.secret.findMany({ where: { binId }, orderBy: { id: "desc" } });
    return rows.map(({ id, provider, keyId, sealed, learnedFrom }) => ({
      id,
      provider,
      sealed: { keyId, bytes: toBuffer(sealed) },
      learnedFrom: learnedFrom === null ? null : Number(learnedFrom),
    }));
  }

  /** A lost note costs nothing. */
  function touch(id: string): void {
    prisma.secret
      .updateMany({ where: { id }, data: { lastUsedAt: new Date() } })
      .catch(() => undefined);
  }

  return { add, confirm, remove, list, sealed, touch };
}

/** Other processes drop what they keep of the bin. */
async function newVersion(tx: Transaction, binId: string): Promise<void> {
  await tx.bin.updateMany({ where: { id: binId }, data: { version: { increment: 1 } } });
}

/** And all that is stored is judged again from the newest on. */
async function secretsChanged(tx: Transaction, binId: string): Promise<void> {
  await newVersion(tx, binId);
  const last = await tx.binHead.findUnique({ where: { binId } });
  const head = last?.lastSeq ?? 0n;
  const plan = { head, below: head + 1n, beganAt: new Date() };
  await tx.rejudging.upsert({ where: { binId }, create: { binId, ...plan }, update: plan });
}
