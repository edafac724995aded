import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { LISTENERS_CONNECTED_MAX, LISTENERS_KEPT_MAX } from "#lib/contract/relay.ts";
import { createCall } from "#tests/helpers/call.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { closeAllSockets, refusalOf } from "#tests/helpers/live-socket.ts";
import { peakMemoryMib } from "#tests/helpers/peak-memory.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { run } from "#tests/helpers/test-postgres.ts";
import { until } from "#tests/helpers/until.ts";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url, env: { MINT_RATE: "0" } });
});
afterEach(() => {
  closeAllListeners();
  closeAllSockets();
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const api = (bin?: BinMinted) =>
  createApiClient({ origin: server.origin, ...(bin ? { key: bin.key } : {}) });
const send = (bin: BinMinted, count: number) =>
  sendCaptures(`${server.origin}/in/${bin.id}`, count);

test("reports that can't be read are recorded as failures, and the stream goes on", async () => {
  const bin = await api().mint();
  const whole = tried({ body: null });
  const bad: unknown[] = [
    undefined,
    "ok",
    { kind: "tried" },
    { ...whole, body: randomBytes(256 * 1024 + 1) },
    { ...whole, bodySize: 2 ** 40 },
    { ...whole, url: "a\0b" },
    { ...whole, extra: true },
  ];
  const listener = new TestListener(server.origin, bin, {
    handle: ({ request }) => (bad[request.seq - 1] ?? null) as null,
  });
  listener.socket.off("deliver");
  listener.socket.on("deliver", (delivery, acknowledge) => {
    listener.deliveries.push(delivery);
    (acknowledge as (report: unknown) => void)(bad[delivery.request.seq - 1]);
  });
  await listener.ready();
  await send(bin, bad.length);
  await until(() => listener.seqs.length === bad.length, "all deliveries");
  await until(
    async () => (await api(bin).listeners(bin.id)).items[0]?.cursor === bad.length,
    "the cursor",
  );
  for (const { request } of listener.deliveries) {
    const { items } = await api(bin).forwards(bin.id, request.id);
    expect(items, `${request.seq}`).toMatchObject([
      { state: "failed", attempts: [{ error: { code: "reset" } }] },
    ]);
  }
});

test("what is at the edge of the contract is kept as it is", async () => {
  const bin = await api().mint();
  const body = randomBytes(256 * 1024);
  const over = {
    body,
    bodySize: 300_000,
    headers: Array.from({ length: 1_000 }, (_, index): [string, string] => [
      `X-${index}`,
      "\u0000\u00ff\u{1f600}\ud800",
    ]),
  };
  const listener = new TestListener(server.origin, bin, { handle: (each) => tried(each, over) });
  await listener.ready();
  await send(bin, 1);
  const { request } = await until(() => listener.deliveries[0], "the delivery");
  const [forward] = await until(async () => {
    const { items } = await api(bin).forwards(bin.id, request.id);
    return items.length > 0 && items;
  }, "the forward");
  const attempt = forward?.attempts[0];
  expect(attempt?.bodySize).toBe(300_000);
  expect(body.equals(Buffer.from(attempt?.bodyBase64 ?? "", "base64"))).toBe(true);
  expect(attempt?.headers).toHaveLength(1_000);
  expect(listener.socket.connected).toBe(true);
});

test("what is larger than any report ends the connection, before and after the key is shown", async () => {
  const bin = await api().mint();
  const stranger = new TestListener(server.origin, { id: bin.id, key: "x".repeat(8_000) });
  await new Promise((resolve) => stranger.socket.io.once("close", resolve));
  const listener = new TestListener(server.origin, bin);
  await listener.ready();
  (listener.socket as unknown as { emit(name: string, more: string): void }).emit(
    "working",
    "x".repeat(600 * 1024),
  );
  await until(() => listener.socket.disconnected, "the end");
});

test("a flood of messages ends the connection; what is not known is ignored", async () => {
  const bin = await api().mint();
  const listener = new TestListener(server.origin, bin);
  await listener.ready();
  const socket = listener.socket as unknown as { emit(name: string, ...rest: unknown[]): void };
  for (const given of [undefined, {}, { forwardId: "x" }, { forwardId: bin.id }, [1]]) {
    socket.emit("working", given);
  }
  socket.emit("anything", { at: "all" });
  await send(bin, 1);
  await until(() => listener.seqs.length === 1, "the delivery");
  for (let index = 0; index < 3_000; index++) socket.emit("working", {});
  await until(() => listener.socket.disconnected, "the end");
});

test("handshakes that are none are refused with the reason", async () => {
  const { id: bin, key } = await api().mint();
  const auths = [
    { bin, key, name: "" },
    { bin, key, name: "two\nlines" },
    { bin, key, name: "x".repeat(101) },
    { bin, key, start: "somewhere" },
    { bin, key, maxAgeSeconds: 0 },
    { bin, key, targets: Array(21).fill("http://localhost:3000") },
    { bin, key, unknown: true },
  ];
  for (const auth of auths) {
    expect(await refusalOf(server.origin, auth, {}, "/relay"), JSON.stringify(auth)).toEqual({
      code: "invalid_fields",
      status: 422,
    });
  }
});

test("a bin takes so many listeners at once, and remembers so many", async () => {
  const bin = await api().mint();
  const listeners = Array.from(
    { length: LISTENERS_CONNECTED_MAX },
    (_, index) => new TestListener(server.origin, bin, { auth: { name: `${index}` } }),
  );
  await Promise.all(listeners.map((each) => each.ready(20_000)));
  const auth = { bin: bin.id, key: bin.key, name: "one more" };
  expect(await refusalOf(server.origin, auth, {}, "/relay")).toEqual({
    code: "rate_limited",
    status: 429,
  });
  await run(
    database.url,
    `INSERT INTO listeners (id, bin_id, name, cursor, key_id, connected_at, heard_at)
      SELECT gen_random_uuid(), '${bin.id}', 'old ' || place, 0, gen_random_uuid(), now(), now()
      FROM generate_series(1, ${LISTENERS_KEPT_MAX - LISTENERS_CONNECTED_MAX}) AS place`,
  );
  listeners.pop()?.close();
  await until(async () => {
    const { items } = await api(bin).listeners(bin.id);
    return items.filter(({ connected }) => connected).length === listeners.length;
  }, "the end of one of them");
  expect((await refusalOf(server.origin, auth, {}, "/relay"))?.status).toBe(429);
  await api(bin).removeListener(bin.id, "old 1");
  const other = new TestListener(server.origin, bin, { auth: { name: "one more" } });
  await other.ready();
  await send(bin, 3);
  await until(() => listeners.every(({ seqs }) => seqs.length === 3), "all deliveries");
});

test("slow listeners fill no memory, however much waits for them", async () => {
  const bin = await api().mint();
  const names = Array.from({ length: 20 }, (_, index) => `slow ${index}`);
  const listen = (name: string) =>
    new TestListener(server.origin, bin, { auth: { name }, handle: () => null });
  const first = names.map(listen);
  await Promise.all(first.map((each) => each.ready(20_000)));
  for (const each of first) each.close();
  const call = createCall(server);
  const body = randomBytes(256 * 1024);
  for (let index = 0; index < 200; index++) await call("POST", `/in/${bin.id}`, { body });
  const before = peakMemoryMib(server.pid);
  const again = names.map(listen);
  await until(() => again.every(({ seqs }) => seqs.length === 1), "the first deliveries");
  // 50 MiB wait for each of the 20.
  expect(peakMemoryMib(server.pid) - before).toBeLessThan(250);
});

test("a server that stops lets what is under way end, and sends its listeners elsewhere", async () => {
  const bin = await api().mint();
  const listener = new TestListener(server.origin, bin, { handle: () => null });
  await listener.ready();
  const reason = new Promise((resolve) => listener.socket.once("disconnect", resolve));
  const release = Promise.withResolvers<void>();
  listener.handle(async (delivery) => {
    await release.promise;
    return tried(delivery);
  });
  await send(bin, 2);
  await until(() => listener.seqs.length === 1, "the delivery");
  const stopping = server.stop();
  setTimeout(release.resolve, 200);
  // The reason for which socket.io's client comes back by itself.
  expect(await reason).toBe("transport close");
  await stopping;
  expect(listener.seqs).toEqual([1]);
  server = await startServer({ databaseUrl: database.url });
  const again = new TestListener(server.origin, bin);
  expect(await again.ready()).toMatchObject({ cursor: 1, missed: 1 });
});
