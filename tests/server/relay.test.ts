import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url, env: { MINT_RATE: "0" } });
});
afterEach(closeAllListeners);
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const api = (bin?: BinMinted) =>
  createApiClient({ origin: server.origin, ...(bin ? { key: bin.key } : {}) });
const mint = () => api().mint();
const send = (bin: BinMinted, count: number) =>
  sendCaptures(`${server.origin}/in/${bin.id}`, count, { target: (index) => `/${index}` });
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test("a new listener begins at the head and gets what comes, in order, each as a forward on the page", async () => {
  const bin = await mint();
  await send(bin, 3);
  const listener = new TestListener(server.origin, bin, { auth: { name: "laptop" } });
  expect(await listener.ready()).toEqual({
    name: "laptop",
    cursor: 3,
    lastSeq: 3,
    missed: 0,
    passedOver: 0,
    captureUrl: expect.stringMatching(`/in/${bin.id}$`),
    dashboardUrl: expect.stringMatching(`/b/${bin.id}$`),
  });
  await send(bin, 40);
  await until(() => listener.seqs.length === 40, "all deliveries");
  expect(listener.seqs).toEqual(range(4, 43));
  const [first] = listener.deliveries;
  expect(first).toMatchObject({ attempt: 1, asked: false, append: true, edit: null });
  const { items } = await until(async () => {
    const page = await api(bin).forwards(bin.id, first?.request.id ?? "");
    return page.items.length > 0 && page;
  }, "the forward");
  expect(items).toEqual([
    expect.objectContaining({
      id: first?.forwardId,
      to: "listener",
      listener: "laptop",
      state: "delivered",
      attempts: [
        expect.objectContaining({ status: 200, url: "http://localhost:3000/hook", changes: [] }),
      ],
    }),
  ]);
});

test("a listener that comes back gets what it missed, or passes over what it wants to", async () => {
  const bin = await mint();
  const first = new TestListener(server.origin, bin);
  await first.ready();
  first.close();
  await send(bin, 5);
  const begin = async (start: string) => {
    const listener = new TestListener(server.origin, bin, {
      auth: { start },
      handle: () => null,
    });
    const { cursor, missed, passedOver } = await listener.ready();
    listener.close();
    return { cursor, missed, passedOver };
  };
  expect(await begin("cursor")).toEqual({ cursor: 0, missed: 5, passedOver: 0 });
  expect(await begin("latest")).toEqual({ cursor: 4, missed: 1, passedOver: 4 });
  expect(await begin("now")).toEqual({ cursor: 5, missed: 0, passedOver: 1 });
});

test("bodies come as they were sent", async () => {
  const bin = await mint();
  const listener = new TestListener(server.origin, bin, { handle: (each) => tried(each) });
  await listener.ready();
  await send(bin, 1);
  const delivery = await until(() => listener.deliveries[0], "the delivery");
  expect(Buffer.from(delivery.body ?? []).toString()).toBe("{}");
});
