import { z } from "zod";
import { EDITED_BODY_BYTES_MAX } from "./attempt-limits.ts";
import { deadReasons } from "./destination-limits.ts";
import { headerPairSchema } from "./header-schema.ts";
import type { RequestSummary } from "./requests.ts";

export const attemptErrorCodes = [
  "refused",
  "dns",
  "tls",
  "timeout",
  "reset",
  "private_target",
  "no_listener",
  "which_listener",
  "body_incomplete",
  "interrupted",
  "exec_failed",
  // Of a browser that sends, which is told little (lib/forward/browser-failure.ts).
  "not_permitted",
  "cors",
  "blocked",
  "unseen",
] as const;
export type AttemptErrorCode = (typeof attemptErrorCodes)[number];

export const forwardCreateSchema = z.strictObject({
  /** An http(s) URL, or "listener". */
  to: z
    .string()
    .min(1, "Where to? An http:// or https:// URL")
    .max(16_384, "A URL has at most 16,384 characters"),
  /** The listener's name, when there are several. */
  name: z.string().max(100).optional(),
  /** Join the request's path and query to the URL's. */
  append: z.boolean().optional(),
  edit: z
    .strictObject({
      method: z.string().optional(),
      target: z.string().optional(),
      headers: z.array(headerPairSchema).optional(),
      bodyBase64: z
        .base64("Not valid base64")
        .max(Math.ceil(EDITED_BODY_BYTES_MAX / 3) * 4, "An edited body has at most 3 MiB")
        .optional(),
    })
    .optional(),
  resign: z.boolean().optional(),
});
export type ForwardCreate = z.infer<typeof forwardCreateSchema>;

/** Milliseconds; null for a phase that was not reached or not needed. */
export const timingSchema = z.object({
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteMs: z.number().nullable(),
  totalMs: z.number(),
});
export type AttemptTiming = z.infer<typeof timingSchema>;

/** One difference between the captured head and the one sent. */
export const changeSchema = z.object({
  kind: z.enum(["changed", "added", "dropped"]),
  name: z.string(),
  /** What is sent, or what was dropped. */
  value: z.string(),
  why: z.string(),
});
export type Change = z.infer<typeof changeSchema>;

const attemptSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  status: z.int().nullable(),
  headers: z.array(headerPairSchema),
  /** Bytes of the answer's body; bodyBase64 keeps the first 256 KiB. */
  bodySize: z.int(),
  bodyBase64: z.string(),
  /** The body was kept, and dropped later: the bin's answers had taken more room than they may. */
  bodyDropped: z.boolean(),
  bodySha256Sent: z.string(),
  /** Where it went, with the path; a command, when a listener ran one. Null when nothing was tried or it is not known. */
  url: z.string().nullable(),
  /** How the head that was sent differs from the captured one; null when it is not known. */
  changes: z.array(changeSchema).nullable(),
  timing: timingSchema,
  error: z.object({ code: z.enum(attemptErrorCodes), message: z.string() }).nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

const forwardSchema = z.object({
  id: z.string(),
  requestId: z.string(),
  to: z.string(),
  /** The listener that it goes through, when `to` is "listener". */
  listener: z.string().nullable(),
  /** A page sends it to its own machine: then the attempt is as that page reported it. */
  byBrowser: z.boolean(),
  /** The destination that sends it by itself: then "failed" means that it will be tried again, at `nextAttemptAt`. */
  destinationId: z.string().nullable(),
  state: z.enum(["pending", "delivered", "failed", "dead"]),
  deadReason: z.enum(deadReasons).nullable(),
  nextAttemptAt: z.string().nullable(),
  append: z.boolean(),
  resigned: z.boolean(),
  edited: z.boolean(),
  attempts: z.array(attemptSchema),
});
export type Forward = z.infer<typeof forwardSchema>;

/** A forward where it is listed apart from its request. */
export type ListedForward = Forward & {
  request: Pick<RequestSummary, "seq" | "method" | "target">;
};
