import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { messageOf } from "../../message-of.ts";
import { StartError } from "../start-error.ts";

const SQLITE_BUSY = 5;

/**
 * Makes this process the only server of a data folder, until it releases it or dies. Node has no call for a file lock;
 * SQLite's exclusive transaction is one that the kernel frees with the process, also after a kill -9, and that two
 * processes starting at the same instant can't both get. A lock inside Postgres would be free while Postgres restarts.
 * @throws StartError when another server holds it.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const pidFile = path.join(dataDir, "server.pid");
  const lock = openLock(path.join(dataDir, "server.lock"), pidFile, dataDir);
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => lock.close() };
}

function openLock(file: string, pidFile: string, dataDir: string): DatabaseSync {
  try {
    closeToOthers(file);
    const lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) {
      throw new StartError(
        `Another Hooklens server is using ${dataDir}${holder(pidFile)}. Stop it, or start this one with another DATA_DIR.`,
      );
    }
    const reason = messageOf(error);
    throw new StartError(
      `The data folder ${dataDir} can't be locked (${reason}): it must be on a local disk, and this user able to write there.`,
      { cause: error },
    );
  }
}

/** Who can read the file could lock it. Only a new one is touched: closing a file gives up this process's locks on it. */
function closeToOthers(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
}

function holder(pidFile: string): string {
  try {
    return ` (process ${readFileSync(pidFile, "utf8").trim()})`;
  } catch {
    return "";
  }
}
