import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { createResendClient } from "#lib/contract/resend-client.ts";
import type { ResendCreate, ResendLine, ResendReport } from "#lib/contract/resends.ts";
import { type AnsweringSink, startAnsweringSink } from "#tests/helpers/answering-sink.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const COUNT = 30;

let database: TestDatabase;
let near: TestServer;
let far: TestServer;
const sinks: AnsweringSink[] = [];

beforeAll(async () => {
  database = await createDatabase();
  const options = { databaseUrl: database.url, env: { MINT_RATE: "0", FORWARD_RATE: "60" } };
  [near, far] = await Promise.all([startServer(options), startServer(options)]);
});
afterEach(() => closeAllListeners());
afterAll(async () => {
  await Promise.all([near?.stop(), far?.stop()]);
  await Promise.all(sinks.map((sink) => sink.close()));
  await database?.drop();
});

/** A bin that holds so many requests, `/1` and on, and a handler. */
async function setUp(count = COUNT) {
  const sink = await startAnsweringSink();
  sinks.push(sink);
  const bin = await mintAt(near.origin);
  const client = createApiClient({ origin: near.origin, key: bin.key });
  const api = createResendClient(client);
  const ids: string[] = [];
  for (let nth = 1; nth <= count; nth++) {
    const body = JSON.stringify({ even: nth % 2 === 0 });
    const url = `${near.origin}/in/${bin.id}/${nth}`;
    const answer = await fetch(url, { method: "POST", body });
    ids.push(answer.headers.get("Hooklens-Request-Id") ?? "");
  }
  return {
    bin,
    client,
    api,
    sink,
    ids,
    begin: (input: Omit<ResendCreate, "to"> = {}) => api.add(bin.id, { to: sink.origin, ...input }),
    over: (id: string, origin = far.origin): Promise<ResendReport> =>
      until(
        async () => {
          const own = createResendClient(createApiClient({ origin, key: bin.key }));
          const report = await own.get(bin.id, id);
          return report.state !== "running" && report.counts.pending === 0 && report;
        },
        "the resend to be over",
        60_000,
      ),
  };
}

const paths = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => `/${from + at * step}`);

describe("a resend", () => {
  test("sends all that match once, in order and no faster than asked, to the last one that was there", async () => {
    const { bin, api, sink, begin, over } = await setUp();
    const asked = { q: "body.even:true", ratePerSecond: 20 };
    expect(await api.plan(bin.id, { to: sink.origin, ...asked })).toEqual({
      requests: 15,
      incomplete: 0,
      isExact: true,
      range: { first: 2, last: 30 },
      to: sink.origin,
      name: null,
      ratePerSecond: 20,
      seconds: 0.75,
    });
    expect(sink.came).toEqual([]);
    const { id, planned } = await begin(asked);
    expect(planned).toBe(15);
    await fetch(`${near.origin}/in/${bin.id}/later`, { method: "POST", body: '{"even":true}' });
    const report = await over(id);
    expect(report).toMatchObject({
      state: "done",
      counts: { pending: 0, delivered: 15, dead: 0 },
      failures: [],
    });
    expect(sink.paths()).toEqual(paths(2, 30, 2));
    const file = await fetch(`${near.origin}${api.fileUrl(bin.id, id, "ndjson")}`, {
      headers: { Authorization: `Bearer ${bin.key}` },
    });
    const lines = (await file.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as ResendLine);
    expect(lines.map(({ seq }) => seq)).toEqual(
      paths(2, 30, 2).map((path) => Number(path.slice(1))),
    );
    expect(lines[0]).toMatchObject({ state: "delivered", status: 200, attempts: 1, error: null });
    // By the attempts' own beginnings: a bucket of one second's worth that began empty.
    const begun = lines.map(({ startedAt }) => Date.parse(startedAt ?? ""));
    const tookMs = (begun.at(-1) ?? 0) - Date.parse(report.createdAt);
    expect(tookMs).toBeGreaterThanOrEqual((15 / 20) * 1000 - 50);
    const csv = await fetch(`${near.origin}${api.fileUrl(bin.id, id, "csv")}`, {
      headers: { Authorization: `Bearer ${bin.key}` },
    });
    expect((await csv.text()).trim().split("\r\n")).toHaveLength(16);
  });

  test("of those that are marked says what failed and why, tries none twice, and is forgotten when it is over", async () => {
    const { bin, api, client, sink, ids, begin, over } = await setUp(6);
    sink.say((path) => ({ status: path === "/2" ? 500 : path === "/4" ? 422 : 200 }));
    const { id } = await begin({ ids: [1, 3, 4].map((at) => ids[at] ?? ""), ordered: false });
    const report = await over(id);
    expect(sink.paths().sort()).toEqual(["/2", "/4", "/5"]);
    expect(report).toMatchObject({ marked: 3, planned: 3, counts: { delivered: 1, dead: 2 } });
    expect(report.failures).toMatchObject([
      { reason: 500, count: 1, first: { requestId: ids[1], seq: 2 } },
      { reason: 422, count: 1, first: { requestId: ids[3], seq: 4 } },
    ]);
    await api.delete(bin.id, id);
    await expect(api.get(bin.id, id)).rejects.toMatchObject({ code: "resend_not_found" });
    expect((await client.requests(bin.id, { q: "forward:dead" })).items).toHaveLength(2);
  });

  test("that is stopped sends no more, and what was never tried leaves no forward behind", async () => {
    const { bin, api, sink, ids, client, begin, over } = await setUp(8);
    sink.say((path) => (path === "/2" ? null : {}));
    const { id } = await begin();
    await until(() => sink.came.length === 2, "the second to be under way");
    await expect(api.delete(bin.id, id)).rejects.toMatchObject({ code: "resend_running" });
    expect(await api.stop(bin.id, id)).toMatchObject({ state: "stopped", counts: { pending: 1 } });
    await sink.close();
    sinks.splice(sinks.indexOf(sink), 1);
    const report = await over(id);
    expect(report).toMatchObject({ planned: 8, counts: { delivered: 1, dead: 1 } });
    expect(report.failures).toMatchObject([{ reason: "reset", count: 1 }]);
    expect(sink.paths()).toEqual(["/1", "/2"]);
    expect((await client.forwards(bin.id, ids[7] ?? "")).items).toEqual([]);
  });

  test("goes to other machines no faster than FORWARD_RATE allows, and is refused where it makes no sense", async () => {
    const { bin, api } = await setUp(2);
    const to = "http://192.0.2.1/";
    expect(await api.plan(bin.id, { to, ratePerSecond: 100 })).toMatchObject({
      ratePerSecond: 1,
      seconds: 2,
    });
    const refused = (input: ResendCreate) => api.add(bin.id, input).catch((error) => error);
    for (const [input, pointer] of [
      [{ to: "nowhere" }, "/to"],
      [{ to: "listener", retry: { maxAttempts: 2 } }, "/retry/maxAttempts"],
      [{ to: "listener", headers: { remove: ["Cookie"] } }, "/headers"],
      [{ to, name: "laptop" }, "/name"],
      [{ to, q: "bdy:" }, "/q"],
      [{ to, q: "path:/none" }, "/q"],
      [{ to, q: "x", ids: [bin.id] }, "/ids/0"],
      [{ to, ids: ["018f0000-0000-7000-8000-000000000000"] }, "/ids"],
      [{ to, ratePerSecond: 0 }, "/ratePerSecond"],
    ] as const) {
      const error = await refused(input as unknown as ResendCreate);
      expect(error, JSON.stringify(input)).toMatchObject({
        code: "invalid_fields",
        errors: [{ pointer }],
      });
    }
  });
});

describe("a resend through a listener", () => {
  const asked = (listener: TestListener) =>
    listener.deliveries.filter((delivery) => delivery.asked).map(({ request }) => request.seq);

  test("is refused where none is connected, or it is not clear which one", async () => {
    const { bin, api } = await setUp(1);
    const plan = () => api.plan(bin.id, { to: "listener" });
    await expect(plan()).rejects.toMatchObject({ code: "no_listener" });
    for (const [at, name] of [
      [near, "laptop"],
      [far, "desk"],
    ] as const) {
      await new TestListener(at.origin, bin, { auth: { name } }).ready();
    }
    await expect(plan()).rejects.toMatchObject({ code: "which_listener" });
    expect(await api.plan(bin.id, { to: "listener", name: "desk" })).toMatchObject({
      to: "listener",
      name: "desk",
      ratePerSecond: null,
    });
    await expect(api.add(bin.id, { to: "listener", name: "attic" })).rejects.toMatchObject({
      code: "no_listener",
    });
  });

  test("goes beside the stream, in order, each once, whichever process has the machine", async () => {
    const { bin, api, client, ids, over } = await setUp(6);
    const released = Promise.withResolvers<void>();
    const listener = new TestListener(far.origin, bin, {
      auth: { name: "laptop" },
      handle: async (delivery) => {
        if (delivery.asked && delivery.request.seq === 2) await released.promise;
        return tried(delivery, delivery.request.seq === 4 ? { status: 500 } : {});
      },
    });
    await listener.ready();
    const { id } = await api.add(bin.id, { to: "listener", ratePerSecond: 50 });
    await until(() => asked(listener).length === 2, "the second to be handed over");
    const url = `${near.origin}/in/${bin.id}/new`;
    await fetch(url, { method: "POST", body: "{}" });
    await until(() => listener.seqs.includes(7), "the stream to go on");
    expect(asked(listener)).toEqual([1, 2]);
    released.resolve();
    const report = await over(id);
    expect(asked(listener)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(report).toMatchObject({
      to: "listener",
      name: "laptop",
      state: "done",
      counts: { delivered: 5, dead: 1 },
      failures: [{ reason: 500, first: { seq: 4 } }],
    });
    expect((await client.forwards(bin.id, ids[0] ?? "")).items).toMatchObject([
      { to: "listener", listener: "laptop", state: "delivered", attempts: [{ status: 200 }] },
    ]);
  });

  test("several at once; stopped, it hands over no more, and what is under way is told", async () => {
    const { bin, api, over } = await setUp(40);
    const released = Promise.withResolvers<void>();
    const listener = new TestListener(near.origin, bin, {
      handle: (delivery) => released.promise.then(() => tried(delivery)),
    });
    await listener.ready();
    const { id } = await api.add(bin.id, { to: "listener", ordered: false });
    await until(() => asked(listener).length >= 4, "several to be under way");
    await api.stop(bin.id, id);
    released.resolve();
    const { counts, state } = await over(id);
    expect(state).toBe("stopped");
    expect(counts.delivered).toBeLessThan(40);
    expect(new Set(asked(listener)).size).toBe(asked(listener).length);
    expect(counts).toEqual({ pending: 0, dead: 0, delivered: asked(listener).length });
  });

  test("waits for a machine that is away for a moment, and says what its absence cost", async () => {
    const { bin, api, over } = await setUp(5);
    const first = new TestListener(near.origin, bin, {
      auth: { name: "laptop" },
      handle: (delivery) => (delivery.request.seq === 2 ? null : tried(delivery)),
    });
    await first.ready();
    const { id } = await api.add(bin.id, { to: "listener" });
    await until(() => asked(first).length === 2, "the second to be under way");
    first.close();
    const second = new TestListener(far.origin, bin, { auth: { name: "laptop" } });
    await second.ready();
    const report = await over(id);
    // What was on its way as the machine left may have come there: it is told, and not sent twice.
    const after = asked(second);
    expect(asked(first)).toEqual([1, 2]);
    expect([
      [3, 4, 5],
      [4, 5],
    ]).toContainEqual(after);
    expect(report).toMatchObject({
      state: "done",
      counts: { delivered: 1 + after.length, dead: 4 - after.length },
      failures: [{ reason: "interrupted", first: { seq: 2 } }],
    });
  });
});

test("goes on after all processes were killed: each was sent once, or says that it may have been", async () => {
  const { sink, begin, over } = await setUp();
  sink.say((path) => (path === "/10" ? null : {}));
  const { id } = await begin({ ratePerSecond: 40 });
  await until(() => sink.came.length >= 10, "ten to have come");
  await Promise.all([near.kill("SIGKILL"), far.kill("SIGKILL")]);
  near = await startServer({
    databaseUrl: database.url,
    env: { MINT_RATE: "0", PORT: new URL(near.origin).port },
  });
  const report = await over(id, near.origin);
  expect(sink.paths()).toEqual(paths(1, COUNT));
  expect(report.counts).toEqual({ pending: 0, delivered: COUNT - 1, dead: 1 });
  expect(report.failures).toMatchObject([{ reason: "interrupted", count: 1, first: { seq: 10 } }]);
});
