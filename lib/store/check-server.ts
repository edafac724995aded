import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import { StartError } from "./start-error.ts";

const VERSIONS = { oldest: 15, newest: 18 };
/** A database that is started together with us (containers) gets this long to come up. */
const PATIENCE_MS = 20_000;
const RETRY_MS = 250;

/** Codes of "not there yet": no listener, a name that is not known yet, Postgres still starting (57P03). */
const NOT_YET = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ECONNRESET", "57P03"]);

type Answers = { version: number; name: string; fsync: string; encoding: string; standby: boolean };

/**
 * Refuses a database that Hooklens can't keep its promises on.
 * @returns its version, such as "18.4".
 * @throws StartError in one line, without the password.
 */
export async function checkServer(url: string, log: Log): Promise<string> {
  const answers = await ask(url, log);
  const major = Math.floor(answers.version / 10_000);
  const refuse = (what: string) => {
    throw new StartError(`The database ${what}`);
  };
  if (major < VERSIONS.oldest || major > VERSIONS.newest) {
    refuse(
      `is Postgres ${answers.name}; Hooklens works with ${VERSIONS.oldest} to ${VERSIONS.newest}.`,
    );
  }
  if (answers.fsync !== "on") {
    refuse(
      "runs with fsync off: acknowledged requests would be lost with the power. Switch fsync on.",
    );
  }
  if (answers.encoding !== "UTF8") refuse(`is encoded in ${answers.encoding}; make one in UTF8.`);
  if (answers.standby) refuse("is a read-only standby. Point DATABASE_URL at the primary.");
  return answers.name;
}

async function ask(url: string, log: Log): Promise<Answers> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let told = false; ; told = true) {
    try {
      return await askOnce(url);
    } catch (error) {
      if (!NOT_YET.has(codeOf(error)) || Date.now() > deadline) {
        throw new StartError(`The database can't be used: ${reasonOf(error)}.`, { cause: error });
      }
      if (!told) log.warn({ reason: reasonOf(error) }, "waiting for the database");
      await sleep(RETRY_MS);
    }
  }
}

async function askOnce(url: string): Promise<Answers> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on("error", () => undefined); // The query under way is rejected too.
  try {
    await client.connect();
    const { rows } = await client.query<Answers>(
      `SELECT current_setting('server_version_num')::int AS version, split_part(current_setting('server_version'), ' ', 1) AS name,
              current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby`,
    );
    if (!rows[0]) throw new Error("it gives no answer");
    return rows[0];
  } finally {
    client.end().catch(() => undefined);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** A name with several addresses fails with one error per address and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return messageOf(error);
}
