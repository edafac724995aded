import { expect, test } from "vitest";
import { createLookups } from "#lib/forward/lookups.ts";

test("a bin whose names hang waits for itself: the others are looked up at once, and its own in turn", async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const lookupFor = createLookups((host) => {
    asked.push(host);
    return new Promise((resolve) => answers.push(() => resolve([])));
  });
  const lookups = Array.from({ length: 6 }, (_, i) => lookupFor("slow")(`dead-${i}.example`));
  void lookupFor("other")("live.example");
  expect(asked).toEqual([
    "dead-0.example",
    "dead-1.example",
    "dead-2.example",
    "dead-3.example",
    "live.example",
  ]);
  answers[1]?.();
  await lookups[1];
  expect(asked.slice(5)).toEqual(["dead-4.example"]);
  answers[0]?.();
  await lookups[0];
  expect(asked.slice(6)).toEqual(["dead-5.example"]);
});
