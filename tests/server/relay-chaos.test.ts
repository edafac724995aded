import { expect, test } from "vitest";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import { type RelayBlow, runRelayChaos } from "#tests/helpers/relay-chaos.ts";

const BLOWS: readonly RelayBlow[] = [
  "listener",
  "process",
  "database",
  "cut",
  "stalled",
  "stopped listener",
  "stopped process",
  "stopped database",
];
const ACKNOWLEDGED = 2_000;
const STOP_MS_MAX = 1_500;

test("whatever is killed, frozen and cut, localhost gets each captured request, in order, and again only under the same id", async () => {
  const random = createRandom(seedFromEnvironment());
  console.log(`relay chaos: SEED=${random.seed} repeats these moments`);
  const lines: string[] = [];
  const result = await runRelayChaos({
    random,
    blows: random.shuffled(BLOWS),
    acknowledged: ACKNOWLEDGED,
    stopMsMax: STOP_MS_MAX,
    report: (line) => lines.push(line),
  }).finally(() => console.log(lines.join("\n")));
  const { acknowledged, stored, arrived, incomplete, doubles, reconnects, seconds } = result;
  console.log("relay chaos:", {
    acknowledged,
    stored,
    arrived,
    incomplete,
    doubles,
    reconnects,
    seconds,
  });
  expect(acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED);
  expect(result).toMatchObject({
    lost: [],
    missing: [],
    unknown: [],
    changed: [],
    outOfOrder: [],
    strangers: [],
    unrecorded: [],
    undelivered: [],
  });
});
