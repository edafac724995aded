import type { BinState } from "../capture/bin-cache.ts";
import type { Store as CaptureNeeds } from "../capture/capture.ts";
import type { Log } from "../log.ts";
import type { Vault } from "../secrets/vault.ts";
import type { Secret } from "../signatures/subject.ts";
import type { Database } from "./database.ts";
import { findStored, insertBatch } from "./insert-batch.ts";
import { insertBody } from "./insert-body.ts";
import { kindOf, openOwnPool, withClient } from "./own-pool.ts";
import { saveAnswers } from "./save-answers.ts";
import type { Store } from "./store.ts";
import type { BinRecord } from "./to-bin.ts";

/**
 * The hot path's own connections: one for rows, two for large bodies, one for what became of answers. Nothing else may
 * borrow them, so no slow query stands in front of a capture.
 */
export function createCaptureStore(
  database: Pick<Database, "url">,
  { bins, vault }: { bins: Pick<Store["bins"], "find">; vault: Pick<Vault, "ofBin"> },
  log: Log,
): CaptureNeeds & { stop(): Promise<void> } {
  const rows = openOwnPool(database.url, { name: "hooklens-rows", max: 1 }, log);
  const bodies = openOwnPool(database.url, { name: "hooklens-bodies", max: 2 }, log);
  // Losing these on a crash is honest ("unknown"), so they need not wait for the disk.
  const answers = openOwnPool(
    database.url,
    { name: "hooklens-answers", max: 1, waitsForDisk: false },
    log,
  );

  return {
    insertBatch: (drafts) => withClient(rows, (client) => insertBatch(client, drafts)),
    findStored: (ids) => withClient(rows, (client) => findStored(client, ids)),
    insertBody: (id, pieces) => withClient(bodies, (client) => insertBody(client, id, pieces)),
    saveAnswers: (records) => withClient(answers, (client) => saveAnswers(client, records)),
    async findBin(binId) {
      const bin = await bins.find(binId);
      return toBinState(bin, bin && !bin.deletedAt ? await vault.ofBin(binId) : []);
    },
    kindOf,
    async stop() {
      await Promise.all([rows.end(), bodies.end(), answers.end()]);
    },
  };
}

function toBinState(bin: BinRecord | null, secrets: readonly Secret[]): BinState {
  if (!bin) return { kind: "unknown" };
  if (bin.deletedAt) return { kind: "gone" };
  return {
    kind: "open",
    answer: bin.response,
    expiresAtMs: bin.expiresAt?.getTime() ?? null,
    listenerWaitMs: bin.listenerWaitMs,
    handshakes: bin.handshakes,
    enforce: bin.enforce,
    confirmSns: bin.confirmSns,
    secrets,
  };
}
