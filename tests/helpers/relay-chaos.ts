import { setTimeout as sleep } from "node:timers/promises";
import { createApiClient } from "#lib/contract/client.ts";
import { endClis } from "./cli.ts";
import { DataDir } from "./data-dir.ts";
import { Load } from "./load.ts";
import { mintAt } from "./mint.ts";
import { type Proxy, startProxy } from "./proxy.ts";
import type { Random } from "./random.ts";
import { readRecord } from "./read-record.ts";
import { type Bin, compareWithStored, readBin } from "./read-stored.ts";
import { type RecordingSink, startRecordingSink } from "./recording-sink.ts";
import { type RelayComparison, compareWithArrived } from "./relay-comparison.ts";
import { LISTENER_NAME, StruckListener } from "./struck-listener.ts";
import { type Blow, StruckServer, stopFor } from "./struck-server.ts";
import { until } from "./until.ts";

export type RelayBlow =
  | Blow
  /** SIGKILL to `hooklens listen`; it is started again, under the other Node, with `--missed deliver`. */
  | "listener"
  /** SIGSTOP for some seconds: a laptop that sleeps. */
  | "stopped listener"
  /** Its connections are reset. */
  | "cut"
  /** Nothing passes for some seconds. */
  | "stalled"
  /** Its connections go dead without a word; new ones work. */
  | "lost";

export type RelayChaosPlan = {
  random: Random;
  blows: readonly RelayBlow[];
  acknowledged: number;
  stopMsMax: number;
  report: (line: string) => void;
};

export type RelayChaosResult = RelayComparison & {
  blows: number;
  acknowledged: number;
  /** Acknowledged and not stored. */
  lost: string[];
  statuses: Record<string, number>;
  /** Stored requests of whose delivery nothing is on record at the end. */
  unrecorded: string[];
  /** That are on record as anything but delivered, with what came of them. */
  undelivered: string[];
  listeners: number;
  reconnects: number;
  /** Milliseconds from a blow (for a stop: from its end) to the next request that is new to the sink. */
  recoveryMsMax: number;
  seconds: number;
};

const CONNECTIONS = 12;
const LARGE_PERCENT = 2;
const STOP_MS_LEAST = 500;
const PAUSE_MS_MAX = 400;
const RECOVER_MS_MAX = 120_000;
const CATCH_UP_MS_MAX = 120_000;

/**
 * Sends requests at full speed to a bin with a real `hooklens listen`, which takes them to a sink through a proxy, and
 * strikes the server, its database, the listener and the way between them at moments spread over the whole delivery.
 * Compares at the end what was acknowledged, what is stored and what the sink got.
 */
export async function runRelayChaos(plan: RelayChaosPlan): Promise<RelayChaosResult> {
  const startedAt = performance.now();
  const dataDir = new DataDir();
  const target = await StruckServer.start(dataDir);
  const sink = await startRecordingSink();
  const proxy = await startProxy(target.server.port);
  try {
    const bin = await mintAt(target.server.origin);
    const listener = new StruckListener(`${proxy.origin}/in/${bin.id}`, bin, sink.origin);
    listener.start();
    // Its place in the bin begins where it connects first.
    await listener.connected();
    const scene: Scene = {
      plan,
      target,
      sink,
      proxy,
      listener,
      load: startLoad(plan, target, bin),
    };
    const recoveryMsMax = await strikeAll(scene).finally(() => scene.load.stop());
    await until(() => isAllHandedOver(target, bin), "the listener to catch up", CATCH_UP_MS_MAX);
    return {
      ...(await compare(scene, bin)),
      ...listener.counts(),
      blows: plan.blows.length,
      acknowledged: scene.load.acknowledged,
      statuses: Object.fromEntries(scene.load.statuses),
      recoveryMsMax,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  } finally {
    endClis();
    await proxy.close();
    await sink.close();
    await target.server.stop();
    dataDir.remove();
  }
}

type Scene = {
  plan: RelayChaosPlan;
  target: StruckServer;
  sink: RecordingSink;
  proxy: Proxy;
  listener: StruckListener;
  load: Load;
};

/** Ends by itself once enough is acknowledged. */
function startLoad({ random, acknowledged }: RelayChaosPlan, target: StruckServer, bin: Bin): Load {
  return new Load({
    name: "relay",
    port: target.server.port,
    binIds: [bin.id],
    connections: CONNECTIONS,
    perSecond: Number.POSITIVE_INFINITY,
    acknowledgedMax: acknowledged,
    random,
    largePercent: LARGE_PERCENT,
  });
}

async function strikeAll(scene: Scene): Promise<number> {
  const { plan, sink, load, listener } = scene;
  const { random, blows, acknowledged, report } = plan;
  let recoveryMsMax = 0;
  for (const [index, blow] of blows.entries()) {
    const due = Math.floor((acknowledged * index) / blows.length);
    const isDue = () => {
      listener.check();
      return sink.distinct() >= due;
    };
    await until(isDue, `${due} at the sink`, CATCH_UP_MS_MAX);
    await sleep(random.between(0, PAUSE_MS_MAX));
    const ms = await recoveryMs(scene, blow);
    recoveryMsMax = Math.max(recoveryMsMax, ms);
    const counts = `${load.acknowledged} acknowledged, ${sink.distinct()} at the sink`;
    report(`${index + 1}/${blows.length} ${blow}: back after ${ms} ms, ${counts}`);
  }
  return recoveryMsMax;
}

/** Milliseconds from the blow, or from the end of a stop, to what is new at the sink. */
async function recoveryMs(scene: Scene, blow: RelayBlow): Promise<number> {
  const { plan, sink, load } = scene;
  const stopMs = plan.random.between(STOP_MS_LEAST, plan.stopMsMax);
  const struckAt = performance.now();
  const stoppedMs = await strike(scene, blow, stopMs);
  const before = sink.distinct();
  const isBack = () => sink.distinct() > before || (load.isOver && before >= load.acknowledged);
  await until(isBack, `the relay to go on after "${blow}"`, RECOVER_MS_MAX);
  return Math.round(performance.now() - struckAt - stoppedMs);
}

/** The milliseconds that something was held. */
async function strike(scene: Scene, blow: RelayBlow, stopMs: number): Promise<number> {
  const { target, proxy, listener } = scene;
  switch (blow) {
    case "listener":
      await listener.kill();
      return 0;
    case "stopped listener":
      return stopFor(stopMs, [listener.pid]);
    case "cut":
      proxy.cut();
      return 0;
    case "lost":
      proxy.lose();
      return 0;
    case "stalled":
      proxy.stall();
      await sleep(stopMs);
      proxy.flow();
      return stopMs;
    default:
      return target.strike(blow, stopMs);
  }
}

/** False while the server is away. */
async function isAllHandedOver({ server }: StruckServer, bin: Bin): Promise<boolean> {
  const client = createApiClient({ origin: server.origin, key: bin.key });
  const { items } = await client.listeners(bin.id).catch(() => ({ items: [] }));
  return items.some(
    ({ name, connected, behind }) => name === LISTENER_NAME && connected && behind === 0,
  );
}

async function compare({ target, sink, load }: Scene, bin: Bin) {
  const { origin } = target.server;
  const place = { origin, databaseUrl: target.databaseUrl };
  const { lost, stored } = await compareWithStored(place, [bin], load.deliveries);
  const arrived = compareWithArrived(await readBin(origin, bin), load.deliveries, sink.arrivals);
  return { ...arrived, lost, stored, ...(await readRecord(target.databaseUrl, bin)) };
}
