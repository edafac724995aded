import { z } from "zod";
import {
  DELAY_MS_MAX,
  DELAY_MS_MIN,
  experimentKinds,
  TIMES_MAX,
  TIMES_MIN,
} from "./experiment-limits.ts";
import { type Forward, forwardCreateSchema } from "./forwards.ts";

export const experimentCreateSchema = forwardCreateSchema
  .pick({ to: true, name: true, append: true, resign: true })
  .extend({
    kind: z.enum(experimentKinds),
    /** Of a burst. */
    times: z
      .int()
      .min(TIMES_MIN, `At least ${TIMES_MIN} times`)
      .max(TIMES_MAX, `At most ${TIMES_MAX} times`)
      .optional(),
    /** Of a late repeat, in milliseconds. */
    delayMs: z
      .int()
      .min(DELAY_MS_MIN, `At least ${DELAY_MS_MIN} ms`)
      .max(DELAY_MS_MAX, `At most ${DELAY_MS_MAX} ms`)
      .optional(),
    /** The event that changes places with this one. */
    otherRequestId: z.string().optional(),
  });
export type ExperimentCreate = z.infer<typeof experimentCreateSchema>;

/** One thing that an experiment sends. */
export type PlannedSend = {
  requestId: string;
  seq: number;
  /** What it is in the experiment: "at once, 3 of 5". */
  role: string;
  /** Those of one step are sent at once; the next step begins when all of them are answered. */
  step: number;
  /** Before it is sent, in milliseconds. */
  waitMs: number;
  /** One byte of its body is changed after it was signed. */
  isTampered: boolean;
};

/** `found`: the handler has a fault. `unsure`: the answers don't tell. */
export type Verdict = {
  result: "passed" | "found" | "unsure";
  title: string;
  why: string;
  /** The sends whose answers show it, to be looked at beside each other. */
  compare: [number, number] | null;
};

/** A line of an experiment as it goes: what will be sent, what came of each, and what that says. */
export type ExperimentLine =
  | { plan: PlannedSend[] }
  | { send: number; forward: Forward }
  | { send: number; problem: string }
  | { verdict: Verdict };
