import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AnsweredEvent, LiveEvent, LivePayload, Removal } from "#lib/contract/events.ts";
import { isRemoved } from "#lib/contract/events.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { Channel, type Emit } from "#lib/live/channel.ts";
import type { Subscriber } from "#lib/live/subscriber.ts";
import { createLog } from "#lib/log.ts";

const log = createLog("silent");
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const summary = (seq: number): RequestSummary => ({
  id: `request-${seq}`,
  seq,
  receivedAt: "2026-01-01T00:00:00.000000Z",
  method: "POST",
  target: "/".repeat(seq % 17 === 0 ? 20_000 : 10),
  contentType: null,
  bodySize: 0,
  bodyTruncated: false,
  bodyIncomplete: false,
  remoteAddress: "127.0.0.1",
  provider: null,
  thread: null,
  signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
  response: { status: 200, headers: [], bodySize: 0 },
  answered: null,
});

/** The bin's table: what is committed, and nothing else. */
class Table {
  rows = new Map<number, RequestSummary>();
  head = 0;
  revision = 0;

  capture(count: number): { firstSeq: number; lastSeq: number; rows: RequestSummary[] } {
    const firstSeq = this.head + 1;
    this.head += count;
    const rows = Array.from({ length: count }, (_, index) => summary(firstSeq + index));
    for (const row of rows) this.rows.set(row.seq, row);
    return { firstSeq, lastSeq: this.head, rows };
  }

  remove(what: { seqs: number[] } | { through: number }): Removal {
    this.revision += 1;
    const removal = { ...what, revision: this.revision };
    for (const seq of this.rows.keys()) if (isRemoved(removal, seq)) this.rows.delete(seq);
    return removal;
  }

  answer(seq: number): AnsweredEvent | null {
    const row = this.rows.get(seq);
    if (!row) return null;
    const answered = { outcome: "sent" as const, respondedMs: seq };
    this.rows.set(seq, { ...row, answered });
    return { id: row.id, seq, answered, storedMs: 1 };
  }

  list = (): RequestSummary[] => [...this.rows.values()];

  listAfter(after: number, limit: number): RequestSummary[] {
    return this.list()
      .filter((row) => row.seq > after)
      .slice(0, limit);
  }
}

type Told = { [Event in LiveEvent]: [Event, LivePayload<Event>] }[
  | "requests"
  | "removed"
  | "answered"
  | "behind"];

/** A client as lib/contract/events.ts describes it. */
class Client {
  rows = new Map<number, RequestSummary>();
  lastSeq: number | undefined;
  revision: number | null = null;
  loads = 0;
  /** What each event brought, for the promises about pace and order. */
  pushes: { at: number; seqs: number[] }[] = [];
  #sinceLoad: Told[] | null = null;
  readonly #table: Table;
  readonly #listMs: number;

  constructor(table: Table, listMs: number) {
    this.#table = table;
    this.#listMs = listMs;
  }

  hear(told: Told): void {
    this.#sinceLoad?.push(told);
    this.#apply(told);
    const [event, payload] = told;
    if (event === "requests") {
      this.pushes.push({ at: performance.now(), seqs: payload.items.map((row) => row.seq) });
    }
    if (event === "requests" || event === "behind") {
      const mustLoad = event === "behind" || payload.revision !== this.revision;
      this.lastSeq = payload.lastSeq;
      this.revision = payload.revision;
      if (mustLoad) void this.#load();
    }
    if (event === "removed" && this.revision !== null && payload.revision > this.revision) {
      const missed = payload.revision > this.revision + 1;
      this.revision = payload.revision;
      if (missed) void this.#load();
    }
  }

  async #load(): Promise<void> {
    this.loads += 1;
    const since: Told[] = [];
    this.#sinceLoad = since;
    await pause(this.#listMs);
    const list = this.#table.list();
    await pause(this.#listMs);
    if (this.#sinceLoad !== since) return; // Another load began after this one.
    this.#sinceLoad = null;
    this.rows = new Map(list.map((row) => [row.seq, row]));
    for (const told of since) this.#apply(told);
  }

  #apply([event, payload]: Told): void {
    if (event === "requests") for (const row of payload.items) this.rows.set(row.seq, row);
    if (event === "removed") {
      for (const seq of this.rows.keys()) if (isRemoved(payload, seq)) this.rows.delete(seq);
    }
    if (event === "answered") {
      for (const { seq, answered } of payload.items) {
        const row = this.rows.get(seq);
        if (row) this.rows.set(seq, { ...row, answered });
      }
    }
  }
}

/** A socket of a client, with a buffer that can be full. */
function connect(channel: Channel, client: Client, id: string) {
  const drains: (() => void)[] = [];
  const state = { room: true, open: true };
  const subscriber: Pick<Subscriber, keyof Subscriber> = {
    id,
    keyId: "key",
    session: null,
    cursor: client.lastSeq ?? channel.knownSeq,
    told: null,
    lost: false,
    notBefore: 0,
    hasRoom: () => state.room,
    onDrain: (callback) => void drains.push(callback),
    end: () => undefined,
  };
  channel.join(subscriber as Subscriber);
  return {
    hear: (told: Told) => client.hear(told),
    stall() {
      state.room = false;
    },
    drain() {
      state.room = true;
      for (const drain of drains) drain();
    },
    cut: () => channel.leave(id),
  };
}

const delay = fc.integer({ min: 0, max: 120 });
const news = fc.record({ delay, way: fc.constantFrom("told", "hinted", "lost") });
const capture = fc.record({
  kind: fc.constant("capture" as const),
  count: fc.oneof({ arbitrary: fc.integer({ min: 1, max: 260 }), weight: 9 }, fc.constant(1_400)),
  news,
});
const remove = fc.record({
  kind: fc.constant("remove" as const),
  pick: fc.double({ min: 0, max: 1, noNaN: true }),
  news,
});
const clear = fc.record({ kind: fc.constant("clear" as const), news });
const answer = fc.record({
  kind: fc.constant("answer" as const),
  pick: fc.double({ min: 0, max: 1, noNaN: true }),
  delay,
});
const cut = fc.record({ kind: fc.constant("cut" as const), client: fc.nat(2), delay });
const stall = fc.record({ kind: fc.constant("stall" as const), client: fc.nat(2), delay });
const poll = fc.record({ kind: fc.constant("poll" as const), delay });
const wait = fc.record({ kind: fc.constant("wait" as const), delay });
const readMs = fc.integer({ min: 0, max: 60 });

const step = { capture, remove, clear, answer, cut, stall, poll, wait };
type Step = {
  [Kind in keyof typeof step]: (typeof step)[Kind] extends fc.Arbitrary<infer Value>
    ? Value
    : never;
}[keyof typeof step];

/** Plays the steps against a channel with three clients; news comes late, out of order or never. */
async function play(steps: readonly Step[], readTimes: readonly number[]) {
  const table = new Table();
  const sockets = new Map<string, ReturnType<typeof connect>>();
  const emit: Emit = (ids, event, payload) => {
    for (const id of ids) sockets.get(id)?.hear([event, payload] as Told);
  };
  let reads = 0;
  const channel = new Channel({
    emit,
    listAfter: async (after, limit) => {
      const ms = readTimes[reads++ % readTimes.length] ?? 0;
      await pause(ms);
      const rows = table.listAfter(after, limit);
      await pause(ms);
      if (reads % 13 === 5) throw new Error("The database is away.");
      return rows;
    },
    log,
  });
  const clients = [0, 1, 2].map((index) => new Client(table, index * 20));
  let connections = 0;
  const enter = async (client: Client) => {
    const { head, revision } = table;
    await pause(5);
    channel.advance(head, revision);
    const id = `socket-${connections++}`;
    const socket = connect(channel, client, id);
    sockets.set(id, socket);
    current.set(client, { id, socket });
  };
  const current = new Map<Client, { id: string; socket: ReturnType<typeof connect> }>();
  for (const client of clients) await enter(client);
  const pending: Promise<void>[] = [];
  const later = (ms: number, act: () => void | Promise<void>) =>
    pending.push(pause(ms).then(() => act()));

  const perform = (step: Step): void | Promise<void> => {
    switch (step.kind) {
      case "capture": {
        const { firstSeq, lastSeq, rows } = table.capture(step.count);
        const { delay: ms, way } = step.news;
        if (way === "told") later(ms, () => channel.captured(firstSeq, lastSeq, rows));
        if (way === "hinted") later(ms, () => channel.advance(lastSeq));
        return;
      }
      case "remove":
      case "clear": {
        const seq = step.kind === "clear" ? undefined : pickSeq(step.pick);
        if (step.kind === "remove" && seq === undefined) return;
        const what = seq === undefined ? { through: table.head } : { seqs: [seq] };
        const removal = table.remove(what);
        if (step.news.way !== "lost") later(step.news.delay, () => channel.removed(removal));
        return;
      }
      case "answer": {
        const seq = pickSeq(step.pick);
        const answered = seq === undefined ? null : table.answer(seq);
        if (answered) later(step.delay, () => channel.answered([answered]));
        return;
      }
      case "cut": {
        const client = clients[step.client] as Client;
        const connection = current.get(client);
        if (!connection) return;
        current.delete(client);
        sockets.delete(connection.id);
        connection.socket.cut();
        later(step.delay, () => enter(client));
        return;
      }
      case "stall": {
        const connection = current.get(clients[step.client] as Client);
        connection?.socket.stall();
        later(step.delay, () => connection?.socket.drain());
        return;
      }
      case "poll": {
        const { head, revision } = table;
        later(step.delay, () => channel.advance(head, revision));
        return;
      }
      case "wait":
        return pause(step.delay);
    }
  };
  const pickSeq = (pick: number): number | undefined =>
    [...table.rows.keys()][Math.floor(pick * (table.rows.size - 1))];
  for (const step of steps) await perform(step);
  await Promise.all(pending);
  await pause(200);
  channel.advance(table.head, table.revision);
  await pause(60_000);
  return { table, clients };
}

/** Lets the time of `play` pass at once. */
async function finish<Result>(playing: Promise<Result>): Promise<Result> {
  let done = false;
  const settled = playing.finally(() => {
    done = true;
  });
  settled.catch(() => undefined);
  while (!done) await vi.advanceTimersByTimeAsync(25);
  return settled;
}

const sorted = (rows: Map<number, RequestSummary>) =>
  [...rows.values()]
    .sort((a, b) => a.seq - b.seq)
    .map((row) => `${row.seq} ${row.answered?.outcome}`);

test("whatever order news comes in, each client ends with exactly the stored rows", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(capture, capture, remove, clear, cut, stall, poll, wait, wait), {
        maxLength: 40,
      }),
      fc.array(readMs, { minLength: 1, maxLength: 5 }),
      async (steps, readTimes) => {
        const { table, clients } = await finish(play(steps, readTimes));
        for (const client of clients) expect(sorted(client.rows)).toEqual(sorted(table.rows));
      },
    ),
    { numRuns: Number(process.env["LIVE_RUNS"] ?? 60) },
  );
}, 120_000);

test("without removals nothing has to be loaded again, and answers never come before their rows", async () => {
  const small = capture.map((step) => ({ ...step, count: 1 + (step.count % 12) }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(small, small, small, answer, cut, poll, wait), { maxLength: 60 }),
      fc.array(readMs, { minLength: 1, maxLength: 5 }),
      async (steps, readTimes) => {
        const { table, clients } = await finish(play(steps, readTimes));
        for (const client of clients) {
          expect(client.loads).toBe(1);
          expect(sorted(client.rows).map((row) => row.split(" ")[0])).toEqual(
            sorted(table.rows).map((row) => row.split(" ")[0]),
          );
          const seqs = client.pushes.flatMap((push) => push.seqs);
          expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
        }
        if (!steps.some((step) => step.kind === "cut")) {
          for (const client of clients) expect(sorted(client.rows)).toEqual(sorted(table.rows));
        }
      },
    ),
    { numRuns: Number(process.env["LIVE_RUNS"] ?? 60) },
  );
}, 120_000);

test("a read that an unknown removal overtook brings nothing back", async () => {
  const table = new Table();
  const client = new Client(table, 5);
  const emit: Emit = (_ids, event, payload) => client.hear([event, payload] as Told);
  const listAfter = async (after: number, limit: number) => {
    const rows = table.listAfter(after, limit);
    await pause(40);
    return rows;
  };
  const channel = new Channel({ emit, listAfter, log });
  connect(channel, client, "socket");
  await vi.advanceTimersByTimeAsync(100);
  channel.advance(table.capture(3).lastSeq);
  await vi.advanceTimersByTimeAsync(20);
  table.remove({ seqs: [2] });
  channel.advance(table.head, table.revision);
  channel.removed(table.remove({ seqs: [3] }));
  await vi.advanceTimersByTimeAsync(500);
  expect(sorted(client.rows)).toEqual(sorted(table.rows));
});

test("events hold at most 200 rows and come at least 50 ms apart", async () => {
  const steps: Step[] = Array.from({ length: 60 }, (_, index) => [
    { kind: "capture" as const, count: 30, news: { delay: index % 7, way: "told" as const } },
    { kind: "wait" as const, delay: 9 },
  ]).flat();
  const { clients } = await finish(play(steps, [3]));
  for (const { pushes } of clients) {
    expect(Math.max(...pushes.map(({ seqs }) => seqs.length))).toBeLessThanOrEqual(200);
    const gaps = pushes.slice(1).map(({ at }, index) => at - (pushes[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(49);
  }
});
