import fc from "fast-check";
import { expect, test } from "vitest";
import { type Hint, packHints, parseHint, printHint, rangeHints } from "#lib/live/hint.ts";
import { HintQueue } from "#lib/live/hint-queue.ts";

const binId = fc.stringMatching(/^[a-z0-9]{20}$/);
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const hint: fc.Arbitrary<Hint> = fc.oneof(
  fc.record({ kind: fc.constant("captured" as const), binId, lastSeq: seq }),
  fc.record({ kind: fc.constant("answered" as const), binId, firstSeq: seq, lastSeq: seq }),
  fc.record({
    kind: fc.constant("removed" as const),
    binId,
    removal: fc.oneof(
      fc.record(
        { through: seq, revision: seq, kept: fc.array(seq, { minLength: 1, maxLength: 50 }) },
        { requiredKeys: ["through", "revision"] },
      ),
      fc.record({ seqs: fc.array(seq, { minLength: 1, maxLength: 50 }), revision: seq }),
    ),
  }),
  fc.record({ kind: fc.constant("forward" as const), binId, forwardId: fc.uuid() }),
  fc.record({ kind: fc.constant("unwanted" as const), binId, requestId: fc.uuid() }),
  fc.record({ kind: fc.constant("changed" as const), binId }),
  fc.record({ kind: fc.constant("listeners" as const), binId }),
  fc.record({ kind: fc.constant("destinations" as const), binId }),
  fc.constant({ kind: "everything" as const }),
);

test("a hint reads as it was written, also out of a packed payload below Postgres' limit", () => {
  fc.assert(
    fc.property(fc.array(hint, { maxLength: 400 }), (hints) => {
      const payloads = packHints(hints.map(printHint));
      for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(7_900);
      const read = payloads.flatMap((payload) => payload.split("\n").map(parseHint));
      expect(read).toEqual(hints);
    }),
  );
});

test("what others write on the channel is ignored", () => {
  for (const line of [
    "",
    "hello",
    "c:",
    "c:bin:x",
    "a:bin:1",
    "r:bin:1",
    "r:bin:x:t:1",
    "z:bin:1",
  ]) {
    expect(parseHint(line), line).toBeNull();
  }
});

test("a removal that fits into no payload is told as a change", () => {
  const seqs = Array.from({ length: 3_000 }, (_, index) => index + 1);
  const line = printHint({ kind: "removed", binId: "bin", removal: { seqs, revision: 1 } });
  expect(parseHint(line)).toEqual({ kind: "changed", binId: "bin" });
  const cleared = { through: 9_999, kept: seqs, revision: 1 };
  const other = printHint({ kind: "removed", binId: "bin", removal: cleared });
  expect(parseHint(other)).toEqual({ kind: "changed", binId: "bin" });
});

test("answers are told by ranges that hold little else", () => {
  expect(rangeHints("answered", "bin", [9, 1, 2, 3, 900, 901])).toEqual([
    { kind: "answered", binId: "bin", firstSeq: 1, lastSeq: 9 },
    { kind: "answered", binId: "bin", firstSeq: 900, lastSeq: 901 },
  ]);
});

test("the queue keeps one hint of a bin's captures, the order of removals, and is bounded", () => {
  const queue = new HintQueue();
  const removed = (revision: number): Hint => ({
    kind: "removed",
    binId: "a",
    removal: { seqs: [revision], revision },
  });
  for (const each of [removed(1), removed(2)]) queue.add(each);
  for (const lastSeq of [4, 9, 7]) queue.add({ kind: "captured", binId: "a", lastSeq });
  expect(queue.take()).toEqual(["r:a:1:s:1\nr:a:2:s:2\nc:a:9"]);
  expect(queue.size).toBe(0);
  for (let index = 0; index < 30_000; index++) queue.add({ kind: "changed", binId: `${index}` });
  expect(queue.size).toBeLessThan(20_001);
  expect(queue.take().join("\n").split("\n")).toContain("e");
});
