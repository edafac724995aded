import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { type Answer, headerOf, postTo, Sender, statusOf } from "#tests/helpers/http-connection.ts";
import { Load } from "#tests/helpers/load.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { peakMemoryMib } from "#tests/helpers/peak-memory.ts";
import { type Proxy, startProxy } from "#tests/helpers/proxy.ts";
import { createRandom } from "#tests/helpers/random.ts";
import { type Bin, compareWithStored } from "#tests/helpers/read-stored.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const MIB = 1024 * 1024;

let database: TestDatabase;
let path: Proxy;
let server: TestServer;

/** The server reaches its database through a path that can be cut, stalled and lost. */
beforeAll(async () => {
  database = await createDatabase();
  const url = new URL(database.url);
  path = await startProxy(Number(url.port));
  url.port = String(path.port);
  server = await startServer({ databaseUrl: url.href, env: { LOG_LEVEL: "fatal" } });
});

afterAll(async () => {
  await server?.stop();
  await path?.close();
  await database?.drop();
});

const mint = (): Promise<Bin> => mintAt(server.origin);

const outages = [
  { name: "closes every connection", begin: () => path.refuse() },
  { name: "hangs without a word", begin: () => path.stall() },
];

test.each(outages)(
  "a database that $name for 7 s: 503 after 4 s, nothing acknowledged is lost, and it goes on",
  async ({ begin }) => {
    const bins = await Promise.all([mint(), mint()]);
    const [first, second] = bins.map((bin) => bin.id) as [string, string];
    const random = createRandom(7);
    const load = new Load({
      name: "outage",
      port: server.port,
      binIds: [first, second],
      connections: 8,
      perSecond: 400,
      random,
      largePercent: 5,
    });
    await until(() => load.acknowledged > 50, "the load to be taken");
    begin();
    await sleep(500);
    const startedAt = performance.now();
    const answer = await sendOnce(first);
    const ms = performance.now() - startedAt;
    await sleep(2_000);
    path.flow();
    const endedAt = performance.now();
    await until(() => load.lastAcknowledgedSentAt > endedAt, "captures to be taken again");
    await load.stop();

    expect([statusOf(answer), codeOf(answer)]).toEqual([503, "not_stored"]);
    expect(Number(headerOf(answer, "retry-after"))).toBeGreaterThan(0);
    expect(ms).toBeGreaterThan(3_900);
    // Not when the load's own patience ends, which is at 40 s.
    expect(ms).toBeLessThan(20_000);
    expect(statusOf(await sendOnce(second))).toBe(200);
    expect(new Set(load.statuses.keys())).toEqual(new Set([200, 503]));
    await expectAllStored(bins, load);
  },
);

test("a hanging database does not fill the memory with what can't be stored", async () => {
  const bins = await Promise.all(Array.from({ length: 4 }, mint));
  for (const bin of bins) expect(statusOf(await sendOnce(bin.id))).toBe(200);
  path.stall();
  const endAt = performance.now() + 10_000;
  const body = Buffer.alloc(5 * MIB, "m");
  const senders = Array.from({ length: 40 }, async (_, index) => {
    const bin = bins[index % bins.length] as Bin;
    const sender = new Sender(server.port, `127.0.0.${2 + (index % 8)}`);
    const statuses: (number | string)[] = [];
    while (performance.now() < endAt)
      statuses.push(statusOf(await sender.send(postTo(bin.id, body))));
    sender.close();
    return statuses;
  });
  const statuses = (await Promise.all(senders)).flat();
  path.flow();
  const peakMib = peakMemoryMib(server.pid);
  console.log(`hung for 10 s under ${statuses.length} x 5 MiB: peak ${peakMib} MiB`);
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(peakMib).toBeLessThan(1_024);
});

test("connections that are lost without an end are given up, and captures go on", async () => {
  const bin = await mint();
  expect(statusOf(await sendOnce(bin.id))).toBe(200);
  path.lose();
  expect(statusOf(await sendOnce(bin.id))).toBe(503);
  const takesAgain = async () => statusOf(await sendOnce(bin.id)) === 200;
  await until(takesAgain, "captures to be taken again", 60_000);
});

function codeOf(answer: Answer): unknown {
  return typeof answer === "string" ? answer : JSON.parse(answer.body).code;
}

async function sendOnce(binId: string): Promise<Answer> {
  const sender = new Sender(server.port);
  const answer = await sender.send(postTo(`${binId}/once`, "once"));
  sender.close();
  return answer;
}

/** The single ones apart: they are not part of the load. */
async function expectAllStored(bins: readonly Bin[], load: Load): Promise<void> {
  const place = { origin: server.origin, databaseUrl: database.url };
  const result = await compareWithStored(place, bins, load.deliveries);
  expect(result).toMatchObject({ lost: [], doubled: [], seqFaults: [] });
  expect(result.changed.filter((id) => id !== "once")).toEqual([]);
}
