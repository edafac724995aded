import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { type Cli, endClis, startCli } from "#tests/helpers/cli.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { type NumberedSink, startNumberedSink } from "#tests/helpers/numbered-sink.ts";
import { startProxy } from "#tests/helpers/proxy.ts";
import { startRecordingSink } from "#tests/helpers/recording-sink.ts";
import { freePort, startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

let database: TestDatabase;
let server: TestServer;
let sink: NumberedSink;
let port: number;

const start = () =>
  startServer({ databaseUrl: database.url, env: { MINT_RATE: "0", PORT: String(port) } });

beforeAll(async () => {
  database = await createDatabase();
  port = await freePort();
  server = await start();
  sink = await startNumberedSink();
});

afterAll(async () => {
  endClis();
  await sink?.close();
  await server?.stop();
  await database?.drop();
});

const mint = () => mintAt(server.origin);

async function send(bin: BinMinted, from: number, through: number): Promise<void> {
  const target = (index: number) => `/${bin.id}/${from + index}`;
  // One at a time, so that the numbers come in the order of the seqs.
  await sendCaptures(`${server.origin}/in/${bin.id}`, through - from + 1, { atOnce: 1, target });
}

function listen(bin: BinMinted, args: string[] = [], origin = server.origin): Cli {
  const url = `${origin}/in/${bin.id}`;
  return startCli(["listen", url, "--to", sink.origin, ...args], { key: bin.key });
}

const listenerOf = async (bin: BinMinted) =>
  (await createApiClient({ origin: server.origin, key: bin.key }).listeners(bin.id)).items[0];

const range = (from: number, through: number) =>
  Array.from({ length: through - from + 1 }, (_, index) => from + index);

// They wait for most of their time: side by side they take as long as the longest.
describe.concurrent("a listener", { timeout: 180_000 }, () => {
  test("a body of 10 MiB arrives over a line of 2 Mbit/s, whole and once", async ({ expect }) => {
    const bin = await mint();
    const proxy = await startProxy(port, { bytesPerSecond: 2_000_000 / 8 });
    const recording = await startRecordingSink();
    const cli = startCli(["listen", `${proxy.origin}/in/${bin.id}`, "--to", recording.origin], {
      key: bin.key,
    });
    await cli.says("Connected.");
    const body = Buffer.alloc(10 * 1024 * 1024, "0123456789");
    const startedAt = performance.now();
    await fetch(`${server.origin}/in/${bin.id}/large`, { method: "POST", body });
    await cli.says(/#1 POST .* 200/, 120_000);
    expect(performance.now() - startedAt).toBeGreaterThan(40_000);
    await until(async () => (await listenerOf(bin))?.behind === 0, "the acknowledgement");
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect(recording.arrivals).toMatchObject([{ id: "large", sha256 }]);
    expect(cli.out()).not.toContain("Connection lost");
    await recording.close();
    await proxy.close();
  });

  test("one that was frozen until the server gave it up says since when, and delivers exactly what it missed", async ({
    expect,
  }) => {
    const bin = await mint();
    const cli = listen(bin);
    await cli.says("Connected.");
    await send(bin, 1, 3);
    await until(() => sink.numbers(bin.id).length === 3, "the first three");
    cli.kill("SIGSTOP");
    await send(bin, 4, 30);
    await until(async () => (await listenerOf(bin))?.connected === false, "the server to see it");
    cli.kill("SIGCONT");
    await cli.says(/Connection lost: .*\s+The\s+server\s+was\s+last\s+heard\s+at\s+\d\d:\d\d:\d\d/);
    await cli.says(/2\d requests\s+were\s+missed:\s+delivering/);
    await cli.says(/Caught up: all 2\d were handed over/);
    expect(sink.distinct(bin.id)).toEqual(range(1, 30));
    expect(sink.doublesAreRepeats(bin.id)).toBe(true);
  });

  test("an outcome whose acknowledgement was lost is acknowledged again, and not done again", async ({
    expect,
  }) => {
    const bin = await mint();
    const proxy = await startProxy(port);
    const cli = listen(bin, [], proxy.origin);
    await cli.says("Connected.");
    sink.hold(bin.id);
    await send(bin, 1, 1);
    await until(() => sink.numbers(bin.id).length === 1, "it to arrive");
    proxy.cut();
    await cli.says("Connected again");
    sink.release(bin.id);
    await cli.says(/#1 POST .* 200/);
    await until(async () => (await listenerOf(bin))?.behind === 0, "the acknowledgement");
    expect(sink.numbers(bin.id)).toEqual([1]);
    await proxy.close();
  });

  test("a fresh start says how many it passes over; --missed takes all of them, or the newest", async ({
    expect,
  }) => {
    const bin = await mint();
    const first = listen(bin, ["--name", "one"]);
    await first.says("Connected.");
    first.kill("SIGINT");
    expect(await first.ended).toBe(0);
    await send(bin, 1, 5);
    const fresh = listen(bin, ["--name", "one"]);
    await fresh.says(/5 requests came while nobody listened: passed over/);
    fresh.kill("SIGTERM");
    expect(await fresh.ended).toBe(0);
    await send(bin, 6, 9);
    const latest = listen(bin, ["--name", "one", "--missed", "latest"]);
    await latest.says(/3 requests came while nobody listened: passed over, but for\s+the newest/);
    await latest.says("Caught up");
    latest.kill("SIGINT");
    expect(await latest.ended).toBe(0);
    expect(sink.numbers(bin.id)).toEqual([9]);
    await send(bin, 10, 12);
    const all = listen(bin, ["--name", "one", "--missed", "deliver", "--json"]);
    await all.says('"event":"caught_up","at"');
    expect(sink.numbers(bin.id)).toEqual([9, 10, 11, 12]);
    const events = all
      .out()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(["starting", "connected", "request", "outcome", "caught_up"]),
    );
  });

  test("Ctrl-C waits for what is under way, and what comes meanwhile is left for the next process", async ({
    expect,
  }) => {
    const bin = await mint();
    const cli = listen(bin);
    await cli.says("Connected.");
    sink.hold(bin.id);
    await send(bin, 1, 2);
    await until(() => sink.numbers(bin.id).length === 1, "it to arrive");
    cli.kill("SIGINT");
    await cli.says("Leaving once 1 under way is done");
    sink.release(bin.id);
    expect(await cli.ended).toBe(0);
    await until(async () => (await listenerOf(bin))?.cursor === 1, "the first one to be recorded");
    const next = listen(bin, ["--missed", "deliver"]);
    await next.says("Caught up");
    expect(sink.numbers(bin.id)).toEqual([1, 2]);
  });

  test("the same name elsewhere ends the first with 4, a revoked key with 3, a deleted bin with 5", async ({
    expect,
  }) => {
    const bin = await mint();
    const client = createApiClient({ origin: server.origin, key: bin.key });
    const first = listen(bin);
    await first.says("Connected.");
    const second = listen(bin);
    await second.says("Connected.");
    expect(await first.ended).toBe(4);
    expect(first.err()).toContain("took over the name");
    const other = await client.mintKey(bin.id, "other");
    const third = startCli(
      ["listen", `${server.origin}/in/${bin.id}`, "--to", sink.origin, "--name", "x"],
      { key: other.key },
    );
    await third.says("Connected.");
    await client.revokeKey(bin.id, other.id);
    expect(await third.ended).toBe(3);
    await client.deleteBin(bin.id);
    expect(await second.ended).toBe(5);
    expect(second.err()).toBe("hooklens: The bin was deleted, or has expired.\n");
  });
});

test("nothing is lost when the server is killed and comes back", async () => {
  const bin = await mint();
  const cli = listen(bin);
  await cli.says("Connected.");
  const sending = send(bin, 1, 200);
  await until(() => sink.numbers(bin.id).length > 20, "some of them");
  await server.kill("SIGKILL");
  await sending;
  await cli.says("Connection lost:");
  server = await start();
  await send(bin, 201, 210);
  await until(() => sink.numbers(bin.id).includes(210), "the last one");
  const { items } = await createApiClient({ origin: server.origin, key: bin.key }).requests(
    bin.id,
    { limit: 200 },
  );
  const captured = items.map(({ target }) => Number(target.split("/")[2])).reverse();
  expect(captured.length).toBeGreaterThan(20);
  expect(sink.distinct(bin.id).slice(-captured.length)).toEqual(captured);
  expect(sink.doublesAreRepeats(bin.id)).toBe(true);
  expect(cli.out()).toMatch(/Connected again, \d+ s after\s+the\s+server\s+was\s+last\s+heard/);
});
