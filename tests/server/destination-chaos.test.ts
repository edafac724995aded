import { expect, test } from "vitest";
import {
  type DestinationBlow,
  faultsOf,
  runDestinationChaos,
} from "#tests/helpers/destination-chaos.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";

const BLOWS: readonly DestinationBlow[] = [
  "process",
  "database",
  "stopped process",
  "dead target",
  "frozen target",
];
const ACKNOWLEDGED = 300;
const STOP_MS_MAX = 800;

test("whatever is killed and frozen, each destination gets all that matches, in order where asked, and each attempt is on record", async () => {
  const random = createRandom(seedFromEnvironment());
  console.log(`destination chaos: SEED=${random.seed} repeats these moments`);
  const lines: string[] = [];
  const result = await runDestinationChaos({
    random,
    blows: random.shuffled(BLOWS),
    acknowledged: ACKNOWLEDGED,
    stopMsMax: STOP_MS_MAX,
    report: (line) => lines.push(line),
  }).finally(() => console.log(lines.join("\n")));
  for (const [name, { faults: _, ...figures }] of Object.entries(result.compared)) {
    console.log(name, figures);
  }
  expect(result.acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED);
  const faults = faultsOf(result);
  expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, []])));
});
