/** How far a shape goes. What lies beyond is never guessed at: it is marked as not looked at, and anything fits it. */
export const SHAPE_LIMITS = {
  /** Levels of a sample; what lies deeper is not looked at. */
  depth: 32,
  /** Values of one sample that are looked at. */
  valuesOfSample: 50_000,
  /** Places of one shape. Where there are more, the deepest levels are given up. */
  nodes: 10_000,
  /** Names of one object. One with more of them has keys that are data, as a map has. */
  keys: 256,
  /** Characters of a name; a longer one is data too. */
  keyCharacters: 200,
  /** Kinds of one object that are told apart by a key such as `type`. */
  variants: 24,
  /** Different texts of one place that are counted; with more of them it is no list of choices. */
  values: 24,
  valueCharacters: 48,
  examples: 3,
  exampleCharacters: 80,
} as const;
