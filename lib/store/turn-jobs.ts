import { PgBoss } from "pg-boss";
import type pg from "pg";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { openOwnPool } from "./own-pool.ts";

/** A destination's turn, taken by this process. */
export type TurnJob = { id: string; destinationId: string };

export type TurnJobs = ReturnType<typeof createTurnJobs>;

const QUEUE = "destinations";
/** Silent for longer, a process counts as dead, and others take its turns. The least that pg-boss takes is 10 s. */
const HEARTBEAT_SECONDS = 15;
const SUPERVISE_SECONDS = 5;
const HOUR_SECONDS = 3_600;
/** pg-boss looks for dead processes again so long after it did last: a time that lies ahead would have that wait. */
const SET_BACK_SQL = [
  `UPDATE pgboss.queue SET monitor_claim_on = LEAST(monitor_claim_on, now()), monitor_on = LEAST(monitor_on, now()),
    maintain_on = LEAST(maintain_on, now()) WHERE name = '${QUEUE}'`,
  `UPDATE pgboss.job SET start_after = LEAST(start_after, now()), started_on = LEAST(started_on, now()),
    heartbeat_on = LEAST(heartbeat_on, now())
    WHERE name = '${QUEUE}' AND GREATEST(start_after, started_on, heartbeat_on) > now()`,
];
const RETRY_MS = 2_000;

/**
 * Who works at which destination: a pg-boss job is a destination's turn. There is one at most of each, queued or under
 * way, whatever the number of processes, and one whose process died is given to another. What is to be done lies in our
 * own tables: a job that is lost is made again from them.
 */
export function createTurnJobs({ url, embedded }: Pick<Database, "url" | "embedded">, log: Log) {
  // A job that a crash of the database loses is made again: no commit waits for the disk.
  const pool = openOwnPool(url, { name: "hooklens-turns", max: 2, waitsForDisk: false }, log);
  const boss = new PgBoss({
    db: dbOf(pool),
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: HOUR_SECONDS,
  });
  boss.on("error", ({ message }) => log.debug({ reason: message }, "a turn could not be kept"));
  boss.on("warning", ({ message }) => log.debug({ reason: message }, "turns"));
  let isReady = false;
  let isStopped = false;
  let retry: NodeJS.Timeout | undefined;

  /** Makes the schema `pgboss` where it is missing, under pg-boss' own lock; again and again until it is there. */
  async function start(): Promise<void> {
    try {
      await boss.start();
      await boss.createQueue(QUEUE, {
        policy: "exclusive",
        retryLimit: 0,
        expireInSeconds: HOUR_SECONDS,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        retentionSeconds: HOUR_SECONDS,
        deleteAfterSeconds: HOUR_SECONDS,
      });
      // Nobody else works on a database of our own: what is there is of a process that died.
      if (embedded) await boss.deleteAllJobs(QUEUE);
      isReady = true;
    } catch (error) {
      log.warn({ err: error }, "pg-boss is not ready; destinations wait for it");
      if (!isStopped) retry = setTimeout(() => void start(), RETRY_MS);
    }
  }

  return {
    start,
    /** False until the schema is there. */
    isReady: () => isReady,

    /** Puts turns of these into the queue, unless they have one. With a client: in its transaction. */
    async wake(destinationIds: readonly string[], client?: pg.ClientBase): Promise<void> {
      if (!isReady) return;
      const jobs = destinationIds.map((id) => ({ singletonKey: id, data: { destinationId: id } }));
      await boss.insert(QUEUE, jobs, client ? { db: dbOf(client) } : {});
    },

    async take(most: number): Promise<TurnJob[]> {
      if (!isReady) return [];
      const jobs = await boss.fetch<{ destinationId: string }>(QUEUE, { batchSize: most });
      return jobs.map(({ id, data }) => ({ id, destinationId: data.destinationId }));
    },

    /** A sign of life for these turns. */
    async keep(jobIds: readonly string[]): Promise<void> {
      await boss.touch(QUEUE, [...jobIds]);
    },

    /** The database's clock was set back: no sign of life lies ahead, and no look for missing ones. */
    async clockSetBack(): Promise<void> {
      if (!isReady) return;
      for (const text of SET_BACK_SQL) await pool.query(text);
    },

    /** Its row goes at once: a busy server has thousands of turns an hour, and nobody asks for old ones. */
    async end(jobId: string): Promise<void> {
      await boss.deleteJob(QUEUE, jobId);
    },

    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(retry);
      await boss.stop({ graceful: false, close: false }).catch(() => undefined);
      await pool.end();
    },
  };
}

const dbOf = (client: Pick<pg.ClientBase, "query">) => ({
  executeSql: async (text: string, values?: unknown[]) => client.query(text, values),
});
