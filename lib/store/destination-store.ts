import type { DeadReason } from "../contract/destination-limits.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { endCarried, type HandOver, handOver, resumeCarried } from "./carried.ts";
import { type Choose, dispatchPage } from "./dispatch.ts";
import { kindOf, openOwnPool, withClient } from "./own-pool.ts";
import { clockSetBack } from "./set-back.ts";
import {
  type Beginning,
  beginAttempts,
  buryForwards,
  dropForwards,
  settleAttempts,
  type TurnOutcome,
} from "./turn-attempts.ts";
import { createTurnJobs } from "./turn-jobs.ts";
import {
  closeTurn,
  hasSent,
  type Hold,
  openTurn,
  readDue,
  readNextDue,
  readTurn,
} from "./turns.ts";

const FOUND_MAX = 500;

export type DestinationStore = ReturnType<typeof createDestinationStore>;

/**
 * The destinations' own connections: nothing of captures, pages or the API waits for them. Two for dispatchers, since one
 * holds its transaction while it reads what a query needs; four for what is tried.
 */
export function createDestinationStore(database: Pick<Database, "url" | "embedded">, log: Log) {
  const pages = openOwnPool(database.url, { name: "hooklens-dispatch", max: 4 }, log);
  const turns = openOwnPool(database.url, { name: "hooklens-destinations", max: 4 }, log);
  const jobs = createTurnJobs(database, log);

  /** Destinations with requests above their cursor; of these bins, or of all. */
  async function lagging(binIds: readonly string[] | null): Promise<string[]> {
    const { rows } = await pages.query<{ id: string }>({
      name: "dispatch-lagging",
      text: `SELECT destinations.id FROM destinations JOIN bin_heads USING (bin_id) JOIN bins ON bins.id = bin_id
        WHERE enabled AND cursor < COALESCE(through, last_seq) AND (expires_at IS NULL OR expires_at > now())
          AND ($1::text[] IS NULL OR bin_id = ANY ($1)) LIMIT ${FOUND_MAX}`,
      values: [binIds],
    });
    return rows.map(({ id }) => id);
  }

  /** Bins with destinations that take something. */
  async function watchedBins(): Promise<string[]> {
    const text = "SELECT DISTINCT bin_id AS id FROM destinations WHERE enabled AND through IS NULL";
    const { rows } = await pages.query<{ id: string }>({ name: "dispatch-bins", text });
    return rows.map(({ id }) => id);
  }

  /** Destinations at which there is something to do, the longest due first, and how long until the next one is. */
  async function due(except: readonly string[]): Promise<{ ids: string[]; nextMs: number | null }> {
    const { rows } = await turns.query<{ id: string; ms: number }>({
      name: "turns-due",
      text: `SELECT destination_id AS id, extract(epoch FROM due_at - clock_timestamp())::float8 * 1000 AS ms
        FROM destination_states JOIN destinations ON destinations.id = destination_id
          JOIN bins ON bins.id = bin_id
        WHERE due_at IS NOT NULL AND destination_id <> ALL ($1::uuid[]) AND enabled
          AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > now())
        ORDER BY due_at LIMIT ${FOUND_MAX}`,
      values: [except],
    });
    const later = rows.find(({ ms }) => ms > 0);
    return {
      ids: rows.filter(({ ms }) => ms <= 0).map(({ id }) => id),
      nextMs: later?.ms ?? null,
    };
  }

  /** What the database's clock says, in milliseconds since 1970. */
  async function clock(): Promise<number> {
    const text = "SELECT clock_timestamp() AS now";
    const { rows } = await turns.query<{ now: Date }>({ name: "turns-clock", text });
    return rows[0]?.now.getTime() ?? Number.NaN;
  }

  return {
    jobs,
    clock,
    /** See clockSetBack. @param ms by so much */
    async clockSetBack(ms: number): Promise<void> {
      await withClient(turns, (client) => clockSetBack(client, ms));
      await jobs.clockSetBack();
    },
    lagging,
    watchedBins,
    due,
    /** See dispatchPage. */
    dispatch: (destinationId: string, choose: Choose) =>
      dispatchPage(pages, jobs, destinationId, choose),
    open: (hold: Hold) => withClient(turns, (client) => openTurn(client, hold)),
    read: (hold: Hold) => withClient(turns, (client) => readTurn(client, hold)),
    page: (hold: Hold, how: Parameters<typeof readDue>[2]) =>
      withClient(turns, (client) => readDue(client, hold, how)),
    nextDue: (hold: Hold) => withClient(turns, (client) => readNextDue(client, hold)),
    hasSent: (destinationId: string, forwardIds: readonly string[]) =>
      withClient(turns, (client) => hasSent(client, destinationId, forwardIds)),
    begin: (
      hold: Hold,
      beginnings: readonly Beginning[],
      bucket: Parameters<typeof beginAttempts>[3],
    ) => withClient(turns, (client) => beginAttempts(client, hold, beginnings, bucket)),
    settle: (
      hold: Hold,
      outcomes: readonly TurnOutcome[],
      circuit: Parameters<typeof settleAttempts>[3],
    ) => withClient(turns, (client) => settleAttempts(client, hold, outcomes, circuit)),
    bury: (hold: Hold, dead: readonly { forwardId: string; reason: DeadReason }[]) =>
      withClient(turns, (client) => buryForwards(client, hold, dead)),
    handOver: (hold: Hold, what: HandOver, bucket: Parameters<typeof handOver>[3]) =>
      withClient(turns, (client) => handOver(client, hold, what, bucket)),
    endCarried: (hold: Hold, forwardId: string) =>
      withClient(turns, (client) => endCarried(client, hold, forwardId)),
    resumeCarried: (hold: Hold) => withClient(turns, (client) => resumeCarried(client, hold)),
    drop: (hold: Hold, forwardIds: readonly string[]) =>
      withClient(turns, (client) => dropForwards(client, hold, forwardIds)),
    close: (hold: Hold, how: Parameters<typeof closeTurn>[2]) =>
      withClient(turns, (client) => closeTurn(client, hold, how)),
    /** What an error of these says about trying again. */
    kindOf,
    async stop() {
      await jobs.stop();
      await Promise.all([pages.end(), turns.end()]);
    },
  };
}
