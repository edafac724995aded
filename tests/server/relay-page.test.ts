import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { TestListener, tried } from "#tests/helpers/listener.ts";
import { type LiveTap, tapLive } from "#tests/helpers/live-socket.ts";
import { useTwoServers } from "#tests/helpers/two-servers.ts";
import { until } from "#tests/helpers/until.ts";

// The listeners are connected to `near`, the page watches `far`.
const servers = useTwoServers();

const api = (bin?: BinMinted) =>
  createApiClient({ origin: servers.far.origin, ...(bin ? { key: bin.key } : {}) });
const mint = () => api().mint();
const watch = (bin: BinMinted) => tapLive(servers.far.origin, { bin: bin.id, key: bin.key });
const listenersOf = (live: LiveTap) => live.all("listeners").at(-1)?.items ?? [];

test("a page sees who is connected, to where, how far behind, and when it was heard", async () => {
  const bin = await mint();
  const live = await watch(bin);
  expect(await live.next("listeners")).toEqual({ items: [] });
  expect(live.heard[0]?.event).toBe("requests");
  const targets = ["http://localhost:3000/webhooks"];
  const laptop = new TestListener(servers.near.origin, bin, {
    auth: { name: "laptop", targets, version: "0.1.0" },
    handle: () => null,
  });
  await laptop.ready();
  const { items } = await live.next("listeners", (event) => event.items[0]?.connected === true);
  expect(items).toEqual([
    {
      name: "laptop",
      targets,
      version: "0.1.0",
      connected: true,
      connectedAt: expect.any(String),
      tookOverAt: null,
      heardAt: expect.any(String),
      cursor: 0,
      behind: 0,
    },
  ]);
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 3);
  await until(() => listenersOf(live)[0]?.behind === 3, "how far it is behind");
  // Nothing happens, but it is heard again.
  const heardAt = listenersOf(live)[0]?.heardAt ?? "";
  await until(() => (listenersOf(live)[0]?.heardAt ?? "") > heardAt, "its next sign of life");
  laptop.close();
  await until(() => listenersOf(live)[0]?.connected === false, "its end");
  expect((await api(bin).listeners(bin.id)).items).toEqual(listenersOf(live));
});

test("a cursor that moves is seen", async () => {
  const bin = await mint();
  const live = await watch(bin);
  const listener = new TestListener(servers.near.origin, bin);
  await listener.ready();
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 20);
  await until(() => listenersOf(live)[0]?.cursor === 20, "the cursor");
  expect(listenersOf(live)[0]).toMatchObject({ behind: 0, connected: true });
});

test("removing one ends its connection wherever it is, and forgets its place", async () => {
  const bin = await mint();
  const name = "Ada's laptop / 2";
  const listener = new TestListener(servers.near.origin, bin, { auth: { name } });
  await listener.ready();
  const live = await watch(bin);
  await live.next("listeners", ({ items }) => items.length === 1);
  await api(bin).removeListener(bin.id, name);
  await until(() => listener.end === "listener_removed", "the end");
  await until(() => listener.socket.disconnected, "the disconnection");
  await live.next("listeners", ({ items }) => items.length === 0);
  await expect(api(bin).removeListener(bin.id, name)).rejects.toMatchObject({
    code: "listener_not_found",
  });
});

test("a revoked key and a deleted bin end listeners in every process", async () => {
  const bin = await mint();
  const { id, key } = await api(bin).mintKey(bin.id, "laptop");
  const byKey = new TestListener(
    servers.near.origin,
    { id: bin.id, key },
    { auth: { name: "one" } },
  );
  const other = new TestListener(servers.near.origin, bin, { auth: { name: "two" } });
  await Promise.all([byKey.ready(), other.ready()]);
  await api(bin).revokeKey(bin.id, id);
  await until(() => byKey.end === "key_revoked", "the end of the key");
  expect(other.socket.connected).toBe(true);
  await api(bin).deleteBin(bin.id);
  await until(() => other.end === "bin_gone", "the end of the bin");
});

test.each(["near", "far"] as const)(
  "who took a name over from another process, at %s, is told so; who comes back, or comes after one that left, is not",
  async (where) => {
    const bin = await mint();
    const tookOver = async () => (await api(bin).listeners(bin.id)).items[0]?.tookOverAt;
    const connect = async (instance: string, server = servers.near) => {
      const listener = new TestListener(server.origin, bin, { auth: { instance } });
      await listener.ready();
      return listener;
    };
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await connect(one);
    await connect(one, servers[where]);
    expect(await tookOver()).toBeNull();
    await connect(two, servers[where]);
    expect(await tookOver()).toEqual(expect.any(String));
    const last = await connect(two);
    expect(await tookOver()).toEqual(expect.any(String));
    last.close();
    await until(
      async () => (await api(bin).listeners(bin.id)).items[0]?.connected === false,
      "its end",
    );
    await connect(three);
    expect(await tookOver()).toBeNull();
  },
);

test("the same name at another process takes over, and goes on where the other one was", async () => {
  const bin = await mint();
  const older = new TestListener(servers.near.origin, bin, {
    handle: (delivery) => (delivery.request.seq === 1 ? tried(delivery) : null),
  });
  await older.ready();
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 3, { atOnce: 1 });
  await until(() => older.seqs.length === 2, "the second delivery");
  await until(
    async () => (await api(bin).listeners(bin.id)).items[0]?.cursor === 1,
    "the cursor of the first",
  );
  const newer = new TestListener(servers.far.origin, bin);
  expect(await newer.ready()).toMatchObject({ cursor: 1, missed: 2 });
  await until(() => older.end === "replaced" && older.socket.disconnected, "the end of the older");
  await until(() => newer.seqs.length === 2, "the rest");
  expect(newer.deliveries[0]?.forwardId).toBe(older.deliveries[1]?.forwardId);
  // What is captured at one process reaches a listener at the other.
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 1);
  await until(() => newer.seqs.includes(4), "one more");
  expect(newer.seqs).toEqual([2, 3, 4]);
  expect(newer.socket.connected).toBe(true);
});
