import { keptByKey } from "#components/ui/kept-by-key.ts";

const BINS_MAX = 50;

/** A text for each bin, kept in this browser. */
export const rememberedByBin = (storageKey: string) =>
  keptByKey(storageKey, BINS_MAX, (value) => typeof value === "string");
