/** Random numbers that a seed repeats: what failed once can be run again. */
export type Random = {
  seed: number;
  /** From `min` up to, and not with, `max`. */
  between(min: number, max: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
};

/** Takes SEED of the environment, or a new seed. */
export function seedFromEnvironment(): number {
  return Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
}

/** mulberry32: one 32-bit state, good enough to scatter moments and sizes. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min));
  return {
    seed,
    between,
    pick: (items) => items[between(0, items.length)] ?? items[0],
    shuffled: (items) => {
      const rest = [...items];
      return items.flatMap(() => rest.splice(between(0, rest.length), 1));
    },
  };
}
