import { EventEmitter } from "node:events";
import fc from "fast-check";
import { v7 as uuidv7, validate, version } from "uuid";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Listener } from "#lib/contract/listeners.ts";
import { ACKNOWLEDGE_MS, type Delivery } from "#lib/contract/relay.ts";
import { createLog } from "#lib/log.ts";
import { failedAttempt } from "#lib/forward/attempt.ts";
import { chooseListener } from "#lib/relay/choose.ts";
import { forwardIdOf } from "#lib/relay/forward-id.ts";
import { OutcomeLog } from "#lib/relay/outcome-log.ts";
import { ListenerSession, type RelaySocket } from "#lib/relay/session.ts";
import type { StreamOutcome } from "#lib/store/save-outcomes.ts";
import { tried } from "#tests/helpers/listener.ts";

describe("a forward's id", () => {
  test("is a UUIDv7 of the request's time, the same each time, another one for another listener", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (msecs) => {
        const [listener, other, request] = [uuidv7(), uuidv7(), uuidv7({ msecs })];
        const id = forwardIdOf(listener, request);
        expect(validate(id) && version(id)).toBe(7);
        expect(id.slice(0, 13)).toBe(request.slice(0, 13));
        expect(forwardIdOf(listener, request)).toBe(id);
        expect(forwardIdOf(other, request)).not.toBe(id);
      }),
    );
  });
});

describe("waiting for an acknowledgement", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The little of a socket that a session uses; `acknowledge` answers the deliveries in their order. */
  function connect() {
    const acknowledge: ((report: unknown) => void)[] = [];
    const socket = Object.assign(new EventEmitter(), {
      connected: true,
      conn: new EventEmitter(),
      data: { grant: { binId: "bin", keyId: "key" }, name: "laptop" },
      disconnect: () => undefined,
    });
    const hears = socket.emit.bind(socket);
    socket.emit = (event: string | symbol, ...rest: unknown[]) => {
      if (event === "deliver") acknowledge.push(rest[1] as (report: unknown) => void);
      return true;
    };
    const hold = { id: "listener", connection: "connection" };
    const session = new ListenerSession(socket as unknown as RelaySocket, hold);
    return { session, hears, acknowledge };
  }
  const delivery = { forwardId: uuidv7(), body: null } as Delivery;
  const outcome = tried(delivery);

  test("ends after 60 s; then the same one is waited for, whichever try it answers", async () => {
    const { session, acknowledge } = connect();
    const first = session.deliver(delivery);
    await vi.advanceTimersByTimeAsync(ACKNOWLEDGE_MS);
    expect(await first).toEqual({ kind: "silent" });
    const second = session.deliver(delivery);
    acknowledge[0]?.(outcome);
    expect(await second).toEqual({ kind: "acknowledged", outcome });
    acknowledge[1]?.(outcome);
    expect(session.openCount).toBe(0);
  });

  test("is put off by each word of work under way, and by none of another's", async () => {
    const { session, hears } = connect();
    let reply: unknown;
    void session.deliver(delivery).then((given) => {
      reply = given;
    });
    for (let minute = 0; minute < 10; minute++) {
      await vi.advanceTimersByTimeAsync(ACKNOWLEDGE_MS - 1_000);
      hears("working", { forwardId: delivery.forwardId });
    }
    expect(reply).toBeUndefined();
    await vi.advanceTimersByTimeAsync(ACKNOWLEDGE_MS - 1_000);
    hears("working", { forwardId: uuidv7() });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reply).toEqual({ kind: "silent" });
  });

  test("ends with the connection", async () => {
    const { session, hears } = connect();
    const reply = session.deliver(delivery);
    hears("disconnect");
    expect(await reply).toEqual({ kind: "cut" });
    await session.ended;
  });
});

describe("the outcome log", () => {
  const outcome = (cursor: number, bytes = 0, listener = "a"): StreamOutcome => ({
    binId: "bin",
    hold: { id: listener, connection: listener },
    cursor,
    tried: {
      forward: {
        id: uuidv7(),
        requestId: uuidv7(),
        binId: "bin",
        listener,
        state: "failed",
      },
      attempt: { ...failedAttempt("refused", "-"), body: Buffer.alloc(bytes) },
      isWaitedFor: false,
    },
  });

  function open(save: (batch: readonly StreamOutcome[]) => Promise<Set<string>>) {
    const saved: (readonly StreamOutcome[])[] = [];
    const log = new OutcomeLog({
      store: {
        saveOutcomes: save,
        kindOf: (error) => (error instanceof RangeError ? "row" : "connection"),
      },
      onSaved: (batch) => saved.push(batch),
      log: createLog("silent"),
    });
    return { log, cursors: () => saved.flat().map(({ cursor }) => cursor) };
  }

  test("keeps the order, drops nothing, and holds back who is too far ahead of what is stored", async () => {
    let isAway = true;
    const { log, cursors } = open(async (batch) => {
      if (isAway) throw new Error("away");
      return new Set(batch.map(({ hold }) => hold.id));
    });
    let added = 0;
    const adding = (async () => {
      for (; added < 1_000; added++) {
        await log.room("a");
        log.add(outcome(added));
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(added).toBe(200);
    // Another listener has room of its own.
    await log.room("b");
    isAway = false;
    await adding;
    await log.flushed("a");
    expect(cursors()).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });

  test("counts bytes as well", async () => {
    const { log } = open(() => new Promise(() => undefined));
    let added = 0;
    void (async () => {
      for (; added < 100; added++) {
        await log.room("a");
        log.add(outcome(added, 256 * 1024));
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(added).toBe(16);
  });

  test("of a batch with a row that the database refuses the rest is stored, and the cursor moves on", async () => {
    const { log, cursors } = open(async (batch) => {
      if (batch.some(({ cursor, tried: row }) => cursor === 5 && row)) throw new RangeError("row");
      return new Set();
    });
    for (let cursor = 0; cursor < 10; cursor++) log.add(outcome(cursor));
    await log.flushed("a");
    expect(cursors()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("which listener", () => {
  const listener = (name: string, connected: boolean): Listener => ({
    name,
    connected,
    targets: [],
    version: "",
    cursor: 0,
    behind: 0,
    connectedAt: "2026-01-01T00:00:00.000Z",
    tookOverAt: null,
    heardAt: "2026-01-01T00:00:00.000Z",
  });

  test.each([
    [[], undefined, "no_listener"],
    [[listener("a", false)], undefined, "no_listener"],
    [[listener("a", false), listener("b", true)], "a", "no_listener"],
    [[listener("a", true), listener("b", true)], undefined, "which_listener"],
  ] as const)("%o, %s: %s", (listeners, name, code) => {
    expect(() => chooseListener(listeners, name)).toThrow(expect.objectContaining({ code }));
  });

  test("the only one that is connected, or the one that is named", () => {
    const [a, b, c] = [listener("a", true), listener("b", true), listener("c", false)];
    expect(chooseListener([a, c], undefined)).toBe("a");
    expect(chooseListener([a, b, c], "b")).toBe("b");
  });
});
