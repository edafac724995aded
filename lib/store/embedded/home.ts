import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { messageOf } from "../../message-of.ts";
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
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(dataDir);
    // Root's database runs as somebody else, who must pass through to the folder inside that is its own.
    if (process.getuid?.() === 0 && uid === 0) chmodSync(dataDir, (mode & 0o777) | 0o011);
  } catch (error) {
    const reason = messageOf(error);
    throw new StartError(`The data folder can't be made: ${reason}. Set DATA_DIR to one that can.`);
  }
}

function findHome(dataDir: string): Omit<Place, "lock"> {
  const inside = path.join(dataDir, "postgres");
  const pointer = path.join(dataDir, "database-folder");
  const outside = readPointer(pointer);
  const existing = [inside, outside].find((home) => home !== null && holdsCluster(home)) ?? null;
  const account = databaseAccount(existing === null ? null : path.join(existing, "data"));
  const reachable = canReach(account, dataDir);
  if (existing === inside && !reachable) {
    throw new StartError(
      `The database in ${inside} can't be reached by its owner (user ${account?.name}): a folder above it is closed to others.`,
    );
  }
  const home = existing ?? (reachable ? inside : (outside ?? newFolder()));
  const spare = reachable ? dataDir : SYSTEM_FOLDER;
  mkdirSync(spare, { recursive: true, mode: 0o755 });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (home === inside) return { home, account, spare, note: null };
  writeFileSync(pointer, `${home}\n`, { mode: 0o600 });
  const note = `User ${account?.name}, who runs the database, can't reach ${dataDir}: its data is in ${home}.`;
  return { home, account, spare, note };
}

/** Named in the data folder and not after its path, so that who empties the data folder starts anew. */
const newFolder = () => path.join(SYSTEM_FOLDER, `data-${randomBytes(6).toString("hex")}`);

const readPointer = (file: string) =>
  existsSync(file) ? readFileSync(file, "utf8").trim() || null : null;
