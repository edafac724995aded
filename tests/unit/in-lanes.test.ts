import { expect, test } from "vitest";
import { runInLanes, type Task } from "#tests/in-lanes.ts";

/** Tasks that write down when they begin and end, and end when told. */
function start(afters: Record<string, string[]>, lanes: number) {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const tasks = Object.entries(afters).map(([name, after]): Task<string> => {
    const ended = new Promise<void>((resolve) => ends.set(name, resolve));
    const run = async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
      return name.toUpperCase();
    };
    return { name, after, run };
  });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { log, end, results: runInLanes(tasks, lanes) };
}

test("as many run at once as there are lanes, the first that can before the others", async () => {
  const { log, end, results } = start({ a: [], b: [], c: [], d: [] }, 2);
  expect(log).toEqual(["a begins", "b begins"]);
  await end("b");
  expect(log.slice(2)).toEqual(["b ends", "c begins"]);
  await end("a");
  await end("d");
  await end("c");
  expect(await results).toEqual(["A", "B", "C", "D"]);
});

test("one that waits for another lets those behind it go first, and begins when that has ended", async () => {
  const { log, end, results } = start({ a: [], b: ["a"], c: [] }, 2);
  expect(log).toEqual(["a begins", "c begins"]);
  await end("c");
  expect(log.slice(2)).toEqual(["c ends"]);
  await end("a");
  expect(log.slice(3)).toEqual(["a ends", "b begins"]);
  await end("b");
  expect(await results).toEqual(["A", "B", "C"]);
});

test("those that wait for each other are named", async () => {
  const { results } = start({ a: ["b"], b: ["a"] }, 2);
  await expect(results).rejects.toThrow("Nothing that these wait for is left: a, b");
});
