import { expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { ForwardCreate } from "#lib/contract/forwards.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { TestListener, tried } from "#tests/helpers/listener.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import type { SharedServer } from "#tests/helpers/shared-servers.ts";
import { useTwoServers } from "#tests/helpers/two-servers.ts";
import { until } from "#tests/helpers/until.ts";

// The page asks `near`; the listener is connected to either.
const servers = useTwoServers();

const api = (bin?: BinMinted) =>
  createApiClient({ origin: servers.near.origin, ...(bin ? { key: bin.key } : {}) });
const mint = () => api().mint();

/** A bin with one captured request, which the listeners that connect later are not given. */
async function binWithRequest() {
  const bin = await mint();
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 1, { target: () => "/a?b" });
  const { items } = await api(bin).requests(bin.id);
  const id = items[0]?.id ?? "";
  const ask = (input: Partial<ForwardCreate> = {}) =>
    api(bin).forward(bin.id, id, { to: "listener", ...input });
  return { bin, id, ask };
}

async function listen(server: SharedServer, bin: BinMinted, name: string) {
  const listener = new TestListener(server.origin, bin, { auth: { name } });
  await listener.ready();
  return listener;
}

test.each(["near", "far"] as const)(
  "a forward asked for reaches a listener connected to %s",
  async (where) => {
    const { bin, id, ask } = await binWithRequest();
    const live = await tapLive(servers.far.origin, { bin: bin.id, key: bin.key });
    const listener = await listen(servers[where], bin, "laptop");
    const forward = await ask();
    const [delivery] = listener.deliveries;
    expect(delivery).toMatchObject({
      forwardId: forward.id,
      asked: true,
      append: true,
      attempt: 1,
      edit: null,
      request: { id, target: "/a?b" },
    });
    expect(Buffer.from(delivery?.body ?? []).toString()).toBe("{}");
    expect(forward).toMatchObject({ to: "listener", listener: "laptop", state: "delivered" });
    expect(forward.attempts).toHaveLength(1);
    expect((await api(bin).forwards(bin.id, id)).items).toEqual([forward]);
    expect(await live.next("forward", ({ state }) => state === "delivered")).toEqual(forward);
  },
);

test.each(["near", "far"] as const)("an edit travels to %s, and is not kept", async (where) => {
  const { bin, ask } = await binWithRequest();
  const listener = await listen(servers[where], bin, "laptop");
  const edit = {
    method: "PUT",
    headers: [["X-Odd", "\u00e9"]] satisfies [string, string][],
    bodyBase64: "AP8=",
  };
  const forward = await ask({ edit, append: false });
  expect(listener.deliveries[0]).toMatchObject({ edit, append: false });
  expect(forward).toMatchObject({ edited: true, append: false, state: "delivered" });
});

test("what it came to is told: a bad status, an error, no target that takes it", async () => {
  const { bin, ask } = await binWithRequest();
  const listener = await listen(servers.near, bin, "laptop");
  listener.handle((delivery) => tried(delivery, { status: 500 }));
  expect(await ask()).toMatchObject({ state: "failed", attempts: [{ status: 500, error: null }] });
  const error = { code: "refused" as const, message: "Nothing listens on localhost:3000." };
  listener.handle((delivery) => tried(delivery, { status: null, error }));
  expect(await ask()).toMatchObject({ state: "failed", attempts: [{ status: null, error }] });
  listener.handle(() => ({ kind: "unwanted" }));
  expect(await ask()).toMatchObject({
    state: "failed",
    attempts: [{ error: { code: "no_listener" } }],
  });
});

test("it goes beside the stream, never behind it", async () => {
  const { bin, ask } = await binWithRequest();
  const listener = await listen(servers.near, bin, "laptop");
  listener.handle((delivery) => (delivery.asked ? tried(delivery) : null));
  await sendCaptures(`${servers.near.origin}/in/${bin.id}`, 3);
  await until(() => listener.seqs.length === 1, "the stream's delivery");
  const forwards = await Promise.all(Array.from({ length: 12 }, () => ask()));
  expect(forwards.map(({ state }) => state)).toEqual(Array(12).fill("delivered"));
  expect(listener.seqs).toEqual([2]);
});

test("without a listener, or with several and no name, it is refused with what to do", async () => {
  const { bin, ask } = await binWithRequest();
  await expect(ask()).rejects.toMatchObject({ code: "no_listener", status: 409 });
  const [one, two] = [
    await listen(servers.near, bin, "one"),
    await listen(servers.far, bin, "two"),
  ];
  await expect(ask()).rejects.toMatchObject({
    code: "which_listener",
    status: 409,
    message: expect.stringContaining('"one" and "two"'),
  });
  await expect(ask({ name: "three" })).rejects.toMatchObject({ code: "no_listener" });
  expect(await ask({ name: "two" })).toMatchObject({ listener: "two" });
  expect([one.deliveries.length, two.deliveries.length]).toEqual([0, 1]);
  one.close();
  two.close();
  await until(
    () =>
      ask().then(
        () => false,
        (error: Error) => error.message.includes("was last heard at"),
      ),
    "nobody to be connected",
  );
});

test("a listener that goes away in the middle leaves it failed, not hanging", async () => {
  const { bin, ask } = await binWithRequest();
  const listener = await listen(servers.far, bin, "laptop");
  listener.handle(() => null);
  const asked = ask();
  await until(() => listener.deliveries.length === 1, "the delivery");
  listener.drop();
  expect(await asked).toMatchObject({
    state: "failed",
    attempts: [{ error: { code: "interrupted" } }],
  });
});
