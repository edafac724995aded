import { LISTENER_KEPT_DAYS } from "../../contract/relay.ts";
import type { Database } from "../database.ts";
import type { Task } from "./pace.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Forgets listeners that were not heard for a week, with their place. */
export function createListenerSweep({ prisma }: Pick<Database, "prisma">): Task {
  return async () => {
    const heardBefore = new Date(Date.now() - LISTENER_KEPT_DAYS * DAY_MS);
    await prisma.listener.deleteMany({ where: { heardAt: { lt: heardBefore } } });
  };
}
