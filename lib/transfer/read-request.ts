import { hash } from "node:crypto";
import { z } from "zod";
import type { Annotation } from "../contract/annotations.ts";
import { type Draft, INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import { headerValue } from "../contract/headers.ts";
import type { Answered } from "../contract/requests.ts";
import { threadKeyOf } from "../providers/thread-key.ts";

/** A request as a file tells it. What is not told is null, and said in `notes`. */
export type ReadRequest = {
  draft: Omit<Draft, "id" | "signature">;
  answered: Answered | null;
  storedMs: number | null;
  /** What people said of it. */
  annotation: Annotation;
  /** What is not kept as the file has it. */
  notes: string[];
};

export type ReadLimits = { bodyBytesMax: number; binId: string; nowUs: number };

/** What of it a file has. */
export const toAnnotation = ({
  note,
  labels,
  pinned,
}: {
  [Name in keyof Annotation]: Annotation[Name] | undefined;
}): Annotation => ({
  ...(note ? { note } : {}),
  ...(labels && labels.length > 0 ? { labels } : {}),
  ...(pinned ? { pinned } : {}),
});

/** Why one line or entry is not taken. */
export class Refusal extends Error {}

const HEAD_BYTES_MAX = 64 * 1024;
const TARGET_BYTES_MAX = 64 * 1024;

/** RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** RFC 9110 5.5: one character per byte, without what would end a line. A forward writes them as they are. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What the parser lets through in a request line: no white space, no control characters, one character per byte. */
const IN_REQUEST_LINE = /^[\x21-\x7e\x80-\xff]*$/;

export const method = z.string().max(32).regex(TOKEN, "is no method");
const name = z.string().min(1).regex(TOKEN, "is no header name");
const value = z.string().regex(FIELD_VALUE, "holds what no header may");
export const headers = z
  .array(z.tuple([name, value]))
  .refine(
    (pairs) =>
      pairs.reduce((sum, [one, two]) => sum + one.length + two.length, 0) <= HEAD_BYTES_MAX,
    "are more than 64 KiB",
  );
export const inRequestLine = z
  .string()
  .max(TARGET_BYTES_MAX)
  .regex(IN_REQUEST_LINE, "holds what no request line may");
/** Postgres keeps no NUL in a text. */
export const text = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    .regex(/^[^\0]*$/, "holds a NUL");
const milliseconds = z.number().min(0).max(1e9);
export const status = z.int().min(100).max(599);

export const answered = z
  .object({
    outcome: z.enum(["sent", "sender_gone", "failed"]),
    respondedMs: milliseconds.nullable(),
    delayCut: z.literal(true).optional(),
  })
  .nullable()
  .transform((told): Answered | null => {
    if (!told) return null;
    const { outcome, respondedMs, delayCut } = told;
    return { outcome, respondedMs, ...(delayCut ? { delayCut } : {}) };
  });
export const timing = z.object({
  // Files that were written before it was measured have none.
  headMs: milliseconds.nullable().default(null),
  bodyMs: milliseconds,
  storedMs: milliseconds.nullable(),
});

/** @throws Refusal with the place of the first mistake */
export function parse<Shape>(schema: z.ZodType<Shape>, given: unknown): Shape {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = (issue?.path ?? []).map(String).join(".");
  throw new Refusal(`${place || "It"}: ${issue?.message}.`);
}

/** @throws Refusal */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal(error instanceof SyntaxError ? "It is no JSON." : "It is no UTF-8.");
  }
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** @throws Refusal */
export function fromBase64(encoded: string): Buffer {
  if (encoded.length % 4 !== 0 || !BASE64.test(encoded))
    throw new Refusal("The body is no base64.");
  return Buffer.from(encoded, "base64");
}

/** RFC 3339 ends before it. */
const YEAR_10000_MS = Date.UTC(10_000, 0);

/** Microseconds since 1970 of an RFC 3339 time. @throws Refusal */
export function microseconds(moment: string): number {
  const ms = Date.parse(moment);
  if (!Number.isFinite(ms) || ms < 0 || ms >= YEAR_10000_MS)
    throw new Refusal(`${moment.slice(0, 40)} is no time.`);
  const fraction = /\.(\d+)/.exec(moment)?.[1] ?? "";
  return Math.floor(ms / 1000) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

type Told = Omit<
  ReadRequest["draft"],
  "body" | "largeBody" | "bodySize" | "bodySha256" | "contentType" | "threadKey" | "refused"
> & { body: Buffer };

/** The rest of a request follows from what it is told to be. @throws Refusal for a body that is too large */
export function toDraft(told: Told, { bodyBytesMax }: ReadLimits): ReadRequest["draft"] {
  const { body, provider } = told;
  if (body.length > bodyBytesMax) {
    throw new Refusal(
      `The body has ${body.length.toLocaleString("en")} bytes; this server keeps ${bodyBytesMax.toLocaleString("en")} at most.`,
    );
  }
  const bodySha256 = hash("sha256", body, "buffer");
  const bodySize = body.length;
  const isLarge = bodySize > INLINE_BODY_BYTES_MAX;
  return {
    ...told,
    contentType: headerValue(told.headers, "content-type") ?? null,
    body: isLarge || bodySize === 0 ? null : body,
    largeBody: isLarge ? [body] : null,
    bodySize,
    bodySha256,
    refused: told.imported?.answerFrom === "enforce",
    threadKey: threadKeyOf({
      provider,
      isHandshake: told.handshake !== null,
      method: told.method,
      target: told.target,
      bodySize,
      bodySha256,
      isBodyWhole: !told.bodyTruncated && !told.bodyIncomplete,
    }),
  };
}
