import { z } from "zod";
import { answerInputSchema, answerPatchSchema, answerSchema } from "./answer.ts";
import { LISTENER_WAIT_MS_MAX } from "./relay.ts";

/** At least 80 random bits in lower-case letters and digits: it will also be a DNS label. */
export const BIN_ID = /^[a-z0-9]{20}$/;
export const EXPIRY_SECONDS_MAX = 10 * 365 * 24 * 3600;

/** Postgres text can't hold NUL, and a one-line label needs none of the other control characters. */
const oneLine = z
  .string()
  .regex(/^[^\p{Cc}]*$/u, "No control characters")
  .trim();

const name = oneLine
  .min(1, "A name has at least one character")
  .max(100, "A name has at most 100 characters")
  .nullable();
const expiresInSeconds = z
  .int("Whole seconds")
  .min(1, "At least one second")
  .max(EXPIRY_SECONDS_MAX, "At most ten years")
  .nullable();

/** How long a sender waits for a listener's own answer before it gets the bin's; 0: not at all. */
const listenerWaitMs = z
  .int("Whole milliseconds")
  .min(0, "At least 0: not at all")
  .max(LISTENER_WAIT_MS_MAX, "At most 25,000 ms");

/** Whether the checks by which providers prove a URL are answered by themselves. */
const handshakes = z.boolean();

/** Whether senders get 401 for what is not verified; it is captured all the same. */
const enforce = z.boolean();

/** Whether subscriptions of AWS SNS topics are confirmed, by asking the URL that their message names. */
const confirmSns = z.boolean();

export const binCreateSchema = z
  .strictObject({
    name,
    response: answerInputSchema,
    expiresInSeconds,
    listenerWaitMs,
    handshakes,
    enforce,
    confirmSns,
  })
  .partial();
export type BinCreate = z.infer<typeof binCreateSchema>;

/** A merge patch (RFC 7396): null removes a name or an expiry, and sets the answer back to the default. */
export const binPatchSchema = z
  .strictObject({
    name,
    response: answerPatchSchema.nullable(),
    expiresInSeconds,
    listenerWaitMs: listenerWaitMs.nullable(),
    handshakes: handshakes.nullable(),
    enforce: enforce.nullable(),
    confirmSns: confirmSns.nullable(),
  })
  .partial();
export type BinPatch = z.infer<typeof binPatchSchema>;

const binSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** The capture URL. */
  url: z.string(),
  dashboardUrl: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  requestCount: z.int(),
  /** seq of the oldest request kept; null when there is none. */
  oldestSeq: z.int().nullable(),
  /** Of these, what is pinned: a clear leaves it. */
  pinnedCount: z.int(),
  /** The last seq given; 0 before the first request. */
  lastSeq: z.int(),
  revision: z.int(),
  response: answerSchema,
  listenerWaitMs: z.int(),
  handshakes,
  enforce,
  confirmSns,
});
export type Bin = z.infer<typeof binSchema>;

const binMintedSchema = binSchema.extend({ key: z.string() });
export type BinMinted = z.infer<typeof binMintedSchema>;

export const keyCreateSchema = z
  .strictObject({ label: oneLine.max(100, "A label has at most 100 characters") })
  .partial();
const keySchema = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Key = z.infer<typeof keySchema>;
export type KeyMinted = Key & { key: string };

export type Page<Item> = { items: Item[]; next: string | null };

export type Health = { status: "ok" | "unavailable"; version: string; database: "up" | "down" };
