import { setTimeout as sleep } from "node:timers/promises";
import { createApiClient } from "#lib/contract/client.ts";
import { DataDir } from "./data-dir.ts";
import { Load } from "./load.ts";
import type { Random } from "./random.ts";
import { type Bin, type Comparison, compareWithStored } from "./read-stored.ts";
import { type Blow, StruckServer } from "./struck-server.ts";

export type ChaosPlan = {
  random: Random;
  blows: readonly Blow[];
  acknowledgedMin: number;
  perSecond: number;
  report: (line: string) => void;
};

export type ChaosResult = Comparison & {
  blows: number;
  acknowledged: number;
  statuses: Record<string, number>;
  /** Milliseconds from a blow (for a stop: from its end) to the next 2xx. */
  recoveryMsMax: number;
  seconds: number;
};

const BINS = 5;
const STOP_MS = { least: 500, most: 6_000 };
const CONNECTIONS = 12;
const LARGE_PERCENT = 2;
const LOAD_MS_MAX = 120_000;
const RECOVER_MS_MAX = 120_000;
const CHILDREN_LIVE_MS = 250;

/**
 * Runs a server with a database of its own under load, strikes it at random moments, lets it come back each time, and
 * compares at the end what was acknowledged with what is stored.
 */
export async function runChaos(plan: ChaosPlan): Promise<ChaosResult> {
  const startedAt = performance.now();
  const dataDir = new DataDir();
  const target = await StruckServer.start(dataDir);
  try {
    const bins = await mintBins(target.server.origin);
    const binIds = bins.map((bin) => bin.id) as [string, ...string[]];
    const { random, perSecond } = plan;
    const load = new Load({
      name: "chaos",
      port: target.server.port,
      binIds,
      connections: CONNECTIONS,
      perSecond,
      random,
      largePercent: LARGE_PERCENT,
    });
    const recoveryMsMax = await strikeAll(plan, target, load).finally(() => load.stop());
    plan.report(`comparing ${load.deliveries.size} tries with what is stored`);
    const place = { origin: target.server.origin, databaseUrl: dataDir.databaseUrl };
    const comparison = await compareWithStored(place, bins, load.deliveries);
    return {
      ...comparison,
      blows: plan.blows.length,
      acknowledged: load.acknowledged,
      statuses: Object.fromEntries(load.statuses),
      recoveryMsMax,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    await target.server.stop();
    dataDir.remove();
  }
}

async function mintBins(origin: string): Promise<Bin[]> {
  const client = createApiClient({ origin });
  const bins: Bin[] = [];
  for (let count = 0; count < BINS; count++) bins.push(await client.mint());
  return bins;
}

/** Milliseconds of the longest recovery. */
async function strikeAll(plan: ChaosPlan, target: StruckServer, load: Load): Promise<number> {
  const { random, blows } = plan;
  let recoveryMsMax = 0;
  for (const [index, blow] of blows.entries()) {
    const due = Math.ceil((plan.acknowledgedMin * (index + 1)) / blows.length);
    await until(() => load.acknowledged >= due, LOAD_MS_MAX, load, target);
    await sleep(random.between(0, 400));
    const ms = await recoveryMs(blow, random, target, load);
    recoveryMsMax = Math.max(recoveryMsMax, ms);
    const count = `${index + 1}/${blows.length}`;
    plan.report(`${count} ${blow}: back after ${ms} ms, ${load.acknowledged} acknowledged`);
  }
  return recoveryMsMax;
}

/** Milliseconds from the blow to a 2xx for a request that was sent after it. */
async function recoveryMs(
  blow: Blow,
  random: Random,
  target: StruckServer,
  load: Load,
): Promise<number> {
  const struckAt = performance.now();
  const stoppedMs = await target.strike(blow, random.between(STOP_MS.least, STOP_MS.most));
  // A killed postmaster's children may finish what they are at.
  const after = struckAt + stoppedMs + CHILDREN_LIVE_MS;
  await until(() => load.lastAcknowledgedSentAt > after, RECOVER_MS_MAX, load, target);
  return Math.round(performance.now() - struckAt - stoppedMs);
}

async function until(isDone: () => boolean, msMax: number, load: Load, target: StruckServer) {
  const deadline = performance.now() + msMax;
  while (!isDone()) {
    if (performance.now() > deadline) {
      const statuses = JSON.stringify(Object.fromEntries(load.statuses));
      throw new Error(
        `Not reached in ${msMax} ms. Answers: ${statuses}. ${target.server.output()}`,
      );
    }
    await sleep(5);
  }
}
