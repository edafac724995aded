import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failedAttempt } from "#lib/forward/attempt.ts";
import { openTestStore, type TestStore } from "#tests/helpers/store.ts";

const BIN = "lostlostlostlostlost";
const LISTENER = "laptop";

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
  await world.addBin(BIN);
});
afterAll(() => world?.close());

async function connect() {
  const connection = uuidv7();
  const place = await world.store.listeners.connect({
    binId: BIN,
    name: LISTENER,
    connection,
    keyId: uuidv7(),
    targets: [],
    version: "0.1.0",
    start: "cursor",
    instance: null,
    tookOver: false,
  });
  return { id: place?.id ?? "", connection };
}

test("a forward is told as lost only while its listener is away: one that is back takes it over", async () => {
  const { forwards, listeners } = world.store;
  const [requestId = ""] = await world.add(BIN, [{}]);
  const forwardId = uuidv7();
  const asked = {
    to: "listener",
    listener: LISTENER,
    append: true,
    edited: false,
    resigned: false,
  };
  await forwards.begin({ id: forwardId, binId: BIN, requestId, ...asked });
  const lose = () =>
    forwards.settleLost(
      { forwardId, binId: BIN, listener: LISTENER },
      failedAttempt("interrupted", "It was gone."),
    );

  const hold = await connect();
  expect(await lose()).toBeNull();
  expect((await forwards.get(BIN, forwardId))?.state).toBe("pending");

  await listeners.release(hold);
  expect(await lose()).toMatchObject({
    state: "failed",
    attempts: [{ error: { message: "It was gone." } }],
  });
  expect(await lose()).toBeNull();
});
