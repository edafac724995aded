import { z } from "zod";
import { requestSummarySchema } from "./requests.ts";

/**
 * What the sender made of the answer that it got: `delivered`, by what it documents, else by 200 to 299; `refused` by
 * another status; `late`, answered after it had stopped waiting; `unanswered`, gone before; `unknown` as yet.
 */
const resultSchema = z.enum(["delivered", "refused", "late", "unanswered", "unknown"]);
export type AttemptResult = z.infer<typeof resultSchema>;

const attemptSchema = z.object({
  request: requestSummarySchema,
  /** Which URL or destination it is for, from 1 in the order of arrival: an event may go to several of a bin's URLs. */
  destination: z.int(),
  /** Which try for that destination it is, from 1: the sender's own number where it gives one that is higher. */
  try: z.int(),
  /** Since the try before it for the same destination; null for the first one here. */
  gapSeconds: z.number().nullable(),
  result: resultSchema,
  /** The body is not that of the first try for the same destination, byte for byte. */
  isBodyOther: z.boolean(),
});
export type ThreadAttempt = z.infer<typeof attemptSchema>;

/**
 * What the provider documents of further tries for the request's destination.
 * `none`: the last one was delivered. `never`: it does not try again by itself. `expected`: the next one, between two
 * times. `until`: more until then, at times that it does not tell. `ended`: all that it documents were made. `untold`.
 */
const nextSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("never") }),
  z.object({
    kind: z.literal("expected"),
    try: z.int(),
    from: z.string(),
    to: z.string(),
    /** When the last of all tries is due, if none is delivered; null where that can't be told. */
    endsAt: z.string().nullable(),
  }),
  z.object({ kind: z.literal("until"), endsAt: z.string().nullable(), tries: z.int().nullable() }),
  z.object({ kind: z.literal("ended") }),
  z.object({ kind: z.literal("untold") }),
]);
export type NextTry = z.infer<typeof nextSchema>;

/** Requests of one event, those around the one that was asked for: at most 50 on each side. */
const requestThreadSchema = z.object({
  by: z.enum(["event", "body"]).nullable(),
  /** How many have come; earlier ones may have been removed since. */
  count: z.int(),
  /** In the order of arrival. */
  attempts: z.array(attemptSchema),
  next: nextSchema,
  /** What the provider documents of its waiting, in milliseconds; null where it does not. */
  timeoutMs: z.number().nullable(),
  /** The page that says so; null where nothing is known. */
  docs: z.string().nullable(),
  /** An earlier request of the same sender and account that is about what happened later. */
  overtakenBy: z
    .object({
      id: z.string(),
      seq: z.int(),
      event: z.string().nullable(),
      by: z.enum(["time", "number"]),
      /** How much later it happened; null when only numbers say so. */
      seconds: z.number().nullable(),
    })
    .nullable(),
});
export type RequestThread = z.infer<typeof requestThreadSchema>;
