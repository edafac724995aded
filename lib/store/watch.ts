import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";

/** How often an idle connection is tried: a network that is cut without a word shows only so. */
const PROBE_MS = 2_000;
const ANSWER_MS = 3_000;
const RETRY_MS = { first: 50, most: 1_000 };

/** Whether the database can be reached now: a connection of its own that does nothing else. */
export type Watch = { isUp(): boolean; stop(): Promise<void> };

/** Begins as up: the caller has just used the database. */
export function watchDatabase(url: string, log: Log): Watch {
  let up = true;
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, null, { signal: stopping.signal }).catch(() => undefined);

  function turn(now: boolean): void {
    if (up === now) return;
    up = now;
    if (now) log.info("the database is reachable again");
    else log.error("the database can't be reached");
  }

  async function watchOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "hooklens-watch",
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    const lost = new AbortController();
    const onLost = () => lost.abort();
    client.on("error", onLost).on("end", onLost);
    stopping.signal.addEventListener("abort", onLost);
    try {
      await client.connect();
      while (!lost.signal.aborted) {
        await client.query("SELECT 1");
        turn(true);
        await sleep(PROBE_MS, null, { signal: lost.signal }).catch(() => undefined);
      }
    } finally {
      stopping.signal.removeEventListener("abort", onLost);
      client.end().catch(() => undefined);
    }
  }

  async function watch(): Promise<void> {
    let delayMs = RETRY_MS.first;
    while (!stopping.signal.aborted) {
      const before = Date.now();
      await watchOnce().catch(() => undefined);
      if (stopping.signal.aborted) return;
      turn(false);
      delayMs =
        Date.now() - before > PROBE_MS ? RETRY_MS.first : Math.min(delayMs * 2, RETRY_MS.most);
      await pause(delayMs);
    }
  }

  const watching = watch();
  return {
    isUp: () => up,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
