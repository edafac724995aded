import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMarkKeeper } from "#components/shapes/mark-keeper.ts";
import type { ShapeMarks } from "#lib/contract/shapes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const listOf = (newest: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ seq: newest - at }));

function keeperOf(answer: (from: number, to: number) => ShapeMarks | Error) {
  const asked: string[] = [];
  let items = listOf(250, 250);
  let marked: number[] = [];
  const keeper = createMarkKeeper(
    async (from, to) => {
      asked.push(`${from}-${to}`);
      const given = answer(from, to);
      if (given instanceof Error) throw given;
      return given;
    },
    () => items,
    (marks) => {
      marked = [...marks.keys()];
    },
  );
  const list = (next: typeof items) => {
    items = next;
    keeper.wake();
  };
  return { keeper, asked, list, marked: () => marked };
}

const mark = (seq: number) => ({ seq, breaks: 1, errors: 0 });

test("each listed request is asked for once, the newest first, and what comes in later on its own", async () => {
  const page = keeperOf((_, to) => ({ items: [mark(to)], isPending: false }));
  page.list(listOf(250, 250));
  page.list(listOf(250, 250));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(page.asked).toEqual(["51-250", "1-50"]);
  expect(page.marked()).toEqual([250, 50]);
  page.list(listOf(252, 252));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(page.asked.slice(2)).toEqual(["53-252"]);
});

test("under a flood it asks at most every three seconds", async () => {
  const page = keeperOf(() => ({ items: [], isPending: false }));
  for (let newest = 1; newest <= 60; newest++) {
    page.list(listOf(newest, newest));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(page.asked).toHaveLength(2);
});

test("what is pending, or could not be read, is asked for again", async () => {
  const answers = [new Error("away"), { items: [], isPending: true }];
  const page = keeperOf(() => answers.shift() ?? { items: [mark(3)], isPending: false });
  page.list(listOf(3, 3));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(page.asked).toEqual(["1-3", "1-3", "1-3"]);
  expect(page.marked()).toEqual([3]);
});

test("once stopped it asks no more and marks nothing", async () => {
  const page = keeperOf((_, to) => ({ items: [mark(to)], isPending: false }));
  page.list(listOf(3, 3));
  page.keeper.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(page.asked).toEqual([]);
  expect(page.marked()).toEqual([]);
});
