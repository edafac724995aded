import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { sendCapture } from "#tests/helpers/captures.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { type Proxy, startProxy } from "#tests/helpers/proxy.ts";
import { freePort, startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

const SECONDS = Number(process.env["RELAY_CUTS_SECONDS"] ?? 6);
const PER_SECOND = 120;
const CUTS = ["path", "server", "socket", "database", "stall"] as const;
type Cut = (typeof CUTS)[number];

let database: TestDatabase;
let server: TestServer;
let proxy: Proxy;
let port: number;

beforeAll(async () => {
  database = await createDatabase();
  port = await freePort();
  server = await start();
  proxy = await startProxy(port);
});
afterEach(closeAllListeners);
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  await database?.drop();
});

const start = () =>
  startServer({
    databaseUrl: database.url,
    env: { PORT: String(port), MINT_RATE: "0", LOG_LEVEL: "silent" },
  });
const directly = (bin?: BinMinted) =>
  createApiClient({ origin: `http://127.0.0.1:${port}`, ...(bin ? { key: bin.key } : {}) });

async function sendSteadily(bin: BinMinted, isOver: () => boolean): Promise<void> {
  const sends: Promise<number>[] = [];
  while (!isOver()) {
    for (let index = 0; index < PER_SECOND / 20; index++) {
      sends.push(sendCapture(`http://127.0.0.1:${port}/in/${bin.id}`));
    }
    await sleep(50);
  }
  await Promise.all(sends);
}

const steps: Record<Cut, (listener: TestListener) => void | Promise<void>> = {
  path: () => proxy.cut(),
  socket: (listener) => listener.drop(),
  stall: async () => {
    proxy.stall();
    await sleep(500);
    proxy.flow();
  },
  server: async () => {
    await server.kill("SIGKILL");
    server = await start();
  },
  database: async () => {
    await run(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  },
};

async function allRequests(bin: BinMinted): Promise<RequestSummary[]> {
  const rows: RequestSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof directly>["requests"]>> = await directly(
      bin,
    ).requests(bin.id, { limit: 200, cursor });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return rows.reverse();
}

test("whatever is cut and killed, each captured request comes, in order, and again only under the same id", async () => {
  const bin = await directly().mint();
  const listener = new TestListener(proxy.origin, bin, {
    reconnects: true,
    handle: async (delivery) => {
      // A localhost that takes its time is cut in the middle more often.
      if (delivery.request.seq % 7 === 0) await sleep(5);
      return tried(delivery);
    },
  });
  await listener.ready();
  let isOver = false;
  const sending = sendSteadily(bin, () => isOver);
  for (const cut of CUTS) {
    await sleep((SECONDS * 1_000) / CUTS.length);
    await steps[cut](listener);
  }
  isOver = true;
  await sending;
  const captured = await allRequests(bin);
  const lastSeq = captured.at(-1)?.seq ?? 0;
  await until(() => listener.seqs.includes(lastSeq), "the last request");

  const forwardIds = new Map<string, Set<string>>();
  for (const { request, forwardId } of listener.deliveries) {
    forwardIds.set(request.id, (forwardIds.get(request.id) ?? new Set()).add(forwardId));
  }
  // A map keeps the order in which its keys came first.
  expect([...forwardIds.keys()]).toEqual(captured.map(({ id }) => id));
  expect([...forwardIds.values()].every((ids) => ids.size === 1)).toBe(true);
  expect(new Set([...forwardIds.values()].flatMap((ids) => [...ids])).size).toBe(captured.length);
  expect(listener.passed).toEqual([]);

  // And each is on record as delivered, though a killed server took its newest records with it.
  const states = async () => {
    const { rows } = await run(
      database.url,
      `SELECT state, count(*)::int FROM forwards WHERE bin_id = '${bin.id}' GROUP BY state`,
    );
    return rows;
  };
  await until(
    async () => (await directly(bin).listeners(bin.id)).items[0]?.cursor === lastSeq,
    "the cursor",
  );
  expect(await states()).toEqual([{ state: "delivered", count: captured.length }]);
  const doubles = listener.deliveries.length - captured.length;
  console.log(
    `relay cuts: ${captured.length} captured, ${listener.welcomes.length} connections, ${doubles} doubles`,
  );
});
