import { type Blow, type ChaosResult, runChaos } from "./helpers/chaos.ts";
import { createRandom, seedFromEnvironment } from "./helpers/random.ts";

/**
 * `npm run chaos`: the server and its database killed and stopped again and again under load. Ends with 1 when anything
 * acknowledged is lost, doubled or changed. SEED repeats the moments of a run, BLOWS and ACKNOWLEDGED size it.
 */
const BLOWS = Number(process.env["BLOWS"] ?? 50);
const ACKNOWLEDGED = Number(process.env["ACKNOWLEDGED"] ?? 100_000);
const PER_SECOND = 3_000;
const KINDS: readonly [Blow, ...Blow[]] = [
  "process",
  "process",
  "database",
  "database",
  "both",
  "stopped process",
  "stopped database",
];

const random = createRandom(seedFromEnvironment());
console.log(`chaos: seed ${random.seed}, ${BLOWS} blows, ${ACKNOWLEDGED} acknowledged at least`);
const result = await runChaos({
  random,
  blows: Array.from({ length: BLOWS }, () => random.pick(KINDS)),
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
