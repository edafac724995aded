import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { messageOf } from "../message-of.ts";
import { StartError } from "./start-error.ts";

/** The advisory lock that Prisma's own engine takes, so that it and we never migrate at once. */
const MIGRATION_LOCK = 72_707_369;
const LOCK_WAIT = "60s";
const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** As Prisma's engine makes it (prisma-engines, sql_migration_persistence.rs), so that its tools accept the database. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

type Migration = { name: string; sql: string };
type HistoryRow = { migration_name: string; checksum: string; finished_at: Date | null };

/**
 * Applies the migrations that a database lacks, each in one transaction with its record, so that a kill at any moment
 * leaves it whole or not begun. Several processes may call it at once: one works, the others wait and find nothing to do.
 * Prisma's own `migrate deploy` is not used: it wants a native engine that is downloaded at first use.
 * @returns the names applied now.
 * @throws StartError when one fails, was edited after it had been applied, or is unknown here (a newer version was there).
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<string[]> {
  const files = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url, application_name: "hooklens-migrate" });
  client.on("error", () => undefined); // A lost connection also rejects the query under way: that is where it is told.
  await client.connect();
  try {
    await lockHistory(client);
    const done = await readHistory(client);
    assertSameHistory(files, done);
    const missing = files.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end(); // This also frees the advisory lock.
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql };
    }),
  );
}

async function lockHistory(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = '${LOCK_WAIT}'`);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "55P03") throw error;
    throw new StartError(
      `Another process has been migrating the database for ${LOCK_WAIT}. Start again when it is done.`,
    );
  }
}

async function readHistory(client: pg.Client): Promise<Map<string, string>> {
  await client.query(HISTORY_TABLE);
  const { rows } = await client.query<HistoryRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const unfinished = rows.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new StartError(
      `The migration ${unfinished.migration_name} was begun with another tool and never finished. ` +
        "Repair the database and mark it with `prisma migrate resolve`, then start again.",
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function assertSameHistory(files: Migration[], done: Map<string, string>): void {
  const known = new Map(files.map(({ name, sql }) => [name, sql]));
  for (const [name, checksum] of done) {
    const sql = known.get(name);
    if (sql === undefined) {
      throw new StartError(
        `The database holds the migration ${name}, which this version does not know: a newer Hooklens has used it. ` +
          "Start that version, or go back to a backup.",
      );
    }
    if (!isChecksumOf(checksum, sql)) {
      throw new StartError(
        `prisma/migrations/${name}/migration.sql was edited after it had been applied. Restore the file, and put the change into a new migration.`,
      );
    }
  }
}

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

/** Git may have changed the line ends on the way (Windows), as Prisma's checksum.rs also allows. */
function isChecksumOf(checksum: string, sql: string): boolean {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].some((text) => sha256(text) === checksum);
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), sha256(sql), name, startedAt],
    );
    await client.query("COMMIT");
  } catch (error) {
    const reason = messageOf(error);
    await client.query("ROLLBACK").catch(() => undefined); // The connection may be what failed.
    throw new StartError(`The migration ${name} failed and was undone: ${reason}.`, {
      cause: error,
    });
  }
}
