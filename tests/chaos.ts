import { type Blow, type ChaosResult, runChaos } from "./helpers/chaos.ts";
import { createRandom, seedFromEnvironment } from "./helpers/random.ts";

/**
 * `npm run chaos`: the server and its database killed, and sometimes stopped, again and again under load. Ends with 1
 * when anything acknowledged is lost, doubled or changed. SEED repeats a run's moments, KILLS and ACKNOWLEDGED size it.
 */
const KILLS = Number(process.env["KILLS"] ?? 50);
const ACKNOWLEDGED = Number(process.env["ACKNOWLEDGED"] ?? 100_000);
const STOPS = Math.ceil(KILLS / 5);
const PER_SECOND = 3_000;

const random = createRandom(seedFromEnvironment());
const some = (count: number, kinds: readonly [Blow, ...Blow[]]) =>
  Array.from({ length: count }, () => random.pick(kinds));
const blows = random.shuffled([
  ...some(KILLS, ["process", "database", "both"]),
  ...some(STOPS, ["stopped process", "stopped database"]),
]);
console.log(
  `chaos: SEED=${random.seed}, ${KILLS} kills, ${STOPS} stops, ${ACKNOWLEDGED} acknowledged at least`,
);
const result = await runChaos({
  random,
  blows,
  acknowledgedMin: ACKNOWLEDGED,
  perSecond: PER_SECOND,
  report: (line) => console.log(line),
});
console.table(toTable(result));
process.exitCode = isWhole(result) ? 0 : 1;

function toTable({ lost, doubled, changed, seqFaults, statuses, ...counts }: ChaosResult) {
  const faults = { lost, doubled, changed, seqFaults };
  const lengths = Object.entries(faults).map(([name, items]) => [name, items.length]);
  return { ...counts, ...Object.fromEntries(lengths), statuses: JSON.stringify(statuses) };
}

function isWhole({ lost, doubled, changed, seqFaults }: ChaosResult): boolean {
  return [lost, doubled, changed, seqFaults].every((faults) => faults.length === 0);
}
