import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { sendCapture } from "#tests/helpers/captures.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { LiveReader } from "#tests/helpers/live-reader.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { type Proxy, startProxy } from "#tests/helpers/proxy.ts";
import { freePort, startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

const SECONDS = Number(process.env["LIVE_CUTS_SECONDS"] ?? 15);
const PER_SECOND = 150;
/** What is done to the reader's way, evenly over the time. The loss comes last: only silence tells of it. */
const CUTS = [
  "path",
  "server",
  "socket",
  "stall",
  "path",
  "server",
  "stall",
  "path",
  "socket",
  "loss",
] as const;
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
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  await database?.drop();
});

const start = () =>
  startServer({ databaseUrl: database.url, env: { PORT: String(port), MINT_RATE: "0" } });
const directly = (bin: BinMinted) =>
  createApiClient({ origin: `http://127.0.0.1:${port}`, key: bin.key });
const captureUrl = (bin: BinMinted) => `http://127.0.0.1:${port}/in/${bin.id}`;

/** Captures at a steady pace, whether or not somebody answers. Answers how many were acknowledged. */
async function sendSteadily(bin: BinMinted, isOver: () => boolean): Promise<number> {
  const sends: Promise<number>[] = [];
  while (!isOver()) {
    for (let index = 0; index < PER_SECOND / 20; index++) sends.push(sendCapture(captureUrl(bin)));
    await sleep(50);
  }
  return (await Promise.all(sends)).filter((status) => status === 200).length;
}

/** Somebody else removes single requests all the time. */
async function removeSteadily(bin: BinMinted, isOver: () => boolean): Promise<void> {
  const api = directly(bin);
  while (!isOver()) {
    await sleep(120);
    const page = await api.requests(bin.id, { limit: 50 }).catch(() => null);
    const victim = page?.items[Math.floor(Math.random() * page.items.length)];
    if (victim) await api.deleteRequest(bin.id, victim.id).catch(() => undefined);
  }
}

const steps: Record<Cut, (reader: LiveReader, everyMs: number) => void | Promise<void>> = {
  path: () => proxy.cut(),
  socket: (reader) => reader.drop(),
  loss: () => proxy.lose(),
  stall: async (_reader, everyMs) => {
    proxy.stall();
    await sleep(everyMs / 2);
    proxy.flow();
  },
  server: async () => {
    await server.kill("SIGKILL");
    server = await start();
  },
};

/** Each cut finds the reader connected. Twice somebody else clears the bin just after one. */
async function cutTheWay(bin: BinMinted, reader: LiveReader): Promise<void> {
  const everyMs = (SECONDS * 1_000) / CUTS.length;
  for (const [index, cut] of CUTS.entries()) {
    const next = performance.now() + everyMs;
    await until(() => reader.isConnected, "the reader to come back");
    await steps[cut](reader, everyMs);
    if (index === 2 || index === 6) await directly(bin).clear(bin.id);
    await sleep(Math.max(everyMs / 2, next - performance.now()));
  }
}

async function storedSeqs(bin: BinMinted): Promise<number[]> {
  const { rows } = await run(
    database.url,
    `SELECT seq::int FROM requests JOIN bins ON bins.id = bin_id
      WHERE bin_id = '${bin.id}' AND seq > cleared_through ORDER BY seq`,
  );
  return rows.map((row: { seq: number }) => row.seq);
}

test(
  `after ${SECONDS} s with ${CUTS.length} cuts under load a reader has exactly what is stored`,
  async () => {
    const bin = await mintAt(server.origin);
    const reader = new LiveReader(proxy.origin, bin);
    let isOver = false;
    const load = sendSteadily(bin, () => isOver);
    const removals = removeSteadily(bin, () => isOver);
    await cutTheWay(bin, reader).finally(() => {
      isOver = true;
    });
    const [acknowledged] = await Promise.all([load, removals]);
    await sendCapture(captureUrl(bin));
    const stored = await storedSeqs(bin);
    const seqs = () => [...reader.rows.keys()].sort((a, b) => a - b);
    // A load that the loss held up may bring all rows before the silence is noticed.
    await until(
      () =>
        reader.silences > 0 &&
        reader.isSettled &&
        JSON.stringify(seqs()) === JSON.stringify(stored),
      "the reader",
    ).catch(() => undefined);
    console.log(
      `${acknowledged} acknowledged, ${stored.length} left; ${reader.connects} connects, ${reader.loads} loads`,
    );
    expect(seqs()).toEqual(stored);
    expect(reader.misplaced).toEqual([]);
    expect(reader.connects).toBeGreaterThan(CUTS.length / 2 + 1);
    expect(reader.silences).toBeGreaterThan(0);
    expect(acknowledged).toBeGreaterThan(SECONDS * 20);
    expect(stored.length).toBeGreaterThan(SECONDS * 5);
    reader.close();
  },
  (SECONDS + 120) * 1_000,
);
