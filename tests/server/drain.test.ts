import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { DataDir } from "#tests/helpers/data-dir.ts";
import { HttpConnection, headerOf, postTo, statusOf } from "#tests/helpers/http-connection.ts";
import { Load } from "#tests/helpers/load.ts";
import { createRandom } from "#tests/helpers/random.ts";
import { compareWithStored, readBin } from "#tests/helpers/read-stored.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const HEALTH = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

let dataDir: DataDir;
let server: TestServer;

beforeEach(async () => {
  dataDir = new DataDir();
  server = await startServer({ dataDir: dataDir.path });
});

afterEach(async () => {
  await server.stop();
  dataDir.remove();
});

/** Milliseconds that it took. */
async function terminate(): Promise<number> {
  const startedAt = performance.now();
  await server.kill("SIGTERM");
  return performance.now() - startedAt;
}

test("SIGTERM under load: it ends cleanly, and all that it acknowledged is there after the next start", async () => {
  const client = createApiClient({ origin: server.origin });
  const bins = [await client.mint(), await client.mint()] as const;
  const load = new Load({
    name: "drain",
    port: server.port,
    binIds: [bins[0].id, bins[1].id],
    connections: 16,
    perSecond: 2_000,
    random: createRandom(3),
    largePercent: 5,
  });
  await until(() => load.acknowledged > 300, "the load to be taken");
  const printed = server.output().length;
  const ms = await terminate();
  expect(server.exitCode()).toBe(0);
  expect(ms).toBeLessThan(25_000);
  expect(dataDir.postmaster).toBeNull();
  expect(server.output().slice(printed)).not.toMatch(/"level":[56]0|rror/);

  const stopping = load.stop();
  server = await startServer({ dataDir: dataDir.path });
  await stopping;
  const place = { origin: server.origin, databaseUrl: dataDir.databaseUrl };
  const result = await compareWithStored(place, bins, load.deliveries);
  console.log(`SIGTERM under load: ended in ${Math.round(ms)} ms,`, {
    acknowledged: load.acknowledged,
    unacknowledgedStored: result.unacknowledgedStored,
    statuses: Object.fromEntries(load.statuses),
  });
  expect(result).toMatchObject({ lost: [], doubled: [], changed: [], seqFaults: [] });
});

test("while it drains: health says 503, who waits is answered, and bodies under way may end", async () => {
  const client = createApiClient({ origin: server.origin });
  const [bin, delayed] = [
    await client.mint(),
    await client.mint({ response: { delayMs: 30_000 } }),
  ];
  const open = () => HttpConnection.open(server.port);
  const [health, quick, never, waiting] = [await open(), await open(), await open(), await open()];
  void waiting.write(postTo(delayed.id, "w"));
  void health.write(HEALTH.slice(0, -2));
  const head = `POST /in/${bin.id} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n`;
  void quick.write(`${head}12345`);
  void never.write(`${head}123`);
  await sleep(1_000);

  const ended = terminate();
  const isRefused = () =>
    open().then(
      (connection) => connection.close(),
      () => true,
    );
  await until(isRefused, "no more connections to be taken");
  const ill = await health.request("\r\n");
  const whole = await quick.request("67890");
  const cut = await waiting.answer();
  const stalled = await never.answer();
  const ms = await ended;

  expect([statusOf(ill), statusOf(whole), statusOf(cut), statusOf(stalled)]).toEqual([
    503, 200, 200, 408,
  ]);
  for (const answer of [ill, whole, cut, stalled]) {
    expect(headerOf(answer, "connection")).toBe("close");
  }
  expect(server.exitCode()).toBe(0);
  expect(ms).toBeLessThan(25_000);
  await expect(open()).rejects.toThrow();

  server = await startServer({ dataDir: dataDir.path });
  const stored = await readBin(server.origin, bin);
  expect(stored.map((request) => [request.bodySize, request.bodyIncomplete])).toEqual([
    [10, false],
    [3, true],
  ]);
  const [answered] = await readBin(server.origin, delayed);
  expect(answered?.answered).toMatchObject({ outcome: "sent", delayCut: true });
});
