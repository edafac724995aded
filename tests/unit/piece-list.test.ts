import fc from "fast-check";
import { expect, test } from "vitest";
import { PieceList } from "#lib/capture/piece-list.ts";

const KIB = 1024;

function takeAll(pieces: readonly Buffer[]): Buffer[] {
  const list = new PieceList();
  for (const piece of pieces) list.add(piece);
  return list.take();
}

/** Bytes of memory behind the pieces; small ones may share a buffer. */
function memoryOf(pieces: readonly Buffer[]): number {
  const buffers = new Set(pieces.map((piece) => piece.buffer));
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

test("pieces of any size come out as the same bytes in the same order", () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 70 * KIB }));
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 40 }), (lengths) => {
      const pieces = lengths.map((length, index) => Buffer.alloc(length, index));
      expect(Buffer.concat(takeAll(pieces)).equals(Buffer.concat(pieces))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("a single piece and large ones are not copied", () => {
  const small = Buffer.from("one");
  expect(takeAll([small])).toEqual([small]);
  expect(takeAll([small])[0]).toBe(small);
  const large = Buffer.alloc(64 * KIB);
  expect(takeAll([small, large, large])[2]).toBe(large);
});

test("a body sent byte by byte takes its own size, not a buffer for each byte", () => {
  const bytes = Array.from({ length: 200 * KIB }, (_, index) => Buffer.from([index % 256]));
  const kept = takeAll(bytes);
  expect(kept.length).toBeLessThan(8);
  expect(memoryOf(kept)).toBeLessThan(400 * KIB);
});

test("small pieces between large ones cost no block each", () => {
  const mixed = Array.from({ length: 40 }, (_, index) => Buffer.alloc(index % 2 ? 1 : 16 * KIB));
  expect(memoryOf(takeAll(mixed))).toBeLessThan(20 * 16 * KIB + 200 * KIB);
});
