import type { Settled } from "../settle.ts";

/** What a written shape is called, and what it was made of. */
export type Titled = { name: string; title: string; settled: Settled };

export const headWords = ({ title, settled: { samples } }: Titled) =>
  `${title}: the shape of ${samples} ${samples === 1 ? "sample" : "samples"} captured by Hooklens.`;
