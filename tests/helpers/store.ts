import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { readConfig } from "#lib/config.ts";
import { type Draft, INLINE_BODY_BYTES_MAX } from "#lib/contract/draft.ts";
import { UNCHECKED } from "#lib/contract/requests.ts";
import { createLog } from "#lib/log.ts";
import { type Database, openDatabase } from "#lib/store/database.ts";
import { insertBatch } from "#lib/store/insert-batch.ts";
import { insertBody } from "#lib/store/insert-body.ts";
import { createStore, type Store } from "#lib/store/store.ts";
import { createDatabase } from "./database.ts";

export type TestStore = {
  database: Database;
  store: Store;
  /** A bin with its head. */
  addBin(id: string, expiresAt?: Date): Promise<void>;
  /** Stores requests as capture does; gives their ids, in the order of their seqs. */
  add(binId: string, requests: readonly GivenRequest[]): Promise<string[]>;
  close(): Promise<void>;
};

/** A request of which only some is told. */
export type GivenRequest = Omit<Partial<Draft>, "body"> & { body?: Buffer; atMs?: number };

/** The store in this process, on a database of its own. */
export async function openTestStore(): Promise<TestStore> {
  const own = await createDatabase();
  const environment = { NODE_ENV: "test", DATABASE_URL: own.url } as const;
  const database = await openDatabase(readConfig(environment), createLog("silent"));
  const store = createStore(database);

  return {
    database,
    store,
    async addBin(id, expiresAt) {
      const response = { status: 200, headers: [], body: Buffer.alloc(0), delayMs: 0 };
      const firstKey = { id: uuidv7(), label: "", hash: createHash("sha256").update(id).digest() };
      await store.bins.create({
        id,
        name: null,
        expiresAt: expiresAt ?? null,
        response,
        listenerWaitMs: 0,
        handshakes: true,
        enforce: false,
        confirmSns: false,
        firstKey,
      });
    },
    async add(binId, requests) {
      const drafts = requests.map((request) => toDraft(binId, request));
      const client = await database.pool.connect();
      try {
        for (const [place, draft] of drafts.entries()) {
          const body = requests[place]?.body;
          if (body && !draft.body) await insertBody(client, draft.id, [body]);
        }
        await insertBatch(client, drafts);
      } finally {
        client.release();
      }
      return drafts.map((draft) => draft.id);
    },
    async close() {
      await database.stop();
      await own.drop();
    },
  };
}

function toDraft(binId: string, request: GivenRequest): Draft {
  const { body = Buffer.alloc(0), atMs = Date.now(), ...given } = request;
  return {
    id: uuidv7({ msecs: atMs }),
    binId,
    receivedAtUs: atMs * 1000,
    method: "POST",
    target: "/",
    targetPrefix: `/in/${binId}`,
    origin: "http://localhost:3000",
    httpVersion: "1.1",
    headers: [["Host", "localhost:3000"]],
    trailers: [],
    contentType: null,
    body: body.length > 0 && body.length <= INLINE_BODY_BYTES_MAX ? body : null,
    largeBody: null,
    bodySize: body.length,
    bodyDeclaredSize: body.length,
    bodyTruncated: false,
    bodyIncomplete: false,
    bodySha256: createHash("sha256").update(body).digest(),
    remoteAddress: "127.0.0.1",
    signature: UNCHECKED,
    refused: false,
    cookieRedacted: false,
    handshake: null,
    provider: null,
    threadKey: null,
    response: { status: 200, headers: [], bodySize: 0 },
    imported: null,
    providerChosen: false,
    headMs: null,
    bodyMs: 1,
    ...given,
  };
}
