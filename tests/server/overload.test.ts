import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { HttpConnection, postTo, Sender, statusOf } from "#tests/helpers/http-connection.ts";
import { measureLatency, percentile } from "#tests/helpers/latency.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { type Bin, readBin } from "#tests/helpers/read-stored.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const clientOf = (bin: Bin) => createApiClient({ origin: server.origin, key: bin.key });
const mint = (response = {}) => mintAt(server.origin, { response });
const times = <Result>(count: number, run: () => Result) => Array.from({ length: count }, run);
const openMany = (count: number) =>
  Promise.all(times(count, () => HttpConnection.open(server.port)));

/** The same bin is flooded by `senders`, each with one request at a time; the milliseconds of each request. */
async function flood(
  binId: string,
  { senders, bytes }: { senders: number; bytes: number },
  isOver: () => boolean,
): Promise<number[]> {
  const body = "f".repeat(bytes);
  const all = await Promise.all(
    times(senders, () => measureLatency(server.port, binId, isOver, body)),
  );
  return all.flatMap((each) => each.ms);
}

test("slow senders on many connections hold up nobody", async () => {
  const [slow, other] = await Promise.all([mint(), mint()]);
  const alone = await measureLatency(server.port, other.id, (sent) => sent === 100);
  const connections = await openMany(400);
  const head = `POST /in/${slow.id} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n`;
  for (const connection of connections) void connection.write(head);
  const drip = setInterval(() => {
    for (const connection of connections) void connection.write("s");
  }, 1_000);
  const until = performance.now() + 2_500;
  const beside = await measureLatency(server.port, other.id, () => performance.now() > until);
  clearInterval(drip);
  for (const connection of connections) connection.close();
  const figures = { alone: percentile(alone.ms, 0.99), beside: percentile(beside.ms, 0.99) };
  console.log("p99 ms beside 400 slow senders:", figures);
  expect(new Set(beside.statuses)).toEqual(new Set([200]));
  // Who waits for them waits till the end.
  expect(figures.beside).toBeLessThan(Math.max(10 * figures.alone, 2_000));
});

test.each([
  { what: "small requests", senders: 1_000, bytes: 32 * 1024 },
  { what: "large bodies", senders: 100, bytes: 300 * 1024 },
])(
  "a flood of $what waits behind itself: another bin's requests overtake it",
  async ({ senders, bytes }) => {
    const [flooded, other] = await Promise.all([mint(), mint()]);
    let isOver = false;
    const floodMs = flood(flooded.id, { senders, bytes }, () => isOver);
    await sleep(600);
    const until = performance.now() + 2_000;
    const body = "o".repeat(bytes);
    // On a busy machine the first one waits for the connections of them all.
    const isEnough = (sent: number) => sent >= 10 && performance.now() > until;
    const beside = await measureLatency(server.port, other.id, isEnough, body);
    isOver = true;
    const figures = { flood: percentile(await floodMs, 0.5), beside: percentile(beside.ms, 0.5) };
    console.log(`median ms of ${senders} x ${bytes} bytes and of another bin beside:`, figures);
    expect(new Set(beside.statuses)).toEqual(new Set([200]));
    // In one line for all they would wait equally long; far less on a quiet machine, clearly less on a busy one.
    expect(figures.beside).toBeLessThan(figures.flood * 0.8);
  },
);

test("requests sent ahead on one connection are answered in order; without end they are cut off", async () => {
  const [ahead, other] = await Promise.all([mint(), mint()]);
  const polite = await HttpConnection.open(server.port);
  void polite.write(Buffer.concat(times(200, () => postTo(ahead.id, "p"))));
  for (let count = 0; count < 200; count++) expect(statusOf(await polite.answer())).toBe(200);
  polite.close();

  const thousand = Buffer.concat(times(1_000, () => postTo(ahead.id, "p")));
  let isOver = false;
  const flooding = times(4, async () => {
    while (!isOver) {
      const connection = await HttpConnection.open(server.port);
      while (!isOver && !connection.isEnded) await connection.write(thousand);
      connection.close();
    }
  });
  const until = performance.now() + 2_000;
  const beside = await measureLatency(server.port, other.id, () => performance.now() > until);
  isOver = true;
  await Promise.all(flooding);
  console.log("median ms beside floods of pipelined requests:", percentile(beside.ms, 0.5));
  expect(new Set(beside.statuses)).toEqual(new Set([200]));
  // In one line with all that is sent ahead it would wait for as long as they go on.
  expect(percentile(beside.ms, 0.5)).toBeLessThan(5_000);
});

test("a request that can't be stored takes no other one with it", async () => {
  const [odd, other] = await Promise.all([mint(), mint()]);
  const lengths = ["9007199254740993", "9223372036854775808", "18446744073709551615"];
  for (const length of lengths) {
    const sender = await HttpConnection.open(server.port);
    const head = `POST /in/${odd.id} HTTP/1.1\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;
    const [answer, beside] = await Promise.all([
      sender.request(head),
      measureLatency(server.port, other.id, (sent) => sent === 20),
    ]);
    expect(statusOf(answer)).toBe(413);
    expect(new Set(beside.statuses)).toEqual(new Set([200]));
  }
});

test("a hundred delayed answers wait per bin; beyond that they go at once and say so", async () => {
  const bin = await mint({ delayMs: 3_000 });
  const connections = await openMany(130);
  const startedAt = performance.now();
  const answers = await Promise.all(
    connections.map(async (connection) => {
      const status = statusOf(await connection.request(postTo(bin.id, "d")));
      connection.close();
      return { status, ms: performance.now() - startedAt };
    }),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(answers.filter((answer) => answer.ms >= 2_990)).toHaveLength(100);
  const stored = await untilAnswered(bin, 130);
  expect(stored.filter((request) => request.answered?.delayCut)).toHaveLength(30);

  const again = await HttpConnection.open(server.port);
  const since = performance.now();
  expect(statusOf(await again.request(postTo(bin.id, "d")))).toBe(200);
  expect(performance.now() - since).toBeGreaterThan(2_990);
  again.close();
});

/** What became of the answers is written a moment after them. */
async function untilAnswered(bin: Bin, count: number): Promise<RequestSummary[]> {
  for (let tries = 0; ; tries++) {
    const stored = await readBin(server.origin, bin);
    if (stored.filter((request) => request.answered).length === count || tries === 40)
      return stored;
    await sleep(100);
  }
}

test("a bin deleted under load takes nothing more, and no other bin notices", async () => {
  const [deleted, other] = await Promise.all([mint(), mint()]);
  let isOver = false;
  let goneAt = Number.POSITIVE_INFINITY;
  const senders = times(16, async () => {
    const sender = new Sender(server.port);
    const seen: { sentAt: number; status: number | string }[] = [];
    while (!isOver) {
      const sentAt = performance.now();
      const status = statusOf(await sender.send(postTo(deleted.id, "g")));
      seen.push({ sentAt, status });
    }
    sender.close();
    return seen;
  });
  const beside = measureLatency(server.port, other.id, () => isOver);
  await sleep(700);
  await clientOf(deleted).deleteBin(deleted.id);
  goneAt = performance.now();
  await sleep(700);
  isOver = true;
  const seen = (await Promise.all(senders)).flat();
  const after = seen.filter((request) => request.sentAt > goneAt);
  expect(after.length).toBeGreaterThan(0);
  expect(new Set(after.map((request) => request.status))).toEqual(new Set([410]));
  expect(new Set(seen.map((request) => request.status))).toEqual(new Set([200, 410]));
  expect(new Set((await beside).statuses)).toEqual(new Set([200]));
});
