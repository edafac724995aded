import { z } from "zod";
import { type HeaderPair, headerPairSchema } from "./headers.ts";

export const ANSWER_HEADERS_MAX = 64;
export const ANSWER_HEADER_BYTES_MAX = 16 * 1024;
export const ANSWER_BODY_BYTES_MAX = 256 * 1024;
export const ANSWER_DELAY_MS_MAX = 30_000;

/** RFC 9110 5.6.2: token. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const ours = new Set([
  "content-length",
  "transfer-encoding",
  "trailer",
  "connection",
  "keep-alive",
  "proxy-connection",
  "upgrade",
]);

/** Accepted in an answer but never sent on the dashboard's host: they would reach beyond the capture URL. */
const stripped = new Set([
  "set-cookie",
  "set-cookie2",
  "clear-site-data",
  "service-worker-allowed",
  "strict-transport-security",
  "public-key-pins",
  "alt-svc",
  "nel",
  "report-to",
  "reporting-endpoints",
  "origin-agent-cluster",
  "set-login",
  "refresh",
  "speculation-rules",
  "use-as-dictionary",
  "accept-ch",
  "critical-ch",
]);

export function isStrippedHeader(name: string): boolean {
  return stripped.has(name.toLowerCase());
}

/** Names of the headers in an answer that are kept but not sent, in order, once each. */
export function strippedHeaders(headers: readonly HeaderPair[]): string[] {
  return [...new Set(headers.map(([name]) => name).filter(isStrippedHeader))];
}

const nameSchema = z
  .string()
  .regex(token, "A header name is a token (RFC 9110): letters, digits and !#$%&'*+-.^_`|~")
  .refine(
    (name) => !ours.has(name.toLowerCase()),
    "This header frames the message and is set by the server",
  )
  .refine(
    (name) => !/^hooklens-/i.test(name),
    "Names that start with Hooklens- are the server's own",
  );

const valueSchema = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters that a header value can't carry
  .regex(/^[^\r\n\0]*$/, "A header value can't hold CR, LF or NUL")
  .regex(/^[\0-\u00ff]*$/, "A header value holds bytes: no character above U+00FF");

const headersSchema = z
  .array(z.tuple([nameSchema, valueSchema]))
  .max(ANSWER_HEADERS_MAX, `At most ${ANSWER_HEADERS_MAX} headers`)
  .refine(
    (headers) =>
      headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) <=
      ANSWER_HEADER_BYTES_MAX,
    "At most 16 KiB of headers",
  );

const fields = {
  status: z
    .int("A status is a whole number")
    .min(200, "A status is 200 to 599")
    .max(599, "A status is 200 to 599"),
  headers: headersSchema,
  body: z.string(),
  bodyBase64: z.base64("Not valid base64"),
  delayMs: z
    .int("A delay is a whole number of milliseconds")
    .min(0, "A delay is 0 to 30,000 ms")
    .max(ANSWER_DELAY_MS_MAX, "A delay is 0 to 30,000 ms"),
};

/** The answer as a client writes it; `body` and `bodyBase64` exclude each other. */
export const answerInputSchema = z.strictObject(fields).partial();
export type AnswerInput = z.infer<typeof answerInputSchema>;

/** The same in a merge patch: null sets that part back to the default. */
export const answerPatchSchema = z
  .strictObject({
    status: fields.status.nullable(),
    headers: fields.headers.nullable(),
    body: fields.body.nullable(),
    bodyBase64: fields.bodyBase64.nullable(),
    delayMs: fields.delayMs.nullable(),
  })
  .partial();
export type AnswerPatch = z.infer<typeof answerPatchSchema>;

/** The answer as the API shows it: `body` when the bytes are UTF-8, else `bodyBase64`. */
export const answerSchema = z.object({
  status: fields.status,
  headers: z.array(headerPairSchema),
  body: z.string().optional(),
  bodyBase64: z.string().optional(),
  delayMs: fields.delayMs,
  strippedHeaders: z.array(z.string()),
});
export type Answer = z.infer<typeof answerSchema>;

/** The answer as capture uses it. */
export type StoredAnswer = { status: number; headers: HeaderPair[]; body: Buffer; delayMs: number };

/**
 * Answers are untrusted content on our own host: whatever a person sets, a browser must run none of it in our origin.
 * A person's own Content-Security-Policy goes out as a second header; browsers enforce both.
 */
export const fixedHeaders: HeaderPair[] = [
  ["Content-Security-Policy", "sandbox"],
  ["X-Content-Type-Options", "nosniff"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Referrer-Policy", "no-referrer"],
];

export const REQUEST_ID_HEADER = "Hooklens-Request-Id";

/** The headers of an answer without its framing, in the order sent: ours first, then the owner's that may be sent. */
export function sentHeaders(owners: readonly HeaderPair[], requestId: string): HeaderPair[] {
  return [[REQUEST_ID_HEADER, requestId], ...fixedHeaders, ...owners];
}
