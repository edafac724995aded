import { expect, test } from "vitest";
import { FairQueue } from "#lib/side-thread/fair-queue.ts";

test("who asked much and who asked little have their turns", () => {
  const queue = new FairQueue<string>();
  for (const item of ["a1", "a2", "a3"]) queue.add("a", item);
  queue.add("b", "b1");
  expect(queue.take()).toBe("a1");
  queue.add("c", "c1");
  expect(queue.size).toBe(4);
  expect(Array.from({ length: 5 }, () => queue.take())).toEqual([
    "b1",
    "a2",
    "c1",
    "a3",
    undefined,
  ]);
  expect(queue.size).toBe(0);
});
