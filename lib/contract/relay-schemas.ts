import { z } from "zod";
import { ATTEMPT_BODY_BYTES_MAX } from "./attempt-limits.ts";
import { attemptErrorCodes, changeSchema, timingSchema } from "./forwards.ts";
import { headerPairSchema } from "./header-schema.ts";

/** One line without control characters: it is shown in terminals and on pages. */
const oneLine = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "No control characters");

const listenerNameSchema = oneLine(100);

/** What /relay takes at the handshake. */
export const relayAuthSchema = z.strictObject({
  bin: z.string(),
  key: z.string(),
  /** Absent: "listener". */
  name: listenerNameSchema.optional(),
  /** Where to begin, when the listener was here before; absent: "cursor". */
  start: z.enum(["cursor", "now", "latest"]).optional(),
  /** Requests that were missed and are older than this are passed over. */
  maxAgeSeconds: z.int().min(1).optional(),
  /** Where its requests go, in its own words; shown on the page. */
  targets: z.array(oneLine(2_048)).max(20).optional(),
  /** Of the client. */
  version: oneLine(50).optional(),
  /** The same over all connections of one process: a process that comes back takes nothing over. */
  instance: z.uuid().optional(),
});
export type RelayAuth = z.infer<typeof relayAuthSchema>;

/** Its socket carries bytes as they are. */
const bytes = z.instanceof(Uint8Array);
/** Postgres text can't hold NUL. */
const stored = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, "No NUL");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One try on the listener's machine: what was sent, what came back, or why it failed. */
const tried = z.strictObject({
  kind: z.literal("tried"),
  /** Where it went, with the path; a command for --exec. */
  url: stored(16_384).nullable(),
  startedAt: z.iso.datetime(),
  status: z.int().min(100).max(999).nullable(),
  headers: z.array(headerPairSchema).max(1_000),
  /** Bytes of the answer's body; `body` holds the first 256 KiB. */
  bodySize: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  body: bytes.refine((body) => body.byteLength <= ATTEMPT_BODY_BYTES_MAX, "At most 256 KiB"),
  bodySha256Sent: sha256,
  changes: z.array(changeSchema).max(2_000),
  timing: timingSchema,
  error: z.strictObject({ code: z.enum(attemptErrorCodes), message: stored(4_096) }).nullable(),
});

/** Nothing was tried: no target of the listener takes this request. */
const unwanted = z.strictObject({ kind: z.literal("unwanted") });

export const outcomeSchema = z.discriminatedUnion("kind", [tried, unwanted]);
export type Outcome = z.infer<typeof outcomeSchema>;
export type Tried = z.infer<typeof tried>;

export const workingSchema = z.strictObject({ forwardId: z.uuid() });
