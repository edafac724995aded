import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log.ts";
import type { Judge } from "#lib/secrets/judge.ts";
import { createRejudging, type Rejudging } from "#lib/secrets/rejudging.ts";
import { Sealer } from "#lib/secrets/sealer.ts";
import { sealingKey } from "#lib/secrets/sealing-key.ts";
import { createVault } from "#lib/secrets/vault.ts";
import { alone } from "#lib/store/alone.ts";
import { REJUDGING_LOCK } from "#lib/store/rejudgings.ts";
import { openTestStore, type TestStore } from "#tests/helpers/store.ts";
import { until } from "#tests/helpers/until.ts";

const log = createLog("silent");
const REQUESTS = 250;

let own: TestStore;
let binId = "";
beforeAll(async () => {
  own = await openTestStore();
});
afterAll(() => own?.close());

let bins = 0;
beforeEach(async () => {
  binId = String(bins++).padStart(20, "r");
  await own.database.prisma.rejudging.deleteMany();
  await own.addBin(binId);
  await own.add(
    binId,
    Array.from({ length: REQUESTS }, () => ({ body: Buffer.from("{}") })),
  );
});

const vaultOf = () => {
  const sealer = new Sealer(sealingKey("a key for these tests"));
  return createVault({ store: own.store, sealer, log });
};
const addSecret = (secret = "s") => vaultOf().add(binId, { provider: "github", secret });

/** Says `verified`, and writes down whom it judged. */
function createWorker(onJudged: (count: number) => void = () => {}) {
  const judged: string[] = [];
  const told: number[] = [];
  const judge: Judge = async (request) => {
    judged.push(request.url);
    onJudged(judged.length);
    const plain = { scheme: "x", reason: null, timestampAgeSeconds: 1.5, secretId: null };
    return { status: "verified", ...plain };
  };
  const rejudging: Rejudging = createRejudging({
    store: own.store,
    alone: (work) => alone(own.database, REJUDGING_LOCK, work),
    vault: vaultOf(),
    judge,
    live: { changed: (_, seqs) => void told.push(...seqs) },
    isUp: () => true,
    log,
  });
  return { ...rejudging, judged, told };
}

const verified = () =>
  own.database.prisma.capturedRequest.count({ where: { binId, signatureStatus: "verified" } });
const below = async () =>
  (await own.database.prisma.rejudging.findUnique({ where: { binId } }))?.below;

describe("stored signatures", () => {
  test("are judged again from the newest down, and told; then the plan waits for late ones", async () => {
    await addSecret();
    const worker = createWorker();
    worker.start();
    await until(async () => (await below()) === 0n, "the end of the first pass");
    await worker.stop();
    expect(await verified()).toBe(REQUESTS);
    expect(worker.told).toEqual(Array.from({ length: REQUESTS }, (_, at) => REQUESTS - at));
  });

  test("go on after a restart where they were left", async () => {
    await addSecret();
    const first = createWorker((count) => count === 30 && void first.stop());
    first.start();
    await until(async () => (await below()) === BigInt(REQUESTS - 99), "one slice");
    await first.stop();
    const second = createWorker();
    second.start();
    await until(async () => (await below()) === 0n, "the rest");
    await second.stop();
    expect([first.judged.length, second.judged.length]).toEqual([100, REQUESTS - 100]);
    expect(await verified()).toBe(REQUESTS);
  });

  test("are judged once, with several processes at it", async () => {
    await addSecret();
    const workers = [createWorker(), createWorker(), createWorker()];
    for (const worker of workers) worker.start();
    await until(async () => (await below()) === 0n, "the end");
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(workers.reduce((sum, { judged }) => sum + judged.length, 0)).toBe(REQUESTS);
  });

  test("begin anew when another secret comes meanwhile", async () => {
    await addSecret();
    const added: Promise<unknown>[] = [];
    const worker = createWorker((count) => {
      if (count === 120) added.push(addSecret("another"));
    });
    worker.start();
    await until(async () => added.length > 0 && (await below()) === 0n, "the end");
    await Promise.all(added);
    await until(async () => (await below()) === 0n, "the end of the second");
    await worker.stop();
    expect(worker.judged.length).toBeGreaterThanOrEqual(REQUESTS + 100);
  });

  test("of what was stored since the change are judged too, once nobody can be ignorant of it", async () => {
    await addSecret();
    const worker = createWorker();
    worker.start();
    await until(async () => (await below()) === 0n, "the end of the first pass");
    await own.add(binId, [{ atMs: Date.now() }, { atMs: Date.now() + 60_000 }]);
    await own.database.prisma.rejudging.updateMany({
      data: { beganAt: new Date(Date.now() - 15_001) },
    });
    await own.database.prisma.capturedRequest.updateMany({
      where: { binId, seq: REQUESTS + 1 },
      data: { receivedAtUs: BigInt((Date.now() - 1_000) * 1000) },
    });
    worker.wake();
    await until(async () => (await below()) === undefined, "the end of the plan");
    await worker.stop();
    expect(worker.told.filter((seq) => seq > REQUESTS)).toEqual([REQUESTS + 1]);
  });
});
