import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { StartError } from "../start-error.ts";
import { type Account, canReach, databaseAccount } from "./account.ts";
import { holdsCluster } from "./cluster.ts";
import { lockDataDir } from "./lock.ts";

/** Where a server started by root puts what its unprivileged database can't reach elsewhere. */
const SYSTEM_FOLDER = "/var/lib/hooklens";

/** Where the database lives, who runs it, and the lock that makes it ours. */
export type Place = {
  home: string;
  account: Account;
  /** A folder that `account` can reach, for copies of the programs. */
  spare: string;
  note: string | null;
  lock: ReturnType<typeof lockDataDir>;
};

/**
 * Finds the database's folder: `postgres` in the data folder; for a server started by root whose data folder lies below
 * one that is closed to others (a 0700 /root), a folder of its own in /var/lib/hooklens. Where data is already, it stays.
 */
export function chooseHome(dataDir: string): Place {
  makeDataDir(dataDir);
  const lock = lockDataDir(dataDir);
  try {
    return { ...findHome(dataDir), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeDataDir(dataDir: string): void {
  try {
    // Root's database passes through it to its own folder inside; only that one is closed.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data folder can't be made: ${reason}. Set DATA_DIR to one that can.`);
  }
}

function findHome(dataDir: string): Omit<Place, "lock"> {
  const inDataDir = path.join(dataDir, "postgres");
  const elsewhere = path.join(
    SYSTEM_FOLDER,
    `data-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`,
  );
  const existing = [inDataDir, elsewhere].find(holdsCluster) ?? null;
  const account = databaseAccount(existing === null ? null : path.join(existing, "data"));
  const reachable = canReach(account, dataDir);
  if (existing === inDataDir && !reachable) {
    throw new StartError(
      `The database in ${inDataDir} can't be reached by its owner (user ${account?.name}): a folder above it is closed to others.`,
    );
  }
  const home = existing ?? (reachable ? inDataDir : elsewhere);
  const spare = reachable ? dataDir : SYSTEM_FOLDER;
  for (const folder of [spare, home])
    mkdirSync(folder, { recursive: true, mode: folder === home ? 0o700 : 0o755 });
  const note =
    home === elsewhere
      ? `The database runs as user ${account?.name}, which can't reach ${dataDir}: its data is in ${elsewhere}.`
      : null;
  return { home, account, spare, note };
}
