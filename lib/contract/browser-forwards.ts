import { z } from "zod";
import { ATTEMPT_BODY_BYTES_MAX } from "./attempt-limits.ts";
import { type Forward, forwardCreateSchema } from "./forwards.ts";
import type { HeaderPair } from "./headers.ts";
import type { BrowserMode } from "./browser-limits.ts";

/** A forward that a page will send itself. */
export const browserForwardCreateSchema = forwardCreateSchema
  .omit({ name: true })
  .extend({ mode: z.enum(["cors", "no-cors"]) });
export type BrowserForwardCreate = z.infer<typeof browserForwardCreateSchema>;

/** What the page gives to `fetch`. Its body is the captured or edited one, unless `bodyBase64` is another. */
export type BrowserForwardBegun = {
  forward: Forward;
  request: {
    method: string;
    url: string;
    headers: HeaderPair[];
    mode: BrowserMode;
    cache: "default" | "no-store";
    bodyBase64: string | null;
  };
};

/** Postgres text can't hold NUL. */
const stored = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, "No NUL");
const ms = z.number().min(0).max(86_400_000);

const answer = z.strictObject({
  kind: z.literal("answer"),
  status: z.int().min(200).max(599),
  /** Those that the target lets a page see. */
  headers: z.array(z.tuple([stored(1_000), stored(65_536)])).max(1_000),
  /** Bytes of the body, its content codings undone; bodyBase64 holds the first 256 KiB. */
  bodySize: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  bodyBase64: z.base64().max(Math.ceil(ATTEMPT_BODY_BYTES_MAX / 3) * 4),
  /** The body broke off. */
  cut: z.boolean(),
});

/** An answer came that a page is not shown: without CORS, or a redirect. */
const unseen = z.strictObject({ kind: z.literal("unseen"), redirected: z.boolean() });

const failed = z.strictObject({
  kind: z.literal("failed"),
  reason: z.enum(["not_permitted", "cors", "blocked", "undecided", "timeout", "not_sent", "left"]),
});

/** What became of it, as far as a browser tells its page. Hostile input: any holder of a key can write it. */
export const browserReportSchema = z.strictObject({
  /** Of what was given to `fetch`; null: nothing was. */
  bodySha256Sent: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  result: z.discriminatedUnion("kind", [answer, unseen, failed]),
  /** From Resource Timing, where the target allows it; the whole time is always known. */
  timing: z.strictObject({
    dnsMs: ms.nullable(),
    connectMs: ms.nullable(),
    tlsMs: ms.nullable(),
    firstByteMs: ms.nullable(),
    totalMs: ms,
  }),
});
export type BrowserReport = z.infer<typeof browserReportSchema>;
