import { expect, test } from "vitest";
import { type Blow, runChaos } from "#tests/helpers/chaos.ts";
import { createRandom, type Random, seedFromEnvironment } from "#tests/helpers/random.ts";

const BLOWS: readonly Blow[] = [
  ...Array.from({ length: 5 }, () => "process" as const),
  ...Array.from({ length: 3 }, () => "database" as const),
];
const ACKNOWLEDGED = 5_000;
const PER_SECOND = 1_500;

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.between(0, rest.length), 1));
}

test("what was acknowledged is stored once, whatever is killed under load", async () => {
  const random = createRandom(seedFromEnvironment());
  console.log(`durability: SEED=${random.seed} repeats these moments`);
  const result = await runChaos({
    random,
    blows: shuffled(BLOWS, random),
    acknowledgedMin: ACKNOWLEDGED,
    perSecond: PER_SECOND,
    report: (line) => console.log(line),
  });
  const { acknowledged, stored, unacknowledgedStored, recoveryMsMax, seconds } = result;
  console.log("durability:", { acknowledged, stored, unacknowledgedStored, recoveryMsMax, seconds });
  expect(acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED);
  expect(result).toMatchObject({ lost: [], doubled: [], changed: [], seqFaults: [] });
}, 180_000);
