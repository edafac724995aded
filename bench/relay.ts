/**
 * The relay through a real `hooklens listen` against sending straight to the same handler, in interleaved rounds: how many
 * requests a second, one at a time, and how long one takes from its sender to the handler.
 */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { BinMinted } from "#lib/contract/bins.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { type Cli, endClis, startCli } from "#tests/helpers/cli.ts";
import { processCpuUs } from "./cpu.ts";
import { type Running, startHandler, startHooklens } from "./processes.ts";
import { median, printTable } from "./table.ts";

type Hooklens = Awaited<ReturnType<typeof startHooklens>>;
type Scene = { hooklens: Hooklens; handler: Running; bin: BinMinted };
type Rate = { perSecond: number; serverUs: number; listenerUs: number };
type Delays = { p50: number; p95: number };
type Round = {
  kept: number;
  fresh: number;
  relay: Rate;
  direct: Delays;
  relayed: Delays;
};

/** So many wait when the listener connects, or are sent one after the other. */
const REQUESTS = 3_000;
const STEADY = { perSecond: 20, count: 200 };
const BODY = "x".repeat(1_000);
const POLL_MS = 50;

export async function benchRelay(rounds: number): Promise<void> {
  const hooklens = await startHooklens();
  const handler = await startHandler();
  try {
    const results: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      const result = await playRound({ hooklens, handler, bin: await hooklens.mint() });
      // The first round warms them up.
      if (round > 0) results.push(result);
      console.error(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    }
    print(results);
  } finally {
    endClis();
    await hooklens.stop();
    await handler.stop();
  }
}

async function playRound(scene: Scene): Promise<Round> {
  const url = originOf(scene.handler);
  const kept = await sendStraight(url, true);
  const fresh = await sendStraight(url, false);
  await taken(scene.handler);
  const relay = await relayWhatWaits(scene);
  const direct = await delays(scene, url);
  const listener = await listen(scene);
  const relayed = await delays(scene, scene.bin.url);
  await leave(listener);
  return { kept, fresh, relay, direct, relayed };
}

const originOf = ({ port }: Running) => `http://127.0.0.1:${port}`;

/** Requests a second, one at a time: over one connection, or each over its own, as the listener does it. */
async function sendStraight(origin: string, keepAlive: boolean): Promise<number> {
  const agent = new http.Agent({ keepAlive, maxSockets: 1 });
  const startedAt = performance.now();
  for (let index = 0; index < REQUESTS; index++) await post(`${origin}/${index}`, agent);
  agent.destroy();
  return (1000 * REQUESTS) / (performance.now() - startedAt);
}

function post(url: string, agent?: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json" };
    const request = http.request(url, { method: "POST", headers, ...(agent && { agent }) });
    request.on("response", (response) => response.resume().on("end", resolve));
    request.on("error", reject);
    request.end(BODY);
  });
}

/** What is captured while the listener is away comes at full speed once it is back. */
async function relayWhatWaits(scene: Scene): Promise<Rate> {
  const { hooklens, handler, bin } = scene;
  await leave(await listen(scene));
  await sendCaptures(bin.url, REQUESTS, { target: (index) => `/${index}` });
  const serverBefore = processCpuUs(hooklens.pid);
  const listener = await listen(scene);
  const arrivals: number[] = [];
  while (arrivals.length < REQUESTS) {
    await sleep(POLL_MS);
    arrivals.push(...(await taken(handler)).values());
  }
  const serverUs = (processCpuUs(hooklens.pid) - serverBefore) / REQUESTS;
  const listenerUs = processCpuUs(listener.pid) / REQUESTS;
  await leave(listener);
  const tookMs = Math.max(...arrivals) - Math.min(...arrivals);
  return { perSecond: (1000 * (REQUESTS - 1)) / tookMs, serverUs, listenerUs };
}

/** Milliseconds from the sender's call to the end of the body at the handler. */
async function delays({ handler }: Scene, url: string): Promise<Delays> {
  const sent = new Map<string, number>();
  for (let index = 0; index < STEADY.count; index++) {
    sent.set(`/${index}`, performance.timeOrigin + performance.now());
    void post(`${url}/${index}`);
    await sleep(1000 / STEADY.perSecond);
  }
  const arrived = new Map<string, number>();
  while (arrived.size < STEADY.count) {
    await sleep(POLL_MS);
    for (const [path, at] of await taken(handler)) arrived.set(path, at);
  }
  const all = [...sent].map(([path, at]) => (arrived.get(path) ?? Number.NaN) - at).sort(ascending);
  return { p50: all[all.length >> 1] ?? 0, p95: all[Math.floor(all.length * 0.95)] ?? 0 };
}

const ascending = (a: number, b: number) => a - b;

async function taken(handler: Running): Promise<Map<string, number>> {
  const answer = await fetch(`${originOf(handler)}/taken`);
  return new Map((await answer.json()) as [string, number][]);
}

async function listen({ bin, handler }: Scene): Promise<Cli> {
  const args = ["listen", bin.url, "--to", originOf(handler), "--missed", "deliver"];
  const listener = startCli(args, { key: bin.key });
  await listener.says("Connected.");
  return listener;
}

async function leave(listener: Cli): Promise<void> {
  listener.kill("SIGINT");
  await listener.ended;
}

function print(rounds: Round[]): void {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  const fresh = of((round) => round.fresh);
  printTable(
    ["one at a time, 1 KB", "per second", "of straight", "server us", "listener us"],
    [
      ["straight, a connection for each", fresh.toFixed(0), "1.00", "", ""],
      [
        "straight, one connection",
        of((round) => round.kept).toFixed(0),
        of((round) => round.kept / round.fresh).toFixed(2),
        "",
        "",
      ],
      [
        "through the relay",
        of((round) => round.relay.perSecond).toFixed(0),
        of((round) => round.relay.perSecond / round.fresh).toFixed(2),
        of((round) => round.relay.serverUs).toFixed(0),
        of((round) => round.relay.listenerUs).toFixed(0),
      ],
    ],
  );
  printTable(
    [`to the handler, ${STEADY.perSecond}/s`, "median ms", "p95 ms"],
    [
      [
        "straight",
        of((round) => round.direct.p50).toFixed(2),
        of((round) => round.direct.p95).toFixed(2),
      ],
      [
        "through the relay",
        of((round) => round.relayed.p50).toFixed(2),
        of((round) => round.relayed.p95).toFixed(2),
      ],
      [
        "added",
        of((round) => round.relayed.p50 - round.direct.p50).toFixed(2),
        of((round) => round.relayed.p95 - round.direct.p95).toFixed(2),
      ],
    ],
  );
}
