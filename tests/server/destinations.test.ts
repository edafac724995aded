import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import type { Destination, DestinationCreate } from "#lib/contract/destinations.ts";
import type { Attempt, Forward } from "#lib/contract/forwards.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import { type AnsweringSink, startAnsweringSink } from "#tests/helpers/answering-sink.ts";
import { mintBin } from "#tests/helpers/forwarding.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import { freePort } from "#tests/helpers/server.ts";
import { useTwoServers } from "#tests/helpers/two-servers.ts";
import { until } from "#tests/helpers/until.ts";

const servers = useTwoServers();
const sinks: AnsweringSink[] = [];
let sink: AnsweringSink;

beforeAll(async () => {
  sink = await addSink();
});
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((each) => each.close()));
  sink = await addSink();
});
afterAll(() => Promise.all(sinks.splice(0).map((each) => each.close())));

async function addSink(port?: number): Promise<AnsweringSink> {
  const added = await startAnsweringSink(port);
  sinks.push(added);
  return added;
}

/** A bin with a destination at the sink, unless told otherwise. Requests go to both processes in turns. */
async function setUp(input: Partial<DestinationCreate> = {}) {
  const bin = await mintBin(servers.near.origin);
  const client = createApiClient({ origin: servers.far.origin, key: bin.key });
  const api = createDestinationClient(client);
  const added = await api.add(bin.id, { url: sink.origin, ...input });
  let sent = 0;
  const send = async (path: string, body = "hi") => {
    const { origin } = sent++ % 2 === 0 ? servers.near : servers.far;
    const answer = await fetch(`${origin}/in/${bin.id}${path}`, { method: "POST", body });
    return answer.headers.get("Hooklens-Request-Id") ?? "";
  };
  const read = () => api.get(bin.id, added.id);
  const forwards = async (state: Forward["state"]) =>
    (await api.forwards(bin.id, added.id, { state, limit: 200 })).items;
  return {
    bin,
    client,
    api,
    id: added.id,
    send,
    read,
    forwards,
    change: (patch: Parameters<typeof api.change>[2]) => api.change(bin.id, added.id, patch),
    replay: (input: Parameters<typeof api.replay>[2]) => api.replay(bin.id, added.id, input),
    /** Until so many forwards are in this state. */
    ended: (state: Forward["state"], count: number) =>
      until(async () => {
        const found = await forwards(state);
        return found.length >= count && found;
      }, `${count} forwards that are ${state}`),
    /** Until it stands so. */
    stands: (isSo: (destination: Destination) => boolean, what: string) =>
      until(async () => {
        const destination = await read();
        return isSo(destination) && destination;
      }, what),
  };
}

const gapsOf = (path: string) => {
  const times = sink.came.filter((each) => each.path === path).map(({ at }) => at);
  return times.slice(1).map((at, index) => at - (times[index] ?? 0));
};

/** The pauses as they were, by the attempts' own times, beside those of the settings in seconds. */
function scheduleOf(attempts: readonly Attempt[], longest: readonly number[]): string {
  const rows = longest.map((seconds, index) => {
    const [before, after] = [attempts[index], attempts[index + 1]];
    const endedMs = Date.parse(before?.startedAt ?? "") + (before?.timing.totalMs ?? 0);
    const pause = ((Date.parse(after?.startedAt ?? "") - endedMs) / 1000).toFixed(3);
    return `| ${index + 2} | ${(seconds * 0.75).toFixed(3)} to ${seconds.toFixed(3)} s | ${pause} s |`;
  });
  return [
    "| attempt | pause by its settings | pause it had |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}

const FAST = { firstDelaySeconds: 0.05, maxDelaySeconds: 0.05 };

describe("what is delivered", () => {
  test("is what matches, as its owner wants it, once, and told live; the search knows its state", async () => {
    const headers = {
      add: [["X-Added", "yes"]] as [string, string][],
      remove: ["user-agent"],
    };
    const { bin, client, send, ended, read } = await setUp({
      url: `${sink.origin}/hook?k=1`,
      q: "path:/yes* body.amount>10",
      headers,
    });
    const live = await tapLive(servers.near.origin, { bin: bin.id, key: bin.key });
    const id = await send("/yes?a=b", '{"amount": 11}');
    await send("/no", '{"amount": 11}');
    await send("/yes", '{"amount": 9}');
    const [forward] = await ended("delivered", 1);
    expect(sink.came).toMatchObject([
      { path: "/hook/yes?k=1&a=b", body: '{"amount": 11}', forwardId: forward?.id },
    ]);
    expect(sink.came[0]?.headers).toMatchObject({ "x-added": "yes" });
    expect(sink.came[0]?.headers).not.toHaveProperty("user-agent");
    expect(forward).toMatchObject({ requestId: id, edited: true, append: true, deadReason: null });
    expect(forward?.attempts).toMatchObject([{ status: 200, error: null }]);
    const reasons = forward?.attempts[0]?.changes?.map(({ kind, name, why }) => [kind, name, why]);
    expect(reasons).toContainEqual(["added", "X-Added", "the destination's setting"]);
    expect(JSON.stringify(forward?.attempts[0]?.changes)).not.toContain('"yes"');
    expect(reasons).toContainEqual(["dropped", "user-agent", "the destination's setting"]);
    await until(() => live.all("forward").some((told) => told.id === forward?.id), "it live");
    await until(
      () => live.all("destinations").some(({ items }) => items[0]?.cursor === 3),
      "the destination live",
    );
    expect(await read()).toMatchObject({ cursor: 3, behind: 0, counts: { pending: 0, failed: 0 } });
    const found = await client.requests(bin.id, { q: "forward:delivered" });
    expect(found.items.map((item) => item.id)).toEqual([id]);
  });

  test("begins where its owner says, and what success is as well", async () => {
    const { bin, api, send, ended, id } = await setUp({ enabled: false });
    for (const path of ["/1", "/2", "/3"]) await send(path);
    await api.delete(bin.id, id);
    const all = await api.add(bin.id, {
      url: sink.origin,
      from: 2,
      retry: { success: [404, "3xx"] },
    });
    sink.say((path) => ({ status: path === "/2" ? 404 : 302 }));
    await until(() => sink.came.length === 2, "both");
    await until(
      async () => (await api.forwards(bin.id, all.id, { state: "delivered" })).items.length === 2,
      "both delivered",
    );
    expect(sink.paths().sort()).toEqual(["/2", "/3"]);
    await expect(ended("delivered", 1)).rejects.toMatchObject({ code: "destination_not_found" });
  });
});

test("is signed again where its owner wants it, or dead where nothing can sign it", async () => {
  const { bin, client, send, ended } = await setUp({ resign: true });
  await send("/unsigned");
  expect(await ended("dead", 1)).toMatchObject([{ deadReason: "unsigned", attempts: [] }]);
  const secret = "quite-secret";
  await createSecretClient(client).add(bin.id, { provider: "github", secret });
  const headers = { "X-GitHub-Event": "ping", "X-Hub-Signature-256": "sha256=stale" };
  await fetch(`${servers.near.origin}/in/${bin.id}/signed`, {
    method: "POST",
    headers,
    body: "{}",
  });
  const [forward] = await ended("delivered", 1);
  const signature = createHmac("sha256", secret).update("{}").digest("hex");
  expect(sink.came[0]?.headers).toMatchObject({ "x-hub-signature-256": `sha256=${signature}` });
  expect(forward).toMatchObject({ resigned: true });
});

test("is nothing that was read from a file", async () => {
  const { bin, client, send, ended, stands } = await setUp();
  await send("/sent");
  await ended("delivered", 1);
  const file = await (await client.export(bin.id, "ndjson", "")).arrayBuffer();
  const imported = await fetch(client.importUrl(bin.id), {
    method: "POST",
    headers: { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/x-ndjson" },
    body: file,
  });
  expect(imported.status).toBe(200);
  await stands(({ cursor }) => cursor === 2, "it to have passed over the imported one");
  expect(sink.paths()).toEqual(["/sent"]);
});

describe("what fails", () => {
  test("is tried again after pauses that double up to the longest, then it is dead; and replayed", async () => {
    const retry = { firstDelaySeconds: 0.2, maxDelaySeconds: 0.5, maxAttempts: 5 };
    const { bin, client, send, ended, replay, forwards, read } = await setUp({
      retry,
      breaker: { failures: 0 },
    });
    sink.say(() => ({ status: 500 }));
    await send("/a");
    await send("/b");
    const dead = await ended("dead", 2);
    for (const path of ["/a", "/b"]) {
      const gaps = gapsOf(path);
      expect(gaps).toHaveLength(4);
      for (const [index, least] of [150, 300, 375, 375].entries()) {
        expect(gaps[index], `pause ${index + 1} of ${path}`).toBeGreaterThanOrEqual(least);
      }
    }
    expect(dead.map(({ deadReason }) => deadReason)).toEqual(["attempts", "attempts"]);
    for (const { attempts } of dead) {
      expect(attempts.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
      console.log(scheduleOf(attempts, [0.2, 0.4, 0.5, 0.5]));
    }
    expect(new Set(sink.came.map(({ forwardId }) => forwardId)).size).toBe(2);
    expect((await read()).counts).toEqual({ pending: 0, failed: 0, dead: 2 });
    expect((await client.requests(bin.id, { q: "forward:dead" })).items).toHaveLength(2);

    sink.say(() => ({}));
    expect(await replay({ q: "path:/b" })).toEqual({ replayed: 1 });
    await ended("delivered", 1);
    const left = await forwards("dead");
    expect(await replay({ ids: left.map(({ id }) => id) })).toEqual({ replayed: 1 });
    const delivered = await ended("delivered", 2);
    expect(delivered.map(({ attempts }) => attempts.length)).toEqual([6, 6]);
    expect(sink.paths().slice(-2)).toEqual(["/b", "/a"]);
    expect(await replay({ state: "delivered" })).toEqual({ replayed: 2 });
    await until(() => sink.came.length === 14, "both again");
  });

  test("waits as long as Retry-After asks, in seconds and as a date, and no longer than it may live", async () => {
    const { send, ended, forwards } = await setUp({
      retry: { ...FAST, maxAgeSeconds: 60 },
    });
    const asked: Record<string, () => string> = {
      "/seconds": () => "1",
      "/date": () => new Date(Date.now() + 2_000).toUTCString(),
      "/ages": () => "3600",
    };
    sink.say((path, nth) =>
      nth > 1 ? {} : { status: 503, headers: { "Retry-After": asked[path]?.() ?? "" } },
    );
    for (const path of Object.keys(asked)) await send(path);
    await ended("delivered", 2);
    expect(gapsOf("/seconds")[0]).toBeGreaterThanOrEqual(1_000);
    expect(gapsOf("/date")[0]).toBeGreaterThanOrEqual(1_000);
    expect(await forwards("dead")).toMatchObject([{ deadReason: "age" }]);
  });

  test("too often opens the circuit breaker: nothing is tried but a probe, nothing is lost, and it closes again", async () => {
    const port = await freePort();
    const { send, ended, stands, read, forwards } = await setUp({
      url: `http://127.0.0.1:${port}`,
      retry: FAST,
      breaker: { failures: 3, probeSeconds: 0.1 },
    });
    for (let count = 0; count < 40; count++) await send(`/${count}`);
    // Sixteen may have been under way when it opened.
    const open = await stands(({ circuit }) => circuit.failures >= 18, "two probes that failed");
    expect(open.circuit).toMatchObject({
      openedAt: expect.any(String),
      probeAt: expect.any(String),
    });
    expect(["open", "half-open"]).toContain(open.circuit.state);
    const tries = (await forwards("failed")).flatMap(({ attempts }) => attempts);
    // One that has been made since is not counted in `open` yet.
    expect(tries.length).toBeGreaterThanOrEqual(open.circuit.failures);
    expect(tries.length).toBeLessThanOrEqual(open.circuit.failures + 5);
    expect(open.counts).toMatchObject({ dead: 0 });
    expect(open.counts.pending + open.counts.failed).toBe(40);
    const held: ServerResponse[] = [];
    const hanging = createServer((_, response) => held.push(response)).listen(port, "127.0.0.1");
    await stands(({ circuit }) => circuit.state === "half-open" && held.length > 0, "a probe");
    expect(held).toHaveLength(1);
    hanging.close();
    hanging.closeAllConnections();
    const again = await addSink(port);
    await ended("delivered", 40);
    expect(new Set(again.paths()).size).toBe(40);
    expect((await read()).circuit).toEqual({
      state: "closed",
      failures: 0,
      openedAt: null,
      probeAt: null,
    });
  });

  test("blocks those behind it in strict order, and says so", async () => {
    const { send, ended, stands } = await setUp({
      ordered: true,
      retry: { firstDelaySeconds: 0.3, maxDelaySeconds: 0.3, maxAttempts: 4 },
    });
    sink.say((path, nth) => ({ status: (path === "/2" && nth < 4) || path === "/4" ? 500 : 200 }));
    for (let count = 1; count <= 6; count++) await send(`/${count}`);
    const blocked = await stands(({ blockedBy }) => blockedBy !== null, "it to be blocked");
    expect(blocked.blockedBy).toMatchObject({ seq: 2, tries: expect.any(Number) });
    await ended("delivered", 5);
    expect(sink.paths()).toEqual([
      "/1",
      "/2",
      "/2",
      "/2",
      "/2",
      "/3",
      "/4",
      "/4",
      "/4",
      "/4",
      "/5",
      "/6",
    ]);
    expect(await ended("dead", 1)).toMatchObject([{ deadReason: "attempts" }]);
  });

  test("answers that blame the request leave the breaker closed, and a redirect is not followed", async () => {
    const other = await addSink();
    sink.say((path) =>
      path === "/r" ? { status: 307, headers: { Location: other.origin } } : { status: 400 },
    );
    const { send, ended, read } = await setUp({ retry: { ...FAST, maxAttempts: 2 } });
    for (const path of ["/r", "/1", "/2", "/3"]) await send(path);
    await ended("dead", 4);
    expect(await read()).toMatchObject({ circuit: { state: "closed", failures: 0 } });
    expect(other.came).toEqual([]);
  });
});

test("what comes back to the destination that sent it ends there, and says so", async () => {
  const far = await mintBin(servers.near.origin);
  const farApi = createDestinationClient(
    createApiClient({ origin: servers.far.origin, key: far.key }),
  );
  const { bin, client, send, forwards, ended, stands } = await setUp({ url: `${far.url}/a` });
  const url = bin.url;
  // Two ways back: by hops alone each round would double what goes around.
  for (const path of ["b", "c"]) await farApi.add(far.id, { url: `${url}/${path}` });
  await send("/x");
  expect(await ended("dead", 2)).toMatchObject([
    { deadReason: "in_circle", attempts: [] },
    { deadReason: "in_circle", attempts: [] },
  ]);
  await stands(({ behind, counts }) => behind === 0 && counts.pending === 0, "nothing to do");
  expect(await forwards("delivered")).toHaveLength(1);
  const paths = (await client.requests(bin.id, {})).items.map(({ target }) => target);
  expect(paths.sort()).toEqual(["/b/a/x", "/c/a/x", "/x"]);
});

describe("its owner", () => {
  test("throttles it, over all processes", async () => {
    const perSecond = 10;
    const { send, ended } = await setUp({ ratePerSecond: perSecond });
    await Promise.all(Array.from({ length: 25 }, (_, index) => send(`/${index}`)));
    const delivered = await ended("delivered", 25);
    const begun = delivered
      .map(({ attempts }) => Date.parse(attempts[0]?.startedAt ?? ""))
      .sort((a, b) => a - b);
    for (const [index, at] of begun.entries()) {
      const within = begun.filter((other) => other >= at && other < at + 1_000).length;
      // One begins a little after it was allowed to, on a busy machine up to half a second.
      const most = 2.5 * perSecond;
      expect(within, `in the second from attempt ${index + 1}`).toBeLessThan(most);
    }
    // A second's worth at once, and then no faster than that.
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(1_400);
  });

  test("disables it: what waits is held; enables it: all goes on; deletes it: what waits is dead and says so", async () => {
    const { bin, api, client, send, change, stands, ended, id } = await setUp({
      retry: { firstDelaySeconds: 60 },
    });
    sink.say(() => ({ status: 503 }));
    const requestId = await send("/1");
    await stands(({ counts }) => counts.failed === 1, "it to have failed");
    await change({ enabled: false });
    await send("/2");
    await send("/3");
    expect(await stands(({ behind }) => behind === 2, "it to be behind")).toMatchObject({
      counts: { pending: 0, failed: 1 },
    });
    sink.say(() => ({}));
    await change({ enabled: true });
    await ended("delivered", 2);
    expect(sink.paths().sort()).toEqual(["/1", "/2", "/3"]);
    await api.delete(bin.id, id);
    const { items } = await client.forwards(bin.id, requestId);
    expect(items).toMatchObject([{ state: "dead", deadReason: "destination_deleted" }]);
  });

  test("deletes it while it is sending: what was under way is told as it came out", async () => {
    const held: ServerResponse[] = [];
    const target = createServer((_, response) => held.push(response)).listen(0, "127.0.0.1");
    await once(target, "listening");
    const { port } = target.address() as AddressInfo;
    const { bin, api, client, send, id } = await setUp({ url: `http://127.0.0.1:${port}` });
    const ids = [await send("/1"), await send("/2")];
    await until(() => held.length === 2, "both under way");
    await api.delete(bin.id, id);
    held[0]?.writeHead(200).end();
    held[1]?.writeHead(500).end();
    const told = () =>
      Promise.all(ids.map(async (each) => (await client.forwards(bin.id, each)).items[0]));
    const done = await until(async () => {
      const forwards = await told();
      return forwards.every((forward) => forward?.attempts[0]?.status) && forwards;
    }, "both outcomes");
    const ends = done.map((forward) => `${forward?.state} ${forward?.deadReason}`).sort();
    expect(ends).toEqual(["dead destination_deleted", "delivered null"]);
    target.close();
  });

  test("clears what it had not been given: that is counted", async () => {
    const { bin, client, send, read, change, stands, ended } = await setUp({ retry: FAST });
    sink.say((path) => ({ status: path === "/1" ? 503 : 200 }));
    await send("/1");
    await stands(({ counts }) => counts.failed === 1, "it to have failed");
    await change({ enabled: false });
    for (const path of ["/2", "/3", "/4"]) await send(path);
    await client.clear(bin.id, { through: 3 });
    // Said while it is off; the one that waited for its next attempt is counted when it comes up.
    expect(await read()).toMatchObject({ missed: 2, behind: 1 });
    await change({ enabled: true });
    await ended("delivered", 1);
    expect(sink.paths().filter((path) => path !== "/1")).toEqual(["/4"]);
    await stands(({ missed, counts }) => missed === 3 && counts.failed === 0, "three missed");
  });

  test("deletes the bin: all ends", async () => {
    const { bin, client, send, stands } = await setUp({ retry: FAST, breaker: { failures: 0 } });
    sink.say((path) => ({ status: path === "/1" ? 503 : 200 }));
    await send("/1");
    await stands(({ counts }) => counts.failed === 1, "it to have failed");
    await client.deleteBin(bin.id);
    await expect(client.bin(bin.id)).rejects.toMatchObject({ status: 410 });
    const before = sink.came.length;
    // One may have been under way.
    const other = await setUp();
    await other.send("/other");
    await other.ended("delivered", 1);
    expect(sink.paths().filter((path) => path === "/1").length).toBeLessThanOrEqual(before + 1);
  });
});
