import { expect, test } from "vitest";
import { createApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import { startAnsweringSink } from "#tests/helpers/answering-sink.ts";
import { createDatabase } from "#tests/helpers/database.ts";
import {
  type DestinationBlow,
  faultsOf,
  runDestinationChaos,
} from "#tests/helpers/destination-chaos.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { createRandom, seedFromEnvironment } from "#tests/helpers/random.ts";
import { startServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const BLOWS: readonly DestinationBlow[] = [
  "process",
  "database",
  "stopped process",
  "dead target",
  "frozen target",
];
const ACKNOWLEDGED = 300;
const STOP_MS_MAX = 800;

test.concurrent("whatever is killed and frozen, each destination gets all that matches, in order where asked, and each attempt is on record", async () => {
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

test.concurrent("the turn of a process that is killed goes to another one, which says what may have been made", async () => {
  const database = await createDatabase();
  const sink = await startAnsweringSink();
  const first = await startServer({ databaseUrl: database.url });
  const bin = await mintAt(first.origin);
  const apiOf = ({ origin }: { origin: string }) =>
    createDestinationClient(createApiClient({ origin, key: bin.key }));
  const { id } = await apiOf(first).add(bin.id, { url: sink.origin });
  sink.say((_, nth) => (nth === 1 ? null : {}));
  for (let count = 0; count < 5; count++) {
    await fetch(`${first.origin}/in/${bin.id}/${count}`, { method: "POST" });
  }
  await until(() => sink.came.length === 5, "all under way");
  const other = await startServer({ databaseUrl: database.url });
  await first.kill("SIGKILL");
  const delivered = await until(
    async () => {
      const page = await apiOf(other).forwards(bin.id, id, { state: "delivered" });
      return page.items.length === 5 && page.items;
    },
    "the other process to deliver them",
    60_000,
  );
  for (const { attempts, id: forwardId } of delivered) {
    expect(attempts).toMatchObject([
      { status: null, error: { code: "interrupted", message: expect.stringMatching(/may have/) } },
      { status: 200, error: null },
    ]);
    expect(sink.came.filter((each) => each.forwardId === forwardId)).toHaveLength(2);
  }
  await other.stop();
  await sink.close();
  await database.drop();
});
