import os from "node:os";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "#prisma/generated/client.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { checkServer } from "./check-server.ts";
import { type Embedded, startEmbedded } from "./embedded/supervisor.ts";
import { migrate } from "./migrate.ts";
import { createStatementNames } from "./statement-names.ts";
import { watchDatabase } from "./watch.ts";

export type Database = {
  /** For the statements that are written by hand. Every connection commits synchronously. */
  pool: pg.Pool;
  /** For every ordinary query, over the same connections. */
  prisma: PrismaClient;
  url: string;
  embedded: boolean;
  /** Where the data is, for the person at the terminal; never the password. */
  description: string;
  /** One more line for that person, or null. */
  note: string | null;
  /** Whether the database can be reached at this moment. */
  isUp(): boolean;
  /** Ends the connections and, last of all, the embedded Postgres. */
  stop(): Promise<void>;
};

/** What a connection is given at its start, so that no setting of the server or of the URL can weaken it. */
const SESSION_OPTIONS = [
  "synchronous_commit=on",
  "statement_timeout=30s",
  "idle_in_transaction_session_timeout=15s",
];
const CLOSE_LIMIT_MS = 3_000;

/**
 * Opens the database that the settings name: an outside one by DATABASE_URL, else a Postgres of our own in DATA_DIR.
 * Checks it, migrates it, and keeps watching it; a database that dies later is never a crash of this process.
 * @throws StartError
 */
export async function openDatabase(config: Config, log: Log): Promise<Database> {
  const outside = config.database.url;
  const embedded = outside === undefined ? await startEmbedded(config.database.dataDir, log) : null;
  try {
    return await openAt(outside ?? embedded?.url ?? "", embedded, log);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function openAt(url: string, embedded: Embedded | null, log: Log): Promise<Database> {
  const version = await checkServer(url, log);
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, "the database was migrated");
  const pool = openPool(url, log);
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() });
  const prisma = new PrismaClient({ adapter });
  const watch = watchDatabase(url, log);
  const place = embedded ? `in ${embedded.home}` : `at ${withoutPassword(url)}`;
  return {
    pool,
    prisma,
    url,
    embedded: embedded !== null,
    description: `Postgres ${version} ${place}`,
    note: embedded?.note ?? null,
    isUp: () => watch.isUp(),
    stop: async () => {
      await watch.stop();
      await prisma.$disconnect();
      await closePool(pool);
      await embedded?.stop();
    },
  };
}

function openPool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withSessionOptions(url),
    application_name: "hooklens",
    max: Math.min(20, Math.max(8, os.availableParallelism() * 4)),
    min: 2,
    // Without it a caller waits for ever while the database is away.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // So that connections move on after an outside database has failed over.
    maxLifetimeSeconds: 1_800,
    // Above statement_timeout: ends the wait on a network that is cut without a word.
    query_timeout: 35_000,
    keepAlive: true,
  });
  // A lost connection is an 'error' event; without a listener, on the pool and on a connection in use, Node would exit.
  pool.on("error", ({ message }) => log.debug({ reason: message }, "a connection was lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

function withSessionOptions(url: string): string {
  const parsed = new URL(url);
  const given = parsed.searchParams.get("options") ?? "";
  const ours = SESSION_OPTIONS.map((option) => `-c ${option}`);
  parsed.searchParams.set("options", [given, ...ours].join(" ").trim()); // The last one counts.
  return parsed.href;
}

function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

/** A query that never ends must not hold up the exit: its connection is dropped with the process. */
async function closePool(pool: pg.Pool): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, CLOSE_LIMIT_MS);
  await Promise.race([pool.end().catch(() => undefined), limit.promise]);
  clearTimeout(timer);
}
