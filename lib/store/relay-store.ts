import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { kindOf, openOwnPool, withClient } from "./own-pool.ts";
import { type RelayRequest, readRelayPage } from "./relay-page.ts";
import { type StreamOutcome, saveOutcomes } from "./save-outcomes.ts";

export type RelayStore = {
  /** See readRelayPage. */
  page(binId: string, after: number, bytes: number): Promise<RelayRequest[]>;
  /** One transaction; the ids of the listeners whose cursor could be moved. */
  saveOutcomes(outcomes: readonly StreamOutcome[]): Promise<Set<string>>;
  /** What an error of these says about trying again. */
  kindOf: typeof kindOf;
  stop(): Promise<void>;
};

/**
 * The streams' own connections: two for what is read, one for what came of it. Nothing of captures, pages or the API
 * waits for them.
 */
export function createRelayStore(database: Pick<Database, "url">, log: Log): RelayStore {
  const pages = openOwnPool(database.url, { name: "hooklens-relay-pages", max: 2 }, log);
  // Waits for the disk: a stream that goes on after its database was killed does not know which records went with it.
  const outcomes = openOwnPool(database.url, { name: "hooklens-relay-outcomes", max: 1 }, log);
  return {
    page: (binId, after, bytes) =>
      withClient(pages, (client) => readRelayPage(client, binId, after, bytes)),
    saveOutcomes: (batch) => withClient(outcomes, (client) => saveOutcomes(client, batch)),
    kindOf,
    async stop() {
      await Promise.all([pages.end(), outcomes.end()]);
    },
  };
}
