import {
  type DestinationBlow,
  faultsOf,
  runDestinationChaos,
} from "#tests/helpers/destination-chaos.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import { isWhole, printResult } from "./result.ts";

const STOP_MS_MAX = 16_000;
const ALL: readonly DestinationBlow[] = [
  "process",
  "database",
  "both",
  "stopped process",
  "stopped database",
  "dead target",
  "frozen target",
];

/** BLOWS and ACKNOWLEDGED size it. True when each target has got all that matches, and what is on record is what it saw. */
export async function chaosOfDestinations(): Promise<boolean> {
  const count = Number(process.env["BLOWS"] ?? 40);
  const acknowledged = Number(process.env["ACKNOWLEDGED"] ?? 20_000);
  const stopMsMax = Number(process.env["STOP_MS"] ?? STOP_MS_MAX);
  const random = createRandom(seedFromEnvironment());
  const rounds = Array.from({ length: Math.ceil(count / ALL.length) }, () => ALL).flat();
  const blows = random.shuffled(rounds).slice(0, count);
  console.log(
    `chaos of the destinations: SEED=${random.seed}, ${count} blows, ${acknowledged} requests`,
  );
  const result = await runDestinationChaos({
    random,
    blows,
    acknowledged,
    stopMsMax,
    report: (line) => console.log(line),
  });
  const { compared, ...rest } = result;
  printResult(rest);
  for (const [name, { faults: _, ...figures }] of Object.entries(compared)) {
    console.log(name);
    printResult(figures);
  }
  return isWhole(faultsOf(result));
}
