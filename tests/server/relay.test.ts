import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { createCall } from "#tests/helpers/call.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { HttpConnection } from "#tests/helpers/http-connection.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

beforeAll(async () => {});
afterEach(closeAllListeners);
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

test("bodies come as they were sent; large ones, of 10 MiB, are fetched", async () => {
  const bin = await mint();
  const listener = new TestListener(server.origin, bin);
  await listener.ready();
  const call = createCall(server);
  const edge = randomBytes(256 * 1024);
  const large = randomBytes(10 * 1024 * 1024);
  for (const body of [edge, large, undefined]) await call("POST", `/in/${bin.id}`, { body });
  const [first, second, third] = await until(
    () => listener.deliveries.length === 3 && listener.deliveries,
    "the deliveries",
  );
  expect(edge.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
  expect([second?.body, third?.body]).toEqual([null, null]);
  expect([second?.request.bodySize, third?.request.bodySize]).toEqual([large.length, 0]);
  const fetched = await call("GET", `/api/bins/${bin.id}/requests/${second?.request.id}/body`, {
    key: bin.key,
  });
  expect(large.equals(fetched.bytes)).toBe(true);
});

test("the same name takes over, and goes on where the other one was", async () => {
  const bin = await mint();
  const older = new TestListener(server.origin, bin, {
    auth: { name: "laptop" },
    handle: (delivery) => (delivery.request.seq <= 2 ? tried(delivery) : null),
  });
  await older.ready();
  await send(bin, 4);
  await until(() => older.seqs.length === 3, "the third delivery");
  const newer = new TestListener(server.origin, bin, { auth: { name: "laptop" } });
  expect(await newer.ready()).toMatchObject({ cursor: 2, missed: 2 });
  await until(() => older.end === "replaced" && older.socket.disconnected, "the end of the older");
  await until(() => newer.seqs.length === 2, "the rest");
  expect(newer.seqs).toEqual([3, 4]);
  const [third] = newer.deliveries;
  expect(third?.forwardId).toBe(older.deliveries[2]?.forwardId);
  expect(third?.attempt).toBe(2);
  const { attempts } = await until(async () => {
    const { items } = await api(bin).forwards(bin.id, third?.request.id ?? "");
    return items.find(({ state }) => state === "delivered");
  }, "the forward");
  expect(attempts.map(({ error }) => error?.code ?? null)).toEqual(["interrupted", null]);
  expect(newer.socket.connected).toBe(true);
});

test("one that is removed is told, and its name begins anew", async () => {
  const bin = await mint();
  const listener = new TestListener(server.origin, bin, { auth: { name: "laptop" } });
  await listener.ready();
  await send(bin, 2);
  await until(() => listener.seqs.length === 2, "both");
  await api(bin).removeListener(bin.id, "laptop");
  await until(() => listener.end === "listener_removed", "the end");
  await send(bin, 1);
  const again = new TestListener(server.origin, bin, { auth: { name: "laptop" } });
  expect(await again.ready()).toMatchObject({ cursor: 3, missed: 0 });
});

test("two listeners of other names get everything, each at its own pace", async () => {
  const bin = await mint();
  const fast = new TestListener(server.origin, bin, { auth: { name: "fast" } });
  const slow = new TestListener(server.origin, bin, { auth: { name: "slow" }, handle: () => null });
  await Promise.all([fast.ready(), slow.ready()]);
  await send(bin, 20);
  await until(() => fast.seqs.length === 20, "all of the fast one");
  await until(() => slow.heads.at(-1) === 20, "how far the bin is");
  expect(slow.seqs).toEqual([1]);
  expect(fast.deliveries[0]?.forwardId).not.toBe(slow.deliveries[0]?.forwardId);
});

test("what was removed meanwhile is passed over and counted", async () => {
  const bin = await mint();
  const release = Promise.withResolvers<void>();
  const listener = new TestListener(server.origin, bin, {
    handle: async (delivery) => {
      await release.promise;
      return tried(delivery);
    },
  });
  await listener.ready();
  await send(bin, 10);
  await until(() => listener.seqs.length === 1, "the first delivery");
  const { items } = await api(bin).requests(bin.id);
  const idOf = (seq: number) => items.find((row) => row.seq === seq)?.id ?? "";
  // Up to 4 by a clear, 6 and 7 one by one; all are in the page that is in memory.
  await api(bin).clear(bin.id, { through: 4 });
  await api(bin).deleteRequest(bin.id, idOf(6));
  await api(bin).deleteRequest(bin.id, idOf(7));
  release.resolve();
  await until(() => listener.seqs.includes(10), "the last one");
  expect(listener.seqs).toEqual([1, 5, 8, 9, 10]);
  expect(listener.passed).toEqual([
    { from: 2, through: 4, count: 3, why: "removed" },
    { from: 6, through: 7, count: 2, why: "removed" },
  ]);
  await api(bin).clear(bin.id);
  await send(bin, 1);
  await until(() => listener.seqs.includes(11), "the next one");
  expect(listener.passed).toHaveLength(2);
});

test("what was removed while nobody listened is counted, also when nothing is left", async () => {
  const bin = await mint();
  const first = new TestListener(server.origin, bin);
  await first.ready();
  first.close();
  await send(bin, 5);
  await api(bin).clear(bin.id);
  const second = new TestListener(server.origin, bin);
  expect(await second.ready()).toMatchObject({ cursor: 0, lastSeq: 5, missed: 0 });
  await until(() => second.passed.length > 0, "what was passed over");
  expect(second.passed).toEqual([{ from: 1, through: 5, count: 5, why: "removed" }]);
});

test("what was missed and is too old is passed over; what waits behind a slow localhost is not", async () => {
  const bin = await mint();
  const first = new TestListener(server.origin, bin);
  await first.ready();
  first.close();
  await send(bin, 3);
  await sleep(1_200);
  const second = new TestListener(server.origin, bin, { auth: { maxAgeSeconds: 1 } });
  expect(await second.ready()).toMatchObject({ missed: 3 });
  await until(() => second.passed.length > 0, "what was passed over");
  expect(second.passed).toEqual([{ from: 1, through: 3, count: 3, why: "too_old" }]);
  const release = Promise.withResolvers<void>();
  second.handle(async (delivery) => {
    await release.promise;
    return tried(delivery);
  });
  await send(bin, 2);
  await sleep(1_200);
  release.resolve();
  await until(() => second.seqs.includes(5), "both");
  expect(second.seqs).toEqual([4, 5]);
});

test("what was not captured whole, or goes in a circle, is not forwarded", async () => {
  const bin = await mint();
  const listener = new TestListener(server.origin, bin);
  await listener.ready();
  const call = createCall(server);
  const sender = await HttpConnection.open(server.port);
  await sender.write(`POST /in/${bin.id} HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf`);
  await sleep(100);
  sender.close();
  await until(() => listener.passed.length === 1, "the first");
  // node:http joins equal names, so these differ in their case.
  const names = Array.from({ length: 10 }, (_, index) =>
    [..."hooklens-forward-id"].map((letter, at) => (at === index ? letter.toUpperCase() : letter)),
  );
  const hops = names.map((letters) => `${letters.join("")}: a\r\n`).join("");
  const circle = await HttpConnection.open(server.port);
  await circle.write(`POST /in/${bin.id} HTTP/1.1\r\nHost: h\r\n${hops}Content-Length: 0\r\n\r\n`);
  await until(() => listener.passed.length === 2, "the second");
  circle.close();
  await call("POST", `/in/${bin.id}`);
  await until(() => listener.seqs.length === 1, "the third");
  expect(listener.seqs).toEqual([3]);
  expect(listener.passed).toEqual([
    { from: 1, through: 1, count: 1, why: "body_incomplete" },
    { from: 2, through: 2, count: 1, why: "in_circle" },
  ]);
  const { items } = await api(bin).requests(bin.id);
  const { items: forwards } = await api(bin).forwards(bin.id, items.at(-1)?.id ?? "");
  expect(forwards).toMatchObject([
    { state: "failed", attempts: [{ error: { code: "body_incomplete" } }] },
  ]);
});

test("what no target takes is passed without a forward", async () => {
  const bin = await mint();
  const listener = new TestListener(server.origin, bin, {
    handle: (delivery) =>
      delivery.request.seq === 2 ? tried(delivery) : { kind: "unwanted" as const },
  });
  await listener.ready();
  await send(bin, 3);
  await until(async () => (await api(bin).listeners(bin.id)).items[0]?.cursor === 3, "the cursor");
  const { items } = await api(bin).requests(bin.id);
  const forwards = await Promise.all(items.map(({ id }) => api(bin).forwards(bin.id, id)));
  expect(forwards.map((page) => page.items.length)).toEqual([0, 1, 0]);
});

test("a failure is recorded and the stream goes on", async () => {
  const bin = await mint();
  const error = { code: "refused" as const, message: "Nothing listens on localhost:3000." };
  const listener = new TestListener(server.origin, bin, {
    handle: (delivery) => tried(delivery, { status: null, error }),
  });
  await listener.ready();
  await send(bin, 2);
  await until(() => listener.seqs.length === 2, "both");
  const { items } = await until(async () => {
    const page = await api(bin).forwards(bin.id, listener.deliveries[1]?.request.id ?? "");
    return page.items.length > 0 && page;
  }, "the forward");
  expect(items).toMatchObject([{ state: "failed", attempts: [{ status: null, error }] }]);
});
