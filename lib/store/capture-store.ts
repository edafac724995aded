import pg from "pg";
import type { BinState } from "../capture/bin-cache.ts";
import type { Store as CaptureNeeds } from "../capture/capture.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { findStored, insertBatch } from "./insert-batch.ts";
import { insertBody } from "./insert-body.ts";
import { saveAnswers } from "./save-answers.ts";
import type { Store } from "./store.ts";
import type { BinRecord } from "./to-bin.ts";

/** Beyond the 4 s in which a sender is answered nobody waits for a statement any more: the writer goes on without it. */
const STATEMENT_TIMEOUT_MS = 6_000;
/** Above it: ends the wait for a database that has vanished without closing its connections. */
const ANSWER_TIMEOUT_MS = 8_000;

/**
 * The hot path's own connections: one for rows, two for large bodies, one for what became of answers. Nothing else may
 * borrow them, so no slow query stands in front of a capture.
 */
export function createCaptureStore(
  database: Pick<Database, "url">,
  bins: Pick<Store["bins"], "find">,
  log: Log,
): CaptureNeeds & { stop(): Promise<void> } {
  const rows = openPool(database.url, 1, "hooklens-rows", "", log);
  const bodies = openPool(database.url, 2, "hooklens-bodies", "", log);
  // Losing these on a crash is honest ("unknown"), so they need not wait for the disk.
  const answers = openPool(database.url, 1, "hooklens-answers", "-c synchronous_commit=off", log);

  return {
    insertBatch: (drafts) => withClient(rows, (client) => insertBatch(client, drafts)),
    findStored: (ids) => withClient(rows, (client) => findStored(client, ids)),
    insertBody: (id, pieces) => withClient(bodies, (client) => insertBody(client, id, pieces)),
    saveAnswers: (records) => withClient(answers, (client) => saveAnswers(client, records)),
    findBin: async (binId) => toBinState(await bins.find(binId)),
    kindOf,
    async stop() {
      await Promise.all([rows.end(), bodies.end(), answers.end()]);
    },
  };
}

function toBinState(bin: BinRecord | null): BinState {
  if (!bin) return { kind: "unknown" };
  if (bin.deletedAt) return { kind: "gone" };
  return { kind: "open", answer: bin.response, expiresAtMs: bin.expiresAt?.getTime() ?? null };
}

function openPool(url: string, max: number, name: string, options: string, log: Log): pg.Pool {
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
    options: `-c synchronous_commit=on ${options}`,
  });
  pool.on("error", (error) => {
    // A database that stops with us may say so on connections that are being closed.
    if (!pool.ending) log.warn({ err: error, pool: name }, "database connection lost");
  });
  // The pool listens to idle clients only: a connection lost while it is in use would end this process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

async function withClient<Result>(
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
function kindOf(error: unknown): "connection" | "conflict" | "duplicate" | "row" {
  if (error instanceof RangeError || error instanceof TypeError) return "row";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^[0-9A-Z]{5}$/.test(code)) return "connection";
  if (code === "40P01" || code === "40001" || code === "55P03") return "conflict";
  if (code === "23505") return "duplicate";
  if (/^(08|57|53|58|XX)/.test(code)) return "connection";
  return "row";
}
