import { z } from "zod";
import { DESTINATION_DEFAULTS, DESTINATION_HEADERS_MAX } from "./destination-limits.ts";

const DAY_SECONDS = 24 * 60 * 60;

const seconds = (min: number, max: number) =>
  z
    .number("A number of seconds")
    .min(min, `At least ${min} s`)
    .max(max, `At most ${max.toLocaleString("en")} s`);

/** A status, or a class of them such as "2xx". */
const successSchema = z.union(
  [z.enum(["2xx", "3xx", "4xx", "5xx"]), z.int().min(200, "At least 200").max(599, "At most 599")],
  "A status from 200 to 599, or a class: 2xx, 3xx, 4xx or 5xx",
);

const retryFields = {
  /** The first one counts. 1: none again. */
  maxAttempts: z.int("A whole number").min(1, "At least 1").max(100, "At most 100"),
  /** From when it was taken up to the beginning of its last attempt. */
  maxAgeSeconds: seconds(1, 30 * DAY_SECONDS),
  /** What counts as delivered. */
  success: z
    .array(successSchema)
    .min(1, "At least one status or class")
    .max(20, "At most 20 statuses and classes"),
  /** Each pause is twice as long as the one before, up to the longest, less a random part of a quarter. */
  firstDelaySeconds: seconds(0.05, DAY_SECONDS),
  maxDelaySeconds: seconds(0.05, DAY_SECONDS),
};

const breakerFields = {
  /** It opens after so many in a row that blame the target; 0: never. */
  failures: z.int("A whole number").min(0, "At least 0: never").max(1000, "At most 1,000"),
  /** While it is open, one attempt is let through so often. */
  probeSeconds: seconds(0.05, DAY_SECONDS),
};

const url = z
  .string()
  .min(1, "Where to? An http:// or https:// URL")
  .max(16_384, "A URL has at most 16,384 characters");
const q = z
  .string()
  .max(1000, "At most 1,000 characters")
  // Postgres text can't hold it.
  .regex(/^[^\0]*$/, "No NUL characters")
  .trim();
const headersMax = `At most ${DESTINATION_HEADERS_MAX} headers`;
const headerFields = {
  /** Put behind all others, after `remove` is done. A value is never given out: it is null, and null keeps it. */
  add: z
    .array(z.tuple([z.string(), z.string().nullable()]))
    .max(DESTINATION_HEADERS_MAX, headersMax),
  /** Names, in any letter case. */
  remove: z.array(z.string()).max(DESTINATION_HEADERS_MAX, headersMax),
};
const ratePerSecond = z
  .number("A number, such as 10 or 0.5")
  .min(0.001, "At least 0.001: one in 1,000 seconds")
  .max(10_000, "At most 10,000");
/** The first request that it is given, by its seq; "now": the next that comes. */
const from = z.union(
  [z.literal("now"), z.int().min(1, "At least 1")],
  'The seq of a request, such as 1, or "now"',
);

export const destinationCreateSchema = z.strictObject({
  url,
  q: q.optional(),
  enabled: z.boolean().optional(),
  append: z.boolean().optional(),
  resign: z.boolean().optional(),
  ordered: z.boolean().optional(),
  headers: z.strictObject(headerFields).partial().optional(),
  retry: z.strictObject(retryFields).partial().optional(),
  breaker: z.strictObject(breakerFields).partial().optional(),
  ratePerSecond: ratePerSecond.nullable().optional(),
  from: from.optional(),
});
export type DestinationCreate = z.infer<typeof destinationCreateSchema>;

/** A merge patch (RFC 7396): null sets a field, or a whole object, back to its default. */
export const destinationPatchSchema = z
  .strictObject({
    url,
    q: q.nullable(),
    enabled: z.boolean().nullable(),
    append: z.boolean().nullable(),
    resign: z.boolean().nullable(),
    ordered: z.boolean().nullable(),
    headers: z
      .strictObject({ add: headerFields.add.nullable(), remove: headerFields.remove.nullable() })
      .partial()
      .nullable(),
    retry: z
      .strictObject({
        maxAttempts: retryFields.maxAttempts.nullable(),
        maxAgeSeconds: retryFields.maxAgeSeconds.nullable(),
        success: retryFields.success.nullable(),
        firstDelaySeconds: retryFields.firstDelaySeconds.nullable(),
        maxDelaySeconds: retryFields.maxDelaySeconds.nullable(),
      })
      .partial()
      .nullable(),
    breaker: z
      .strictObject({
        failures: breakerFields.failures.nullable(),
        probeSeconds: breakerFields.probeSeconds.nullable(),
      })
      .partial()
      .nullable(),
    ratePerSecond: ratePerSecond.nullable(),
    from,
  })
  .partial();
export type DestinationPatch = z.infer<typeof destinationPatchSchema>;

type Retry = { [Name in keyof typeof retryFields]: z.infer<(typeof retryFields)[Name]> };
export type BreakerSettings = { [Name in keyof typeof breakerFields]: number };
export type DestinationHeaders = z.infer<z.ZodObject<typeof headerFields>>;

export type DestinationSettings = {
  url: string;
  q: string;
  enabled: boolean;
  append: boolean;
  resign: boolean;
  ordered: boolean;
  headers: DestinationHeaders;
  retry: Retry;
  breaker: BreakerSettings;
  ratePerSecond: number | null;
};

/** What a new destination has where nothing is said. */
export const NEW_DESTINATION: Omit<DestinationSettings, "url"> = {
  q: "",
  enabled: true,
  append: true,
  resign: false,
  ordered: false,
  headers: { add: [], remove: [] },
  retry: { ...DESTINATION_DEFAULTS.retry, success: [...DESTINATION_DEFAULTS.retry.success] },
  breaker: DESTINATION_DEFAULTS.breaker,
  ratePerSecond: null,
};

/** A destination as the API and the page see it. Times are RFC 3339. */
export type Destination = DestinationSettings & {
  id: string;
  createdAt: string;
  /** Everything up to this seq has its forward here, or did not match. */
  cursor: number;
  /** Requests above it. */
  behind: number;
  /** Requests that were removed, by a cap, retention or a person, before they could be given to it. */
  missed: number;
  /** Forwards that were not tried yet; that failed and will be tried again; that are dead. */
  counts: { pending: number; failed: number; dead: number };
  /** Open: nothing is tried before `probeAt`, and nothing is lost. Half-open: one attempt may be made now. */
  circuit: {
    state: "closed" | "open" | "half-open";
    /** Failures in a row that blame the target. */
    failures: number;
    openedAt: string | null;
    probeAt: string | null;
  };
  /** In strict order: the forward that all others wait behind, since it has failed and will be tried again. */
  blockedBy: {
    forwardId: string;
    requestId: string;
    seq: number;
    tries: number;
    dueAt: string;
  } | null;
};

/** Which of a destination's forwards are sent again from the first attempt on. */
export const replaySchema = z.strictObject({
  /** One by one, by their ids; absent: all of that state. */
  ids: z.array(z.uuid("Not the id of a forward")).min(1).max(200, "At most 200 at once").optional(),
  /** "failed": those that wait for their next attempt are tried now. */
  state: z.enum(["dead", "failed", "delivered"], "One of dead, failed, delivered").optional(),
  /** Only those of requests that match. */
  q: q.optional(),
});
export type Replay = z.infer<typeof replaySchema>;
export type Replayed = { replayed: number };
