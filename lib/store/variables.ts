import type { Sealed } from "../secrets/sealer.ts";
import { bytes, toBuffer } from "./bytes.ts";
import type { Database } from "./database.ts";
import { lockBin } from "./lock-bin.ts";

/** A variable as it is kept: plain, or sealed. */
export type KeptVariable = {
  id: string;
  environment: string;
  name: string;
  value: string | null;
  sealed: Sealed | null;
};

/** The values of a bin's environments. */
export function createVariables({ prisma }: Pick<Database, "prisma">) {
  async function list(binId: string): Promise<KeptVariable[]> {
    const rows = await prisma.variable.findMany({
      where: { binId },
      orderBy: [{ environment: "asc" }, { id: "asc" }],
    });
    return rows.map(({ id, environment, name, value, keyId, sealed }) => ({
      id,
      environment,
      name,
      value,
      sealed: keyId !== null && sealed ? { keyId, bytes: toBuffer(sealed) } : null,
    }));
  }

  /**
   * Puts these in the place of all that the environment had.
   * @param check the known word of the key that sealed, where one did.
   * @returns false when the bin is gone, or has as many environments as it may.
   */
  async function replace(
    binId: string,
    environment: string,
    {
      variables,
      check,
      environmentsMax,
    }: {
      variables: readonly KeptVariable[];
      check: Sealed | null;
      environmentsMax: number;
    },
  ): Promise<"replaced" | "gone" | "full"> {
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return "gone";
      const known = await tx.variable.findMany({
        where: { binId, environment: { not: environment } },
        distinct: ["environment"],
        select: { environment: true },
      });
      if (known.length >= environmentsMax) return "full";
      if (check) {
        const key = { id: check.keyId, check: bytes(check.bytes) };
        await tx.sealingKey.createMany({ data: key, skipDuplicates: true });
      }
      await tx.variable.deleteMany({ where: { binId, environment } });
      await tx.variable.createMany({
        data: variables.map(({ id, name, value, sealed }) => ({
          id,
          binId,
          environment,
          name,
          value,
          keyId: sealed?.keyId ?? null,
          sealed: sealed ? bytes(sealed.bytes) : null,
        })),
      });
      return "replaced";
    });
  }

  async function remove(binId: string, environment: string): Promise<boolean> {
    const { count } = await prisma.variable.deleteMany({ where: { binId, environment } });
    return count > 0;
  }

  return { list, replace, remove };
}
