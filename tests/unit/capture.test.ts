import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCaptureAddress } from "#lib/capture/address.ts";
import { BufferRoom } from "#lib/capture/buffer-room.ts";
import { microsecondsAt } from "#lib/capture/clock.ts";
import { FairQueue } from "#lib/fair-queue.ts";
import { readHead } from "#lib/capture/head.ts";
import { rfc3339 } from "#lib/contract/time.ts";
import { expectLinear } from "#tests/helpers/growth.ts";

describe("capture address", () => {
  test.each([
    ["/in/b", "b", "", "/in/b"],
    ["/in/b/", "b", "/", "/in/b"],
    ["/in/b?x", "b", "?x", "/in/b"],
    ["/in/b#f", "b", "#f", "/in/b"],
    ["/in/b//a/../%zz?q", "b", "//a/../%zz?q", "/in/b"],
    ["/in/", "", "", "/in/"],
    ["http://h:1/in/b/x", "b", "/x", "http://h:1/in/b"],
    ["HTTPS://h/in/b?x", "b", "?x", "HTTPS://h/in/b"],
  ])("%s belongs to capture", (requestTarget, binId, target, targetPrefix) => {
    expect(parseCaptureAddress(requestTarget)).toMatchObject({ binId, target, targetPrefix });
  });

  test.each([
    "/",
    "/IN/b",
    "//in/b",
    "/in",
    "/api/in/b",
    "*",
    "http://h/api",
    "http://h",
    "example.com:443",
  ])("%s does not", (requestTarget) => expect(parseCaptureAddress(requestTarget)).toBeNull());

  test("prefix and target together are the request line's target again", () => {
    const part = fc.stringMatching(/^[!-~]*$/);
    fc.assert(
      fc.property(fc.constantFrom("", "http://h", "https://a.b:1"), part, (origin, rest) => {
        const line = `${origin}/in/${rest}`;
        const address = parseCaptureAddress(line);
        expect(address && address.targetPrefix + address.target).toBe(line);
      }),
    );
  });
});

describe("our cookie is cut from what is stored", () => {
  test.each([
    ["hooklens_session=S", ""],
    ["a=1; hooklens_session=S", "a=1"],
    ["hooklens_session=S; a=1", "a=1"],
    ["a=1;hooklens_session=S;b=2", "a=1;b=2"],
    ["a=1; hooklens_session=S; hooklens_session=T", "a=1"],
  ])("%s", (value, kept) => {
    const head = readHead(["CooKie", value]);
    expect(head).toMatchObject({ cookieRedacted: true, headers: [["CooKie", kept]] });
  });

  test.each([
    "a=1; b=hooklens_session",
    "xhooklens_session=1",
    "hooklens_sessions=1",
    "a=1;  b=2 ;",
  ])("%s is another's and stays as it is", (value) =>
    expect(readHead(["cookie", value])).toMatchObject({
      cookieRedacted: false,
      headers: [["cookie", value]],
    }),
  );
});

describe("the room for bytes in flight", () => {
  test("one bin and one address get a quarter at most, and all of it comes back", () => {
    const room = new BufferRoom(400);
    expect(room.tryTake("a", "1", 100)).toBe(true);
    expect(room.tryTake("a", "2", 1)).toBe(false);
    expect(room.tryTake("b", "1", 1)).toBe(false);
    expect(room.tryTake("b", "2", 100)).toBe(true);
    room.give("a", "1", 100);
    expect(room.tryTake("a", "1", 100)).toBe(true);
    room.give("a", "1", 100);
    room.give("b", "2", 100);
    expect(room.usedBytes).toBe(0);
  });

  test("who waits is let in in the order of arrival, past a bin that is over its share", async () => {
    const room = new BufferRoom(400);
    const got: string[] = [];
    room.take("a", "1", 100, () => got.push("a1"));
    room.take("a", "2", 50, () => got.push("a2"));
    room.take("b", "3", 100, () => got.push("b3"));
    expect(got).toEqual(["a1", "b3"]);
    room.give("a", "1", 100);
    await Promise.resolve();
    expect(got).toEqual(["a1", "b3", "a2"]);
  });

  test("what a commit gives back is looked at once, however many wait", async () => {
    await expectLinear(async (size) => {
      const room = new BufferRoom(4 * size);
      let admitted = 0;
      for (let index = 0; index < 31 * size; index++) room.take("a", "1", 1, () => admitted++);
      for (let round = 1; round <= 30; round++) {
        for (let index = 0; index < size; index++) room.give("a", "1", 1);
        await Promise.resolve();
        expect(admitted).toBe(size + round * size);
      }
    }, 200);
  });

  test("who waited five seconds is turned away", () => {
    const room = new BufferRoom(400);
    const answers: boolean[] = [];
    room.take("a", "1", 100, () => {});
    room.take("a", "1", 100, (got) => answers.push(got));
    room.sweep(performance.now() + 4_000);
    expect(answers).toEqual([]);
    room.sweep(performance.now() + 5_001);
    expect(answers).toEqual([false]);
  });
});

describe("the queue of the writer", () => {
  test("takes one of each bin in turn and keeps each bin's order", () => {
    const queue = new FairQueue<string>();
    for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.push(item[0] as string, item);
    expect(queue.take(4, 100, () => 1)).toEqual(["a1", "b1", "c1", "a2"]);
    expect(queue.take(10, 100, () => 1)).toEqual(["a3", "c2"]);
    expect(queue.size).toBe(0);
  });

  test("a batch ends at its bytes, but takes at least one", () => {
    const queue = new FairQueue<number>();
    for (const bytes of [50, 60, 10]) queue.push("a", bytes);
    expect(queue.take(10, 40, (bytes) => bytes)).toEqual([50]);
    expect(queue.take(10, 65, (bytes) => bytes)).toEqual([60]);
    expect(queue.take(10, 65, (bytes) => bytes)).toEqual([10]);
  });

  test("whatever is pushed, taken and removed: nothing is lost, doubled or reordered within a bin", () => {
    const step = fc.oneof(
      fc.record({ push: fc.constantFrom("a", "b", "c"), bytes: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 20 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new FairQueue<{ bin: string; n: number; bytes: number }>();
        const pushed: number[] = [];
        const taken: { bin: string; n: number }[] = [];
        steps.forEach((each, n) => {
          if ("push" in each) {
            queue.push(each.push, { bin: each.push, n, bytes: each.bytes });
            pushed.push(n);
          } else taken.push(...queue.take(each.take, each.bytes, (item) => item.bytes));
        });
        while (queue.size > 0) taken.push(...queue.take(3, 100, (item) => item.bytes));
        expect(taken.map((item) => item.n).sort((a, b) => a - b)).toEqual(pushed);
        for (const bin of ["a", "b", "c"]) {
          const order = taken.filter((item) => item.bin === bin).map((item) => item.n);
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
      }),
    );
  });
});

test("times have microseconds and follow the wall clock", () => {
  expect(rfc3339(1_700_000_000_123_456)).toBe("2023-11-14T22:13:20.123456Z");
  const before = Date.now();
  const told = microsecondsAt(performance.now()) / 1000;
  expect(told).toBeGreaterThan(before - 5);
  expect(told).toBeLessThan(Date.now() + 5);
});
