import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { messageOf } from "../../message-of.ts";
import { StartError } from "../start-error.ts";
import type { Account } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { type Cluster, prepareCluster } from "./cluster.ts";
import { chooseHome } from "./home.ts";
import { endLeftover, endPostmaster } from "./leftover.ts";
import { PostmasterError, startPostmaster } from "./postmaster.ts";

/** A passing obstacle at the start (a killed predecessor's shared memory, say) gets this long to go away. */
const START_PATIENCE_MS = 10_000;
const RETRY_MS = 50;
const RESTART_MS_MAX = 5_000;
/** A database that ran this long before it died is restarted at once again. */
const STEADY_MS = 30_000;

/** A Postgres that this process started and keeps running. */
export type Embedded = {
  url: string;
  /** The folder that holds the data. */
  home: string;
  /** Why the data or the programs are elsewhere than expected; one line for the person at the terminal. */
  note: string | null;
  stop(): Promise<void>;
};

type Parts = { cluster: Cluster; account: Account; binaries: Binaries; log: Log };

/**
 * Starts a Postgres of our own on the data in `dataDir`, which is made at the first start, and restarts it whenever it
 * dies, until `stop`. One server per data folder; what a killed one left running is taken over.
 * @throws StartError
 */
export async function startEmbedded(dataDir: string, log: Log): Promise<Embedded> {
  const place = chooseHome(dataDir);
  try {
    const { home, account } = place;
    const binaries = await prepareBinaries(account, place.spare);
    await endLeftover(path.join(home, "data"), account, binaries, log);
    const cluster = await prepareCluster(home, account, binaries);
    const parts = { cluster, account, binaries, log };
    const supervisor = supervise(await firstStart(parts), parts);
    const stop = () => supervisor.stop().finally(() => place.lock.release());
    return { url: cluster.url, home, note: place.note, stop };
  } catch (error) {
    place.lock.release();
    throw error;
  }
}

async function firstStart({ cluster, account, binaries, log }: Parts): Promise<ChildProcess> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    try {
      return await startPostmaster(cluster, account, binaries, log);
    } catch (error) {
      const passing = error instanceof PostmasterError && error.passing;
      if (!passing || Date.now() > deadline) {
        const reason = messageOf(error);
        throw new StartError(`The embedded Postgres on ${cluster.data} does not start: ${reason}`, {
          cause: error,
        });
      }
      await sleep(RETRY_MS);
      await endLeftover(cluster.data, account, binaries, log);
    }
  }
}

/** Restarts the postmaster for as long as it is wanted; the pause grows while it keeps dying. */
function supervise(first: ChildProcess, { cluster, account, binaries, log }: Parts) {
  let child = first;
  const stopping = new AbortController();
  const { signal } = stopping;
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  async function keepRunning(): Promise<void> {
    for (let deaths = 0; ; ) {
      const startedAt = Date.now();
      if (isRunning()) await once(child, "exit", { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const { exitCode, signalCode } = child;
      log.error({ exitCode, signal: signalCode }, "the database has died: starting it again");
      deaths = Date.now() - startedAt > STEADY_MS ? 0 : deaths + 1;
      await restart(deaths);
    }
  }

  async function restart(deaths: number): Promise<void> {
    const diedAt = Date.now();
    for (let failures = deaths; !signal.aborted; failures++) {
      await sleep(restartDelayMs(failures), null, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await endLeftover(cluster.data, account, binaries, log);
        child = await startPostmaster(cluster, account, binaries, log);
        log.warn({ ms: Date.now() - diedAt }, "the database runs again");
        return;
      } catch (error) {
        log.error({ err: error }, "the database does not start yet");
      }
    }
  }

  // However this process ends, short of a kill -9, Postgres is told to end as well.
  const endWithUs = () => child.kill("SIGINT");
  process.once("exit", endWithUs);

  const running = keepRunning();
  return {
    async stop(): Promise<void> {
      stopping.abort();
      await running;
      process.off("exit", endWithUs);
      if (isRunning()) await endPostmaster(child.pid ?? 0, cluster.data, account, binaries);
    },
  };
}

/** 0, 50, 100, 200 ... 5,000 ms. */
function restartDelayMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(25 * 2 ** failures, RESTART_MS_MAX);
}
