import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Carrying } from "#lib/destinations/carrying.ts";
import { createLog } from "#lib/log.ts";
import type { DueForward } from "#lib/store/turns.ts";

const HOLD = { destinationId: "resend", turn: "turn" };
const due: DueForward = {
  forwardId: "f1",
  requestId: "r1",
  tries: 0,
  sinceMs: 0,
  dueAtMs: 0,
  request: null,
  body: null,
};

let isConnected = true;
const told: unknown[] = [];
const carrying = () =>
  new Carrying(HOLD, "laptop", {
    store: {
      handOver: async () => true,
      endCarried: async (_hold, forwardId) => void told.push(["ended", forwardId]),
      bury: async (_hold, dead) => void told.push(...dead),
      drop: async () => undefined,
    },
    listeners: {
      isConnected: async () => isConnected,
      carried: async (_binId, forwardId, how) => void told.push(["carried", forwardId, how]),
    },
    body: async () => null,
    secretsOf: async () => [],
    giveUp: async (...given) => void told.push(["given up", ...given]),
    onCarried: () => undefined,
    log: createLog("silent"),
  });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  told.length = 0;
  isConnected = true;
});
afterEach(() => vi.useRealTimers());

test("a machine that is away may come back within half a minute; then it is gone", async () => {
  const one = carrying();
  expect(await one.standing("bin")).toBe("there");
  isConnected = false;
  vi.advanceTimersByTime(1_000);
  expect(await one.standing("bin")).toBe("away");
  vi.advanceTimersByTime(28_000);
  expect(await one.standing("bin")).toBe("away");
  isConnected = true;
  vi.advanceTimersByTime(1_000);
  expect(await one.standing("bin")).toBe("there");
  isConnected = false;
  vi.advanceTimersByTime(30_001);
  expect(await one.standing("bin")).toBe("gone");
});

test("one that is gone ends the resend at the request that could not be handed over", async () => {
  await carrying().giveUp("bin", due);
  expect(told).toEqual([{ forwardId: "f1", reason: "no_listener" }, ["given up", "bin", "resend"]]);
});

test("what an earlier turn handed over is waited for, for a time, and not handed over again", async () => {
  const view = { binId: "bin", settings: {} as never };
  await carrying().take({ ...due, tries: 1 }, view, { tokens: 1, atMs: 0 });
  expect(told).toEqual([
    ["carried", "f1", { listener: "laptop", msMax: 60_000 }],
    ["ended", "f1"],
  ]);
});
