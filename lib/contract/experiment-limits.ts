/** What can be tried with a handler. Apart from the schemas, so that the page carries no zod. */
export const experimentKinds = ["burst", "twice", "late", "swapped", "tampered"] as const;
export type ExperimentKind = (typeof experimentKinds)[number];

/** How often a burst sends, at once. */
export const TIMES_MIN = 2;
export const TIMES_MAX = 20;
export const TIMES_DEFAULT = 5;

/** How long a late repeat is put off, in milliseconds. */
export const DELAY_MS_MIN = 1_000;
export const DELAY_MS_MAX = 60_000;
export const DELAY_MS_DEFAULT = 10_000;
