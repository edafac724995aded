import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { runChaos } from "#tests/helpers/chaos.ts";
import { createDatabase } from "#tests/helpers/database.ts";
import { Load } from "#tests/helpers/load.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import { compareWithStored } from "#tests/helpers/read-stored.ts";
import { startServer } from "#tests/helpers/server.ts";
import type { Blow } from "#tests/helpers/struck-server.ts";
import { until } from "#tests/helpers/until.ts";

const BLOWS: readonly Blow[] = [
  ...Array.from({ length: 5 }, () => "process" as const),
  ...Array.from({ length: 3 }, () => "database" as const),
];
const ACKNOWLEDGED = 5_000;
const PER_SECOND = 1_500;

test("what was acknowledged is stored once, whatever is killed under load", async () => {
  const random = createRandom(seedFromEnvironment());
  console.log(`durability: SEED=${random.seed} repeats these moments`);
  const lines: string[] = [];
  const result = await runChaos({
    random,
    blows: random.shuffled(BLOWS),
    acknowledgedMin: ACKNOWLEDGED,
    perSecond: PER_SECOND,
    report: (line) => lines.push(line),
  }).finally(() => console.log(lines.join("\n")));
  const { acknowledged, stored, unacknowledgedStored, recoveryMsMax, seconds } = result;
  console.log("durability:", {
    acknowledged,
    stored,
    unacknowledgedStored,
    recoveryMsMax,
    seconds,
  });
  expect(acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED);
  expect(result).toMatchObject({ lost: [], doubled: [], changed: [], seqFaults: [] });
}, 400_000);

test("two servers on one database share bins: one line of seqs, also when one is killed", async () => {
  const database = await createDatabase();
  const [killed, other] = await Promise.all([
    startServer({ databaseUrl: database.url }),
    startServer({ databaseUrl: database.url }),
  ]);
  const client = createApiClient({ origin: other.origin });
  const bins = [await client.mint(), await client.mint(), await client.mint()] as const;
  const [first, ...rest] = bins.map((bin) => bin.id) as [string, ...string[]];
  const loads = [killed, other].map(
    ({ port }, index) =>
      new Load({
        name: `server${index}`,
        port,
        binIds: [first, ...rest],
        connections: 6,
        perSecond: 500,
        random: createRandom(index),
        largePercent: 2,
      }),
  );
  const taken = (count: number) => () => loads.every((load) => load.acknowledged > count);
  await until(taken(200), "both loads to be taken");
  await killed.kill("SIGKILL");
  await sleep(1_000);
  await Promise.all(loads.map((load) => load.stop()));

  const deliveries = new Map(loads.flatMap((load) => [...load.deliveries]));
  const place = { origin: other.origin, databaseUrl: database.url };
  const result = await compareWithStored(place, bins, deliveries);
  expect(result).toMatchObject({ lost: [], doubled: [], changed: [], seqFaults: [] });
  await other.stop();
  await database.drop();
});
