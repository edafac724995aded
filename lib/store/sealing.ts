import type { Sealed } from "../secrets/sealer.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";

/** A sealed value with the place that it belongs to. */
export type SealedRow = { binId: string; rowId: string; sealed: Sealed };

/** What is sealed in the whole database, for the start and for a new SECRET_KEY. */
export function createSealing({ prisma }: Pick<Database, "prisma">) {
  /** The known word of each key that anything is sealed with. */
  async function checks(): Promise<Sealed[]> {
    const rows = await prisma.sealingKey.findMany({
      where: { OR: [{ secrets: { some: {} } }, { variables: { some: {} } }] },
    });
    return rows.map(({ id, check }) => ({ keyId: id, bytes: toBuffer(check) }));
  }

  /** What another key sealed, by row id. */
  async function sealedByOthers(keyId: string, after: string, limit: number): Promise<SealedRow[]> {
    const asked = {
      where: { keyId: { not: keyId }, id: { gt: after } },
      select: { id: true, binId: true, keyId: true, sealed: true },
      orderBy: { id: "asc" },
      take: limit,
    } as const;
    const [secrets, variables] = await Promise.all([
      prisma.secret.findMany(asked),
      prisma.variable.findMany(asked),
    ]);
    return [...secrets, ...variables.flatMap(whole)]
      .map((row) => ({
        rowId: row.id,
        binId: row.binId,
        sealed: { keyId: row.keyId, bytes: toBuffer(row.sealed) },
      }))
      .sort((a, b) => (a.rowId < b.rowId ? -1 : 1))
      .slice(0, limit);
  }

  /** Puts a value sealed anew in the place of the old one, if that is there still. */
  async function replace({ rowId, sealed }: SealedRow, anew: Sealed, check: Sealed): Promise<void> {
    const asked = {
      where: { id: rowId, keyId: sealed.keyId },
      data: { keyId: anew.keyId, sealed: bytes(anew.bytes) },
    };
    await prisma.$transaction([
      prisma.sealingKey.createMany({
        data: { id: check.keyId, check: bytes(check.bytes) },
        skipDuplicates: true,
      }),
      prisma.secret.updateMany(asked),
      prisma.variable.updateMany(asked),
    ]);
  }

  async function drop({ rowId }: SealedRow): Promise<void> {
    await prisma.secret.deleteMany({ where: { id: rowId } });
    await prisma.variable.deleteMany({ where: { id: rowId } });
  }

  /** Forgets the keys that seal nothing any more. One that a running server seals with in this moment stays. */
  async function forgetUnusedKeys(): Promise<void> {
    const unused = await prisma.sealingKey.findMany({
      where: { secrets: { none: {} }, variables: { none: {} } },
      select: { id: true },
    });
    for (const { id } of unused) {
      await prisma.sealingKey.deleteMany({ where: { id } }).catch(() => undefined);
    }
  }

  return { checks, sealedByOthers, replace, drop, forgetUnusedKeys };
}

type Kept = { id: string; binId: string; keyId: string | null; sealed: Uint8Array | null };

/** A variable that is not sealed has nothing to be sealed anew. */
const whole = ({ keyId, sealed, ...row }: Kept) =>
  keyId !== null && sealed !== null ? [{ ...row, keyId, sealed }] : [];
