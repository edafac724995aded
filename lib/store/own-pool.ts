import pg from "pg";
import type { Log } from "../log.ts";

/** Beyond the 4 s in which a sender is answered nobody waits for a statement any more: the writer goes on without it. */
const STATEMENT_TIMEOUT_MS = 6_000;
/** Above it: ends the wait for a database that has vanished without closing its connections. */
const ANSWER_TIMEOUT_MS = 8_000;

/** `waitsForDisk: false` for what may be lost in a crash of the database: its commits do not wait for the disk. */
type OwnPool = { name: string; max: number; waitsForDisk?: boolean };

/** Connections for one kind of work only: no slow query of another stands in front of it. */
export function openOwnPool(
  url: string,
  { name, max, waitsForDisk = true }: OwnPool,
  log: Log,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 0,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    lock_timeout: 5_000,
    options: `-c synchronous_commit=${waitsForDisk ? "on" : "off"}`,
  });
  pool.on("error", (error) => {
    // A database that stops with us may say so on connections that are being closed.
    if (!pool.ending) log.warn({ err: error, pool: name }, "database connection lost");
  });
  // The pool listens to idle clients only: a connection lost while it is in use would end this process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export async function withClient<Result>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await use(client);
    client.release();
    return result;
  } catch (error) {
    // After an error of its connection, or a time-out of its statement, a client is not used again.
    client.release(kindOf(error) === "connection");
    throw error;
  }
}

/**
 * SQLSTATE classes (Postgres, appendix A); what has no such code is a matter of the connection, except a value that
 * could not be encoded: taken for a lost connection, its batch would be tried again and again, with all that wait behind.
 */
export function kindOf(error: unknown): "connection" | "conflict" | "duplicate" | "row" {
  if (error instanceof RangeError || error instanceof TypeError) return "row";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^[0-9A-Z]{5}$/.test(code)) return "connection";
  if (code === "40P01" || code === "40001" || code === "55P03") return "conflict";
  if (code === "23505") return "duplicate";
  if (/^(08|57|53|58|XX)/.test(code)) return "connection";
  return "row";
}
