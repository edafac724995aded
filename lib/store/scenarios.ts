import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { type RunReport, type Scenario, SCENARIOS_MAX } from "../contract/scenarios.ts";
import type { Database } from "./database.ts";
import { lockBin, type Transaction } from "./lock-bin.ts";

type Row = {
  id: string;
  name: string;
  source: string;
  createdAt: Date;
  updatedAt: Date;
  lastRun: unknown;
};

const toScenario = ({ createdAt, updatedAt, lastRun, ...row }: Row): Scenario => ({
  id: row.id,
  name: row.name,
  source: row.source,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  // Written by saveRun only.
  lastRun: lastRun as RunReport | null,
});

type Named = { name: string; source: string };

export function createScenarios({ prisma }: Pick<Database, "prisma">) {
  async function add(
    binId: string,
    { name, source }: Named,
  ): Promise<Scenario | "gone" | "full" | "exists"> {
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return "gone";
      if ((await tx.scenario.count({ where: { binId } })) >= SCENARIOS_MAX) return "full";
      if (await isTaken(tx, binId, name, null)) return "exists";
      return toScenario(await tx.scenario.create({ data: { id: uuidv7(), binId, name, source } }));
    });
  }

  /** By their names. */
  async function list(binId: string): Promise<Scenario[]> {
    const rows = await prisma.scenario.findMany({ where: { binId }, orderBy: { name: "asc" } });
    return rows.map(toScenario);
  }

  async function get(binId: string, id: string): Promise<Scenario | null> {
    if (!isUuid(id)) return null;
    const row = await prisma.scenario.findFirst({ where: { id, binId } });
    return row && toScenario(row);
  }

  /** Null when it is not there. */
  async function change(
    binId: string,
    id: string,
    { name, source }: Named,
  ): Promise<Scenario | "exists" | null> {
    if (!isUuid(id)) return null;
    return prisma.$transaction(async (tx) => {
      if (!(await lockBin(tx, binId))) return null;
      if (await isTaken(tx, binId, name, id)) return "exists";
      const where = { id, binId };
      await tx.scenario.updateMany({ where, data: { name, source, updatedAt: new Date() } });
      const row = await tx.scenario.findFirst({ where });
      return row && toScenario(row);
    });
  }

  async function remove(binId: string, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { count } = await prisma.scenario.deleteMany({ where: { id, binId } });
    return count > 0;
  }

  async function saveRun(id: string, lastRun: RunReport): Promise<void> {
    await prisma.scenario.updateMany({ where: { id }, data: { lastRun } });
  }

  return { add, list, get, change, remove, saveRun };
}

async function isTaken(tx: Transaction, binId: string, name: string, by: string | null) {
  const row = await tx.scenario.findFirst({ where: { binId, name }, select: { id: true } });
  return row !== null && row.id !== by;
}
