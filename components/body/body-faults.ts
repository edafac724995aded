"use client";

import { createContext } from "react";
import type { Lines } from "#lib/body/lines.ts";

/** Places of a body shown as lines that something is to be said of, and the one that is asked to be seen. */
export type BodyFaults = {
  /** By line; of several the first. */
  linesOf: (lines: Lines) => ReadonlyMap<number, string>;
  /** An offset into the text; another function each time that a person asks. */
  jump: ((lines: Lines) => number) | null;
};

/** Null: nothing is to be said. */
export const BodyFaultsContext = createContext<BodyFaults | null>(null);
