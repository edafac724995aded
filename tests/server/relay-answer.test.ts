import { expect, test } from "vitest";
import type { BinCreate, BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { Outcome } from "#lib/contract/relay.ts";
import { type CallOptions, createCall } from "#tests/helpers/call.ts";
import { TestListener, tried } from "#tests/helpers/listener.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { type SharedServer, startBeside } from "#tests/helpers/shared-servers.ts";
import { useTwoServers } from "#tests/helpers/two-servers.ts";
import { until } from "#tests/helpers/until.ts";

// Senders send to `near`; the listener is connected to either.
const servers = useTwoServers();

const api = (bin?: BinMinted) =>
  createApiClient({ origin: servers.near.origin, ...(bin ? { key: bin.key } : {}) });
const mint = (over: BinCreate = {}) =>
  api().mint({ listenerWaitMs: 10_000, response: { status: 202, body: "the bin's" }, ...over });
const send = (bin: BinMinted, method = "POST", options: CallOptions = { body: "{}" }) =>
  createCall(servers.near)(method, `/in/${bin.id}`, options);

/** A listener whose localhost answers like this. */
async function answering(
  server: SharedServer,
  bin: BinMinted,
  over: Partial<Extract<Outcome, { kind: "tried" }>>,
) {
  const listener = new TestListener(server.origin, bin, { handle: (each) => tried(each, over) });
  await listener.ready();
  return listener;
}

async function newest(bin: BinMinted) {
  return until(async () => {
    const { items } = await api(bin).requests(bin.id);
    return items[0]?.answered ? items[0] : null;
  }, "what became of the answer");
}

const teapot = {
  status: 418,
  headers: [
    ["Content-Type", "text/x-tea"],
    ["X-Handler", "one"],
    ["x-handler", "two"],
  ] satisfies HeaderPair[],
  body: Buffer.from("short and stout"),
  bodySize: 15,
};

test.each(["near", "far"] as const)(
  "the sender gets the answer of a localhost that listens at %s, and it is shown as such",
  async (where) => {
    const bin = await mint();
    const live = await tapLive(servers.near.origin, { bin: bin.id, key: bin.key });
    await answering(servers[where], bin, teapot);
    const answer = await send(bin);
    expect([answer.status, answer.bytes.toString()]).toEqual([418, "short and stout"]);
    expect(answer.headers).toMatchObject({
      "content-type": "text/x-tea",
      "x-handler": "one, two",
      "content-length": "15",
      "content-security-policy": "sandbox",
      "hooklens-request-id": expect.any(String),
    });
    const response = {
      status: 418,
      headers: expect.arrayContaining(teapot.headers),
      bodySize: 15,
      from: "listener",
    };
    const request = await newest(bin);
    expect(request).toMatchObject({ response, answered: { outcome: "sent" } });
    const { items } = await live.next("answered");
    expect(items[0]).toMatchObject({ id: request.id, response });
  },
);

test("headers that would reach beyond the answer are left out", async () => {
  const bin = await mint();
  await answering(servers.near, bin, {
    ...teapot,
    headers: [
      ["Set-Cookie", "session=1"],
      ["Strict-Transport-Security", "max-age=1"],
      ["Content-Length", "999"],
      ["Transfer-Encoding", "chunked"],
      ["Connection", "X-Hop, close"],
      ["X-Hop", "1"],
      ["Hooklens-Request-Id", "forged"],
      ["Content-Security-Policy", "default-src 'none'"],
      ["Cross-Origin-Opener-Policy", "unsafe-none"],
      ["Referrer-Policy", "unsafe-url"],
      ["X-Broken", "a\r\nSet-Cookie: b=1"],
      ["X-Kept", "é"],
    ],
  });
  const answer = await send(bin);
  expect(answer.status).toBe(418);
  expect(answer.headers).toMatchObject({
    "content-length": "15",
    "content-security-policy": "sandbox, default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-kept": "é",
  });
  for (const name of ["set-cookie", "strict-transport-security", "x-hop", "x-broken"]) {
    expect(answer.headers[name], name).toBeUndefined();
  }
  expect(answer.headers["hooklens-request-id"]).not.toBe("forged");
});

test("HEAD gets the length that GET would have, and no body", async () => {
  const bin = await mint();
  await answering(servers.near, bin, {
    ...teapot,
    headers: [["Content-Length", "1234"]],
    body: Buffer.alloc(0),
    bodySize: 0,
  });
  const answer = await send(bin, "HEAD", {});
  expect([answer.status, answer.headers["content-length"], answer.bytes.length]).toEqual([
    418,
    "1234",
    0,
  ]);
});

test.each([
  ["it is late", { listenerWaitMs: 300 }, null],
  ["it is too long to be kept whole", {}, { bodySize: 300_000 }],
  ["nothing listens on its port", {}, { status: null, error: { code: "refused", message: "-" } }],
  ["it broke off", {}, { error: { code: "reset", message: "-" } }],
  ["it is no final answer", {}, { status: 101 }],
] as const)("the bin's answer goes out when %s", async (_why, over, outcome) => {
  const bin = await mint(over);
  const listener = new TestListener(servers.near.origin, bin, {
    handle: (each) => (outcome ? tried(each, outcome) : null),
  });
  await listener.ready();
  const answer = await send(bin);
  expect([answer.status, answer.bytes.toString()]).toEqual([202, "the bin's"]);
  expect((await newest(bin)).response).not.toHaveProperty("from");
  expect(listener.seqs).toEqual([1]);
});

test.each(["near", "far"] as const)(
  "the bin's answer goes out at once when the listener at %s has no target for it",
  async (where) => {
    const bin = await mint({ listenerWaitMs: 25_000 });
    const listener = new TestListener(servers[where].origin, bin, {
      handle: () => ({ kind: "unwanted" }),
    });
    await listener.ready();
    const startedAt = performance.now();
    expect((await send(bin)).status).toBe(202);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  },
);

test("late or not, the request reaches localhost in its turn", async () => {
  const bin = await mint({ listenerWaitMs: 100 });
  const release = Promise.withResolvers<void>();
  const listener = new TestListener(servers.near.origin, bin, {
    handle: async (each) => {
      await release.promise;
      return tried(each, teapot);
    },
  });
  await listener.ready();
  expect((await send(bin)).status).toBe(202);
  release.resolve();
  const forwards = await until(async () => {
    const { id } = await newest(bin);
    const { items } = await api(bin).forwards(bin.id, id);
    return items.length > 0 && items;
  }, "the forward");
  expect(forwards).toMatchObject([{ attempts: [{ status: 418 }] }]);
});

test("nobody waits when nobody listens, or when the bin does not want it", async () => {
  const bin = await mint({ listenerWaitMs: 25_000 });
  const listener = await answering(servers.near, bin, teapot);
  listener.close();
  await until(
    async () => (await api(bin).listeners(bin.id)).items[0]?.connected === false,
    "the end of the listener",
  );
  const startedAt = performance.now();
  expect((await send(bin)).status).toBe(202);
  expect(performance.now() - startedAt).toBeLessThan(20_000);

  const plain = await mint({ listenerWaitMs: 0 });
  await answering(servers.near, plain, teapot);
  expect((await send(plain)).status).toBe(202);
  await api(plain).change(plain.id, { listenerWaitMs: 10_000 });
  expect((await send(plain)).status).toBe(418);
});

test("of two listeners the first that answers counts", async () => {
  const bin = await mint();
  const options = { auth: { name: "down" } };
  const down = new TestListener(servers.near.origin, bin, {
    ...options,
    handle: (each) =>
      tried(each, { status: null, error: { code: "refused", message: "Nothing listens." } }),
  });
  await down.ready();
  await answering(servers.near, bin, teapot);
  expect((await send(bin)).status).toBe(418);
});

test("more than a hundred waiting senders of a bin are not waited for", async () => {
  const leaving = await startBeside();
  const bin = await mint({ listenerWaitMs: 25_000 });
  const held = new TestListener(leaving.origin, bin, { handle: () => null });
  await held.ready();
  const answers: number[] = [];
  const sendTo = createCall(leaving);
  const senders = Array.from({ length: 105 }, () =>
    sendTo("POST", `/in/${bin.id}`, { body: "{}" }).then(({ status }) => answers.push(status)),
  );
  await until(() => answers.length === 5, "the answers to those beyond a hundred");
  // The server stops: the others get the bin's answer, and not a closed connection.
  await leaving.stop();
  await Promise.all(senders);
  expect(answers).toEqual(Array(105).fill(202));
});
