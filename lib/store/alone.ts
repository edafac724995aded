import type pg from "pg";
import type { Database } from "./database.ts";

/**
 * Runs work that one process at a time may do, under an advisory lock of this number.
 * @returns false when another process does it now.
 */
export async function alone(
  { pool }: Pick<Database, "pool">,
  lock: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect();
  let isClean = false;
  try {
    const got = await tryLock(client, lock);
    if (got) {
      await work();
      await client.query("SELECT pg_advisory_unlock($1)", [lock]);
    }
    isClean = true;
    return got;
  } finally {
    // A connection that may still hold the lock must not go back to the pool.
    client.release(!isClean);
  }
}

async function tryLock(client: pg.PoolClient, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_lock($1) AS locked",
    [lock],
  );
  return rows[0]?.locked === true;
}
