/**
 * What goes on by itself: what waits, delivered to a local handler, against a client that sends straight to it; what a
 * destination costs those who are captured meanwhile, in pairs; and what pg-boss would take for a job of each forward.
 */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { PgBoss } from "pg-boss";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import type { DestinationCreate } from "#lib/contract/destinations.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { familyCpuUs, processCpuUs } from "./cpu.ts";
import type { LoadResult } from "./load.ts";
import { type Running, runScript, startHandler, startHooklens } from "./processes.ts";
import { median, printLoad, printTable } from "./table.ts";

type Hooklens = Awaited<ReturnType<typeof startHooklens>>;
type Scene = { hooklens: Hooklens; handler: Running };
type Rate = { perSecond: number; nodeUs: number; postgresUs: number };
type Jobs = { us: number; passedMs: number };
type Round = { straight: number; free: Rate; ordered: Rate; jobs: Jobs; captures: LoadResult[] };

const REQUESTS = 2_000;
const AT_ONCE = 16;
const BACKLOG = 20_000;
const POLL_MS = 50;
/** Nothing listens there. */
const DEAD = "http://127.0.0.1:1/";

export async function benchDestinations(rounds: number, seconds: number): Promise<void> {
  const hooklens = await startHooklens();
  const handler = await startHandler();
  try {
    const results: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      const result = await playRound({ hooklens, handler }, seconds);
      // The first round warms them up.
      if (round > 0) results.push(result);
      console.error(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    }
    print(results);
  } finally {
    await hooklens.stop();
    await handler.stop();
  }
}

async function playRound(scene: Scene, seconds: number): Promise<Round> {
  const url = originOf(scene.handler);
  const straight = await sendStraight(url);
  await taken(scene.handler);
  const free = await deliverWhatWaits(scene, {});
  const ordered = await deliverWhatWaits(scene, { ordered: true });
  const jobs = await aJobForEach(scene.hooklens);
  const captures: LoadResult[] = [];
  for (const target of [null, url, DEAD]) captures.push(await capture(scene, target, seconds));
  return { straight, free, ordered, jobs, captures };
}

const originOf = ({ port }: Running) => `http://127.0.0.1:${port}`;

/** Requests a second, each over a connection of its own, as a destination sends them. */
async function sendStraight(origin: string): Promise<number> {
  const agent = new http.Agent({ keepAlive: false, maxSockets: AT_ONCE });
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => post(`${origin}/${index}`, agent)),
  );
  return (1000 * REQUESTS) / (performance.now() - startedAt);
}

function post(url: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", agent });
    request.on("response", (response) => response.resume().on("end", resolve));
    request.on("error", reject);
    request.end("{}");
  });
}

async function addDestination(
  { hooklens }: Scene,
  bin: BinMinted,
  input: DestinationCreate,
): Promise<() => Promise<unknown>> {
  const origin = `http://localhost:${hooklens.port}`;
  const api = createDestinationClient(createApiClient({ origin, key: bin.key }));
  const { id } = await api.add(bin.id, input);
  return () => api.change(bin.id, id, { enabled: true });
}

/** What was captured while the destination was off goes at full speed once it is on. */
async function deliverWhatWaits(scene: Scene, input: Partial<DestinationCreate>): Promise<Rate> {
  const { hooklens, handler } = scene;
  const bin = await hooklens.mint();
  const enable = await addDestination(scene, bin, {
    url: originOf(handler),
    enabled: false,
    ...input,
  });
  const count = input.ordered ? REQUESTS / 4 : REQUESTS;
  await sendCaptures(bin.url, count, { target: (index) => `/${index}` });
  const [node, family] = [processCpuUs(hooklens.pid), familyCpuUs(hooklens.pid)];
  await enable();
  const arrivals: number[] = [];
  while (arrivals.length < count) {
    await sleep(POLL_MS);
    arrivals.push(...(await taken(handler)).values());
  }
  const nodeUs = processCpuUs(hooklens.pid) - node;
  const postgresUs = familyCpuUs(hooklens.pid) - family - nodeUs;
  const tookMs = Math.max(...arrivals) - Math.min(...arrivals);
  return {
    perSecond: (1000 * (count - 1)) / tookMs,
    nodeUs: nodeUs / count,
    postgresUs: postgresUs / count,
  };
}

async function taken(handler: Running): Promise<Map<string, number>> {
  const answer = await fetch(`${originOf(handler)}/taken`);
  return new Map((await answer.json()) as [string, number][]);
}

/**
 * What is not done: a pg-boss job for each forward. Microseconds that one takes to be inserted, fetched and ended, by
 * hundreds and by sixteens; and milliseconds that a fetch takes past those of a destination that is dead.
 */
async function aJobForEach({ databaseUrl }: Hooklens): Promise<Jobs> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const db = { executeSql: async (text: string, values?: unknown[]) => pool.query(text, values) };
  const boss = new PgBoss({ db, schema: "bench_jobs", schedule: false, supervise: false });
  boss.on("error", () => undefined);
  await boss.start();
  const queue = "forwards";
  await boss.createQueue(queue);
  const some = (count: number, id: string) =>
    Array.from({ length: count }, (_, index) => ({ data: { index }, group: { id } }));
  const startedAt = performance.now();
  for (let count = 0; count < REQUESTS; count += 100) await boss.insert(queue, some(100, "alive"));
  for (let ended = 0; ended < REQUESTS; ) {
    const jobs = await boss.fetch(queue, { batchSize: AT_ONCE });
    const ids = jobs.map(({ id }) => id);
    await boss.complete(queue, ids);
    ended += jobs.length;
  }
  const us = ((performance.now() - startedAt) * 1000) / REQUESTS;
  for (let count = 0; count < BACKLOG; count += 1_000)
    await boss.insert(queue, some(1_000, "dead"));
  await boss.insert(queue, some(1, "alive"));
  const fetchedAt = performance.now();
  await boss.fetch(queue, { batchSize: AT_ONCE, ignoreGroups: ["dead"] });
  const passedMs = performance.now() - fetchedAt;
  await boss.stop({ graceful: false, close: false });
  await pool.query("DROP SCHEMA bench_jobs CASCADE");
  await pool.end();
  return { us, passedMs };
}

/** Captures at full speed, into a bin that sends them on to `target`. */
async function capture(scene: Scene, target: string | null, seconds: number): Promise<LoadResult> {
  const { hooklens, handler } = scene;
  const bin = await hooklens.mint();
  if (target !== null) await addDestination(scene, bin, { url: target });
  const load = { port: hooklens.port, path: `/in/${bin.id}`, bodyBytes: 1_000, connections: 16 };
  const result = await runScript<LoadResult>("load-generator.ts", { ...load, seconds });
  const client = createApiClient({ origin: `http://localhost:${hooklens.port}`, key: bin.key });
  await client.deleteBin(bin.id);
  await taken(handler);
  return result;
}

function print(rounds: Round[]): void {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  printLoad();
  const straight = of((round) => round.straight);
  const rateRow = (name: string, rate: (round: Round) => Rate) => [
    name,
    of((round) => rate(round).perSecond).toFixed(0),
    of((round) => rate(round).perSecond / round.straight).toFixed(2),
    of((round) => rate(round).nodeUs).toFixed(0),
    of((round) => rate(round).postgresUs).toFixed(0),
  ];
  printTable(
    ["to a local handler", "per second", "of straight", "node us", "postgres us"],
    [
      ["straight, 16 at once", straight.toFixed(0), "1.00", "", ""],
      rateRow("by a destination", ({ free }) => free),
      rateRow("in strict order", ({ ordered }) => ordered),
    ],
  );
  printTable(
    ["pg-boss, a job for each forward", ""],
    [
      ["inserted, fetched, ended: us", of(({ jobs }) => jobs.us).toFixed(0)],
      [`a fetch past ${BACKLOG} of a dead one: ms`, of(({ jobs }) => jobs.passedMs).toFixed(1)],
    ],
  );
  const names = ["without a destination", "with one", "with a dead one"];
  printTable(
    ["captures, 1 KB x 16", "per second", "of without", "p50 ms", "p99 ms"],
    names.map((name, place) => {
      const each = (value: (result: LoadResult) => number) =>
        of(({ captures }) => value(captures[place] as LoadResult));
      return [
        name,
        each(({ perSecond }) => perSecond).toFixed(0),
        of(
          ({ captures }) =>
            (captures[place] as LoadResult).perSecond / (captures[0] as LoadResult).perSecond,
        ).toFixed(2),
        each(({ p50Ms }) => p50Ms).toFixed(1),
        each(({ p99Ms }) => p99Ms).toFixed(1),
      ];
    }),
  );
}
