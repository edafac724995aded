import { type ChaosResult, runChaos } from "#tests/helpers/chaos.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import type { Blow } from "#tests/helpers/struck-server.ts";
import { isWhole, printResult } from "./result.ts";

const PER_SECOND = 3_000;

/** KILLS and ACKNOWLEDGED size it. True when nothing is lost, doubled or changed. */
export async function chaosOfCaptures(): Promise<boolean> {
  const kills = Number(process.env["KILLS"] ?? 50);
  const stops = Math.ceil(kills / 5);
  const acknowledgedMin = Number(process.env["ACKNOWLEDGED"] ?? 100_000);
  const random = createRandom(seedFromEnvironment());
  const some = (count: number, kinds: readonly [Blow, ...Blow[]]) =>
    Array.from({ length: count }, () => random.pick(kinds));
  const blows = random.shuffled([
    ...some(kills, ["process", "database", "both"]),
    ...some(stops, ["stopped process", "stopped database"]),
  ]);
  console.log(
    `chaos: SEED=${random.seed}, ${kills} kills, ${stops} stops, ${acknowledgedMin} acknowledged at least`,
  );
  const report = (line: string) => console.log(line);
  const result = await runChaos({ random, blows, acknowledgedMin, perSecond: PER_SECOND, report });
  printResult(result);
  const { lost, doubled, changed, seqFaults }: ChaosResult = result;
  return isWhole({ lost, doubled, changed, seqFaults });
}
