import { z } from "zod";
import { headerNameFault, headerValueFault } from "./answer-headers.ts";
import { headerPairSchema } from "./header-schema.ts";
import type { HeaderPair } from "./headers.ts";

const ANSWER_HEADERS_MAX = 64;
const ANSWER_HEADER_BYTES_MAX = 16 * 1024;
export const ANSWER_BODY_BYTES_MAX = 256 * 1024;
const ANSWER_DELAY_MS_MAX = 30_000;

const without = (faultOf: (text: string) => string | null) =>
  z.string().superRefine((text, context) => {
    const message = faultOf(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  });

const headersSchema = z
  .array(z.tuple([without(headerNameFault), without(headerValueFault)]))
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
