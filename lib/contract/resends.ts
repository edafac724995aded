import { z } from "zod";
import type { DeadReason } from "./destination-limits.ts";
import { destinationCreateSchema, type DestinationSettings } from "./destinations.ts";
import { RESEND_MARKED_MAX } from "./resend-limits.ts";

const { q, append, resign, ordered, headers, retry, ratePerSecond } = destinationCreateSchema.shape;

const fields = {
  /** Only what matches; absent, and without `ids`: all that the bin holds. */
  q,
  /** Only these requests. */
  ids: z
    .array(z.uuid("Not the id of a request"))
    .min(1, "At least one")
    .max(
      RESEND_MARKED_MAX,
      `At most ${RESEND_MARKED_MAX.toLocaleString("en")} by their ids: use a query`,
    )
    .optional(),
  /** A URL, or "listener". */
  to: destinationCreateSchema.shape.url,
  /** The listener's name, when there are several. */
  name: z.string().max(100).optional(),
  append,
  resign,
  /** One at a time in the order of their arrival, which is so unless told otherwise; else several at once. */
  ordered,
  headers,
  /** `maxAttempts` is 1 unless told otherwise: none is sent twice. */
  retry,
  ratePerSecond,
};

export const resendCreateSchema = z.strictObject(fields);
export type ResendCreate = z.infer<typeof resendCreateSchema>;

/** What a resend would send. */
export type ResendPlan = {
  /** Requests that match or were named; without `isExact` at least so many. */
  requests: number;
  /** Of them those that can't be sent, since what is stored is not all that was sent. */
  incomplete: number;
  /** There were too many to count them all. */
  isExact: boolean;
  /** Their seqs; null when there are none. */
  range: { first: number; last: number } | null;
  /** Where the first of them would go; "listener" through the one of that name. */
  to: string;
  name: string | null;
  /** How fast it may go: as asked, or as FORWARD_RATE allows; null: as fast as the target answers. */
  ratePerSecond: number | null;
  /** How long it takes at that rate; null where there is none. */
  seconds: number | null;
};

type ResendState = "running" | "stopped" | "done";

/** A resend as the API and the page see it. Times are RFC 3339. */
export type Resend = Omit<DestinationSettings, "url" | "enabled" | "breaker"> & {
  id: string;
  /** A URL, or "listener" with its name. */
  to: string;
  name: string | null;
  createdAt: string;
  /** What was stored later is not sent. */
  range: { first: number; last: number };
  /** Chosen by their ids; null: all that match `q`. */
  marked: number | null;
  /** How many there were when it began; null: too many to count. */
  planned: number | null;
  /** Done: each has arrived or is dead. Stopped: what is under way is still told. */
  state: ResendState;
  stoppedAt: string | null;
  /** Waiting, under way or to be tried again; arrived; dead. */
  counts: { pending: number; delivered: number; dead: number };
  /** It pauses until then, since the target fails. */
  pausedUntil: string | null;
};

/** Why some did not arrive: what the last attempt of each came to, or why none was made. */
export type ResendFailure = {
  /** A status, the code of an error, or why it is dead. */
  reason: number | string;
  count: number;
  /** The first of them. */
  first: { requestId: string; seq: number; forwardId: string };
};

export type ResendReport = Resend & { failures: ResendFailure[] };

/** A line of the file of a resend. */
export type ResendLine = {
  seq: number;
  requestId: string;
  forwardId: string;
  state: "pending" | "delivered" | "failed" | "dead";
  deadReason: DeadReason | null;
  attempts: number;
  /** Of the last attempt. */
  startedAt: string | null;
  url: string | null;
  status: number | null;
  totalMs: number | null;
  error: string | null;
  /** Its request on the page. */
  link: string;
};
