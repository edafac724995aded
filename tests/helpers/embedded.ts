import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { readConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { type Database, openDatabase } from "#lib/store/database.ts";
import { endAll } from "./holders.ts";

/** A killed database must take statements again within this time, on a busy machine too. */
const BACK_MS_MAX = 30_000;

/** A data folder for each test of a file, and the embedded databases opened in it. */
export class EmbeddedDatabases {
  /** This test's folder; nothing is in it yet. */
  dataDir = "";
  #opened: Database[] = [];

  /** Where the embedded Postgres keeps its own. */
  get home(): string {
    return path.join(this.dataDir, "postgres");
  }

  get postmasterPid(): number {
    const file = path.join(this.home, "data/postmaster.pid");
    return Number(readFileSync(file, "utf8").split("\n")[0]);
  }

  async open(folder = this.dataDir): Promise<Database> {
    const config = readConfig({ DATA_DIR: folder, NODE_ENV: "test" });
    const database = await openDatabase(config, createLog("silent"));
    this.#opened.push(database);
    return database;
  }

  async close(database: Database): Promise<void> {
    this.#opened = this.#opened.filter((one) => one !== database);
    await database.stop();
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((database) => database.stop()));
  }
}

/** For the top of a test file. After its last test it checks that no database of the file is left running. */
export function useEmbeddedDatabases(): EmbeddedDatabases {
  const databases = new EmbeddedDatabases();
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "hooklens-embedded-"));
    // Open to pass through: when we are root, the database runs as another user.
    chmodSync(root, 0o711);
  });
  beforeEach(() => {
    databases.dataDir = mkdtempSync(path.join(root, "data-"));
  });
  afterEach(async () => {
    await databases.closeAll();
    await endAll();
  });
  afterAll(() => {
    const running = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
    expect(running.filter((line) => line.includes(root) && line.includes("-D "))).toEqual([]);
    rmSync(root, { recursive: true, force: true });
  });
  return databases;
}

export const write = (database: Database, text: string) =>
  database.pool.query("INSERT INTO bins (id, name) VALUES ($1, $1)", [text]);

/** How many rows were written. */
export const count = async (database: Database) =>
  (await database.pool.query("SELECT id FROM bins")).rowCount;

/** Until a database that was killed takes statements again. */
export async function untilBack(database: Database): Promise<void> {
  const takesStatements = async () => {
    await database.pool.query("SELECT 1");
    return database.isUp();
  };
  const deadline = Date.now() + BACK_MS_MAX;
  while (!(await takesStatements().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`Not back after ${BACK_MS_MAX} ms.`);
    await sleep(10);
  }
}
