import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import { type RelayBlow, runRelayChaos } from "#tests/helpers/relay-chaos.ts";
import { isWhole, printResult } from "./result.ts";

/** Beyond the time after which each side counts the other one as gone. */
const STOP_MS_MAX = 16_000;
const ALL: readonly [RelayBlow, ...RelayBlow[]] = [
  "listener",
  "process",
  "database",
  "both",
  "cut",
  "lost",
  "stopped listener",
  "stopped process",
  "stopped database",
  "stalled",
];

/**
 * BLOWS and ACKNOWLEDGED size it, KINDS="cut,listener" picks the blows. True when the sink has got all that was
 * captured, as it was sent and in order.
 */
export async function chaosOfRelay(): Promise<boolean> {
  const count = Number(process.env["BLOWS"] ?? 40);
  const acknowledged = Number(process.env["ACKNOWLEDGED"] ?? 20_000);
  const random = createRandom(seedFromEnvironment());
  const named = process.env["KINDS"]?.split(",");
  const kinds = ALL.filter((kind) => !named || named.includes(kind));
  const rounds = Array.from({ length: Math.ceil(count / kinds.length) }, () => kinds).flat();
  const blows = random.shuffled(rounds).slice(0, count);
  console.log(`chaos of the relay: SEED=${random.seed}, ${count} blows, ${acknowledged} requests`);
  const result = await runRelayChaos({
    random,
    blows,
    acknowledged,
    stopMsMax: STOP_MS_MAX,
    report: (line) => console.log(line),
  });
  printResult(result);
  const { lost, missing, unknown, changed, outOfOrder, strangers } = result;
  const { unrecorded, undelivered } = result;
  return isWhole({
    lost,
    missing,
    unknown,
    changed,
    outOfOrder,
    strangers,
    unrecorded,
    undelivered,
  });
}
