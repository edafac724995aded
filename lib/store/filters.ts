import { validate as isUuid } from "uuid";
import {
  FILTERS_MAX,
  type FilterCreate,
  type FilterPatch,
  type SavedFilter,
} from "../contract/filters.ts";
import type { Database } from "./database.ts";
import { lockBin, type Transaction } from "./lock-bin.ts";

type Row = { id: string; name: string; q: string; createdAt: Date };

const shown = { id: true, name: true, q: true, createdAt: true } as const;
const toFilter = (row: Row): SavedFilter => ({ ...row, createdAt: row.createdAt.toISOString() });

/** The filters that a bin keeps under names. Each change raises the bin's version, so that all pages are told. */
export function createFilters({ prisma }: Pick<Database, "prisma">) {
  /** By name. */
  async function list(binId: string): Promise<SavedFilter[]> {
    const rows = await prisma.savedFilter.findMany({ where: { binId }, select: shown });
    return rows.map(toFilter).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  }

  async function add(
    binId: string,
    filter: FilterCreate & { id: string },
  ): Promise<SavedFilter | "gone" | "full" | "taken"> {
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return "gone";
      if ((await tx.savedFilter.count({ where: { binId } })) >= FILTERS_MAX) return "full";
      if (await isTaken(tx, binId, filter.name)) return "taken";
      const row = await tx.savedFilter.create({ data: { ...filter, binId }, select: shown });
      await told(tx, binId);
      return toFilter(row);
    });
  }

  async function change(
    binId: string,
    id: string,
    { name, q }: FilterPatch,
  ): Promise<SavedFilter | "gone" | "taken"> {
    if (!isUuid(id)) return "gone";
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return "gone";
      if (name !== undefined && (await isTaken(tx, binId, name, id))) return "taken";
      const data = { ...(name === undefined ? {} : { name }), ...(q === undefined ? {} : { q }) };
      const [row] = await tx.savedFilter.updateManyAndReturn({
        where: { id, binId },
        data,
        select: shown,
      });
      if (!row) return "gone";
      await told(tx, binId);
      return toFilter(row);
    });
  }

  /** False when it is not there. */
  async function remove(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    return prisma.$transaction(async (tx) => {
      const { count } = await tx.savedFilter.deleteMany({ where: { id, binId } });
      if (count > 0) await told(tx, binId);
      return count > 0;
    });
  }

  return { list, add, change, remove };
}

/** In any letter case: two names that look alike are told apart by nobody. */
async function isTaken(tx: Transaction, binId: string, name: string, but?: string) {
  const others = await tx.savedFilter.findMany({
    where: { binId },
    select: { id: true, name: true },
  });
  const folded = name.toLowerCase();
  return others.some((other) => other.id !== but && other.name.toLowerCase() === folded);
}

async function told(tx: Transaction, binId: string): Promise<void> {
  await tx.bin.updateMany({ where: { id: binId }, data: { version: { increment: 1 } } });
}
