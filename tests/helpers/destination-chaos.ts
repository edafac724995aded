import { setTimeout as sleep } from "node:timers/promises";
import { createApiClient } from "#lib/contract/client.ts";
import {
  createDestinationClient,
  type DestinationClient,
} from "#lib/contract/destination-client.ts";
import { DataDir } from "./data-dir.ts";
import {
  type Compared,
  compareDestination,
  type DestinationComparison,
} from "./destination-comparison.ts";
import { Load } from "./load.ts";
import { mintAt } from "./mint.ts";
import type { Random } from "./random.ts";
import { type Bin, compareWithStored, readBin } from "./read-stored.ts";
import { type Blow, StruckServer } from "./struck-server.ts";
import { StruckSink } from "./struck-sink.ts";
import { until } from "./until.ts";

export type DestinationBlow =
  | Blow
  /** A target's connections are reset, and it is away for some seconds. */
  | "dead target"
  /** A target accepts and says nothing for some seconds. */
  | "frozen target";

export type DestinationChaosPlan = {
  random: Random;
  blows: readonly DestinationBlow[];
  acknowledged: number;
  stopMsMax: number;
  report: (line: string) => void;
};

export type DestinationChaosResult = {
  acknowledged: number;
  /** Acknowledged and not stored. */
  lost: string[];
  stored: number;
  blows: number;
  /** By destination. */
  compared: Record<string, DestinationComparison>;
  captureSeconds: number;
  seconds: number;
};

const CONNECTIONS = 8;
const LARGE_PERCENT = 1;
const STOP_MS_LEAST = 300;
const CATCH_UP_MS_MAX = 15 * 60_000;
/** The one that fails at random uses many; the probes of one that is dead don't count. */
const RETRY = { firstDelaySeconds: 0.2, maxDelaySeconds: 1, maxAttempts: 40 };
const BREAKER = { failures: 5, probeSeconds: 0.5 };

/** The destination in strict order gets a tenth: one at a time, each waits for two commits. */
const IN_ORDER = { q: "path:*0", matches: (id: string) => id.endsWith("0") };
const ALL = { q: "", matches: () => true };

type Place = Compared & { name: string };
type Scene = {
  plan: DestinationChaosPlan;
  target: StruckServer;
  places: Place[];
  load: Load;
  bin: Bin;
};

/**
 * Sends requests at full speed to a bin with three destinations: one in strict order whose target is dead for the first
 * half, one slow, one that fails at random. Strikes the server, its database and the targets meanwhile, and compares at
 * the end what was acknowledged, what is stored, what the targets got and what is on record.
 */
export async function runDestinationChaos(
  plan: DestinationChaosPlan,
): Promise<DestinationChaosResult> {
  const startedAt = performance.now();
  const dataDir = new DataDir();
  const target = await StruckServer.start(dataDir);
  const { origin, port } = target.server;
  const places: Place[] = [];
  try {
    const bin = await mintAt(origin);
    const api = clientOf(origin, bin);
    places.push(...(await makePlaces(plan.random, api, bin)));
    const load = new Load({
      name: "sent",
      port,
      binIds: [bin.id],
      connections: CONNECTIONS,
      perSecond: Number.POSITIVE_INFINITY,
      acknowledgedMax: plan.acknowledged,
      random: plan.random,
      largePercent: LARGE_PERCENT,
    });
    const scene = { plan, target, places, load, bin };
    await strikeAll(scene).finally(() => load.stop());
    const captureSeconds = secondsSince(startedAt);
    await until(() => isAllDelivered(scene), "all to be delivered", CATCH_UP_MS_MAX);
    return { ...(await compare(scene)), captureSeconds, seconds: secondsSince(startedAt) };
  } finally {
    await Promise.all(places.map(({ sink }) => sink.die()));
    await target.server.stop();
    dataDir.remove();
  }
}

const secondsSince = (startedAt: number) => Math.round((performance.now() - startedAt) / 1000);
const clientOf = (origin: string, { key }: Bin) =>
  createDestinationClient(createApiClient({ origin, key }));

async function makePlaces(random: Random, api: DestinationClient, bin: Bin): Promise<Place[]> {
  const dead = await StruckSink.plan(() => ({ afterMs: 0, status: 200 }));
  const slow = await StruckSink.plan(() => ({ afterMs: random.between(10, 60), status: 200 }));
  const fickle = await StruckSink.plan(() => {
    const chance = random.between(0, 100);
    return { afterMs: 0, status: chance < 5 ? null : chance < 25 ? 500 : 200 };
  });
  await slow.rise();
  await fickle.rise();
  const plans = [
    { name: "dead, then alive, in order", sink: dead, isOrdered: true, ...IN_ORDER },
    { name: "slow", sink: slow, isOrdered: false, ...ALL },
    { name: "failing at random", sink: fickle, isOrdered: false, ...ALL },
  ];
  const places: Place[] = [];
  for (const { q, ...place } of plans) {
    const settings = { q, ordered: place.isOrdered, retry: RETRY, breaker: BREAKER };
    const { id } = await api.add(bin.id, { url: place.sink.origin, ...settings });
    places.push({ ...place, destinationId: id });
  }
  return places;
}

async function strikeAll(scene: Scene): Promise<void> {
  const { plan, places, load } = scene;
  const { random, blows, acknowledged, report } = plan;
  const [first] = places;
  for (const [index, blow] of blows.entries()) {
    const due = Math.floor((acknowledged * index) / blows.length);
    await until(() => load.acknowledged >= due || load.isOver, `${due} captured`, CATCH_UP_MS_MAX);
    if (index >= blows.length / 2 && first && !first.sink.isAlive) await first.sink.rise();
    await sleep(random.between(0, 300));
    await strike(scene, blow);
    const taken = places.map(({ sink }) => sink.taken.size).join(", ");
    report(`${index + 1}/${blows.length} ${blow}: ${load.acknowledged} captured, ${taken} taken`);
  }
  await until(() => load.isOver, "all captured", CATCH_UP_MS_MAX);
}

async function strike({ plan, target, places }: Scene, blow: DestinationBlow): Promise<void> {
  const { random, stopMsMax } = plan;
  const stopMs = random.between(STOP_MS_LEAST, stopMsMax);
  if (blow !== "dead target" && blow !== "frozen target") {
    await target.strike(blow, stopMs);
    return;
  }
  const alive = places.filter(({ sink }) => sink.isAlive);
  const struck = alive[random.between(0, alive.length)]?.sink;
  if (blow === "frozen target") return struck?.freeze(stopMs);
  await struck?.die();
  await sleep(stopMs);
  await struck?.rise();
}

/** False while the server is away. */
async function isAllDelivered({ target, bin, places }: Scene): Promise<boolean> {
  await sleep(250);
  const listed = await clientOf(target.server.origin, bin)
    .list(bin.id)
    .catch(() => ({ items: [] }));
  const done = listed.items.filter(
    ({ behind, counts }) => behind === 0 && counts.pending === 0 && counts.failed === 0,
  );
  return done.length === places.length;
}

async function compare({ plan, target, bin, places, load }: Scene) {
  const { databaseUrl, server } = target;
  const place = { origin: server.origin, databaseUrl };
  const { lost, stored } = await compareWithStored(place, [bin], load.deliveries);
  const items = await readBin(server.origin, bin);
  const compared: Record<string, DestinationComparison> = {};
  for (const { name, ...each } of places) {
    compared[name] = await compareDestination(each, items, load.deliveries, databaseUrl);
  }
  return {
    acknowledged: load.acknowledged,
    lost,
    stored,
    blows: plan.blows.length,
    compared,
  };
}

/** All faults of all destinations, by what they are. */
export function faultsOf({ lost, compared }: DestinationChaosResult): Record<string, string[]> {
  const faults: Record<string, string[]> = { lost };
  for (const [name, { faults: own }] of Object.entries(compared)) {
    for (const [fault, ids] of Object.entries(own)) {
      faults[fault] = [...(faults[fault] ?? []), ...ids.map((id) => `${id} (${name})`)];
    }
  }
  return faults;
}
