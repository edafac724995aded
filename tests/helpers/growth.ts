import { expect } from "vitest";

/** Between as much more as there is more of (linear) and the square of it. */
const POWER_MAX = 1.5;
const SMALL_ROUNDS = 3;
const LARGE_ROUNDS = 4;

/**
 * Fails where `times` as much work takes far more than `times` as long: where each item looks at all the others, say. It
 * compares the machine with itself, in processor time, and what disturbs one round does not disturb them all.
 */
export async function expectLinear(
  work: (size: number) => unknown,
  small: number,
  times = 16,
): Promise<void> {
  const limit = (await leastCpu(() => work(small), SMALL_ROUNDS)) * times ** POWER_MAX;
  expect(await leastCpu(() => work(small * times), LARGE_ROUNDS, limit)).toBeLessThan(limit);
}

/** The least processor time of some rounds, in microseconds; no further ones once it is under `enough`. */
async function leastCpu(work: () => unknown, rounds: number, enough = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least >= enough; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}
