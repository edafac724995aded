import type { Config } from "../config.ts";
import type { Live } from "../live/live.ts";
import type { Log } from "../log.ts";
import { alone } from "./alone.ts";
import type { Database } from "./database.ts";
import { createAnswerCap } from "./janitor/answers.ts";
import { createCaps } from "./janitor/caps.ts";
import { createExpiry } from "./janitor/expiry.ts";
import { createListenerSweep } from "./janitor/listeners.ts";
import { createOrphanSweep } from "./janitor/orphans.ts";
import { createPace, type Pace } from "./janitor/pace.ts";
import { createRetention } from "./janitor/retention.ts";
import { createRowSweep } from "./janitor/rows.ts";
import { createSearchBlockSweep } from "./janitor/search-blocks.ts";
import { createSessionSweep } from "./janitor/sessions.ts";
import type { Store } from "./store.ts";

/** A cap is kept within four of these. */
const ROUND_MS = 15_000;
/** Any number that nothing else on the database locks. */
const LOCK = 0x686f_6f6b_6c65;

export type JanitorParts = {
  config: Pick<Config, "retention">;
  database: Pick<Database, "prisma" | "pool" | "isUp">;
  store: Pick<Store, "bins" | "removals">;
  live: Pick<Live, "removed" | "binGone">;
  log: Log;
};

export type Janitor = { start(): void; stop(): Promise<void> };

/**
 * Removes what expired, what retention or a cap ended, and the rows of all that is cleared or deleted. It works in small
 * slices with pauses as long as the work, never locks bin_heads, and so never stands in a capture's way. Of all
 * processes on a database one at a time does it.
 */
export function createJanitor(parts: JanitorParts): Janitor {
  const { database, log } = parts;
  const tasks = {
    expiry: createExpiry(parts),
    caps: createCaps(parts),
    answers: createAnswerCap(parts),
    retention: createRetention(parts),
    rows: createRowSweep(database),
    sessions: createSessionSweep(database),
    listeners: createListenerSweep(database),
    orphans: createOrphanSweep(database),
    searchBlocks: createSearchBlockSweep(database),
  };
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(pace: Pace): Promise<void> {
    while (!stopping.signal.aborted) {
      if (database.isUp()) {
        await alone(database, LOCK, () => runTasks(pace)).catch((error) => complain("lock", error));
      }
      await pace.sleep(ROUND_MS);
    }
  }

  async function runTasks(pace: Pace): Promise<void> {
    for (const [name, task] of Object.entries(tasks)) {
      if (stopping.signal.aborted) return;
      await task(pace).catch((error) => complain(name, error));
    }
  }

  function complain(task: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    log.warn({ task, code }, "the janitor will try again");
  }

  return {
    start() {
      running = run(createPace(stopping.signal));
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
