import type { Sealed } from "../secrets/sealer.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import {
  headerColumns,
  type KeptHeaders,
  keyRow,
  type SealedHeaders,
  toKeptHeaders,
} from "./kept-headers.ts";

/** A sealed value with the place that it belongs to. */
export type SealedRow = { binId: string; rowId: string; sealed: Sealed };

/** What is sealed in the whole database, for the start and for a new SECRET_KEY. */
export function createSealing({ prisma }: Pick<Database, "prisma">) {
  /** The known word of each key that anything is sealed with. */
  async function checks(): Promise<Sealed[]> {
    const rows = await prisma.sealingKey.findMany({
      where: {
        OR: [
          { secrets: { some: {} } },
          { variables: { some: {} } },
          { destinations: { some: {} } },
        ],
      },
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
    const [secrets, variables, destinations] = await Promise.all([
      prisma.secret.findMany(asked),
      prisma.variable.findMany(asked),
      prisma.destination.findMany({
        where: { headersKeyId: { not: keyId }, id: { gt: after } },
        select: { id: true, binId: true, headersKeyId: true, headersSealed: true },
        orderBy: { id: "asc" },
        take: limit,
      }),
    ]);
    const headers = destinations.map(({ id, binId, headersKeyId, headersSealed }) => ({
      id,
      binId,
      keyId: headersKeyId,
      sealed: headersSealed,
    }));
    return [...secrets, ...[...variables, ...headers].flatMap(whole)]
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
      prisma.destination.updateMany({
        where: { id: rowId, headersKeyId: sealed.keyId },
        data: { headersKeyId: anew.keyId, headersSealed: bytes(anew.bytes) },
      }),
    ]);
  }

  async function drop({ rowId }: SealedRow): Promise<void> {
    await prisma.secret.deleteMany({ where: { id: rowId } });
    await prisma.variable.deleteMany({ where: { id: rowId } });
    // Without the headers that it is to add it must not go on by itself.
    await prisma.destination.updateMany({
      where: { id: rowId },
      data: { enabled: false, addHeaders: [], headersKeyId: null, headersSealed: null },
    });
  }

  /** Destinations and resends whose added headers are not sealed: there was no key when they were made. */
  async function unsealedHeaders(): Promise<{ id: string; binId: string; kept: KeptHeaders }[]> {
    const rows = await prisma.destination.findMany({
      where: { headersKeyId: null, NOT: { addHeaders: { equals: [] } } },
    });
    return rows.map((row) => ({ id: row.id, binId: row.binId, kept: toKeptHeaders(row) }));
  }

  /** One that was changed meanwhile stays as it is. */
  async function sealHeaders(
    id: string,
    { add }: KeptHeaders,
    sealed: SealedHeaders,
  ): Promise<void> {
    await prisma.$transaction([
      prisma.sealingKey.createMany(keyRow(sealed)),
      prisma.destination.updateMany({
        where: { id, headersKeyId: null },
        data: headerColumns(add, sealed),
      }),
    ]);
  }

  /** Forgets the keys that seal nothing any more. One that a running server seals with in this moment stays. */
  async function forgetUnusedKeys(): Promise<void> {
    const unused = await prisma.sealingKey.findMany({
      where: { secrets: { none: {} }, variables: { none: {} }, destinations: { none: {} } },
      select: { id: true },
    });
    for (const { id } of unused) {
      await prisma.sealingKey.deleteMany({ where: { id } }).catch(() => undefined);
    }
  }

  return {
    checks,
    sealedByOthers,
    replace,
    drop,
    forgetUnusedKeys,
    unsealedHeaders,
    sealHeaders,
  };
}

type Kept = { id: string; binId: string; keyId: string | null; sealed: Uint8Array | null };

/** A variable that is not sealed has nothing to be sealed anew. */
const whole = ({ keyId, sealed, ...row }: Kept) =>
  keyId !== null && sealed !== null ? [{ ...row, keyId, sealed }] : [];
