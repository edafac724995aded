import { z } from "zod";
import { issueWords } from "../contract/issue-words.ts";
import { resendFormats } from "../contract/resend-limits.ts";
import { shapeFormats } from "../contract/shape-formats.ts";
import { exportFormats, importFormats } from "../contract/transfer.ts";
import { HooklensError } from "../errors.ts";
import { invalidQuery } from "./invalid-fields.ts";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;
const QUERY_CHARACTERS_MAX = 1000;

const limit = z
  .string()
  .regex(/^\d{1,3}$/, `A whole number from 1 to ${LIMIT_MAX}`)
  .transform(Number)
  .refine((value) => value >= 1 && value <= LIMIT_MAX, `A whole number from 1 to ${LIMIT_MAX}`)
  .default(LIMIT_DEFAULT);

const NO_CURSOR = "Not a cursor: take `next` of the page before";

const q = z
  .string()
  .max(QUERY_CHARACTERS_MAX, `At most ${QUERY_CHARACTERS_MAX} characters`)
  .optional();

export const noQuery = z.strictObject({});
/** Cursors are opaque outside; inside they are the last item's id, or its seq. */
export const pageQuery = z.strictObject({ limit, cursor: z.uuid(NO_CURSOR).optional() });
export const destinationForwardsQuery = z.strictObject({
  limit,
  cursor: z.uuid(NO_CURSOR).optional(),
  state: z.enum(["pending", "delivered", "failed", "dead"]).default("dead"),
});
export const resendFileQuery = z.strictObject({
  format: z.enum(resendFormats, `One of ${resendFormats.join(", ")}`),
});
export const binsQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .regex(/^[a-z0-9]{20}$/, NO_CURSOR)
    .optional(),
});
export const requestsQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, NO_CURSOR)
    .transform(Number)
    .optional(),
  q,
});
export const exportQuery = z.strictObject({
  format: z.enum(exportFormats, `One of ${exportFormats.join(", ")}`),
  q,
});
export const exportSizeQuery = z.strictObject({ q });
export const importQuery = z.strictObject({
  format: z.enum(importFormats, `One of ${importFormats.join(", ")}`).optional(),
});
/** `through`: the last seq to clear. `pinned`: those as well. */
export const clearQuery = z.strictObject({
  through: z
    .string()
    .regex(/^\d{1,15}$/, "A whole number")
    .transform(Number)
    .optional(),
  pinned: z
    .enum(["true", "false"], "true or false")
    .transform((value) => value === "true")
    .optional(),
});

const word = z.string().min(1).max(200).optional();
/** The samples of a shape: a provider's event, or what matches a query. */
export const shapeQuery = z
  .strictObject({ provider: word, event: word, q, format: z.enum(shapeFormats).default("json") })
  .refine(({ provider, q: query }) => (provider === undefined) !== (query === undefined), {
    path: ["provider"],
    error: "Either a provider, with its event, or a query q",
  });
const seq = z
  .string()
  .regex(/^\d{1,15}$/, "A whole number")
  .transform(Number);
/** Seqs, both included. */
export const marksQuery = z
  .strictObject({ from: seq, to: seq })
  .refine(({ from, to }) => to >= from && to - from < LIMIT_MAX, {
    path: ["to"],
    error: `From ?from on, at most ${LIMIT_MAX} requests`,
  });

export const bodyQuery = z.strictObject({
  decoded: z.enum(["true", "false"], "true or false").optional(),
});

/** @throws invalid_query for an unknown parameter, one given twice, or one that does not fit. */
export function readQuery<Query>(request: Request, schema: z.ZodType<Query>): Query {
  const given = new URL(request.url).searchParams;
  for (const name of new Set(given.keys())) {
    if (given.getAll(name).length > 1) {
      throw new HooklensError("invalid_query", `?${name} is given more than once.`);
    }
  }
  const parsed = schema.safeParse(Object.fromEntries(given), { error: issueWords });
  if (!parsed.success) throw invalidQuery(parsed.error.issues);
  return parsed.data;
}
