import { z } from "zod";
import { EXPIRY_SECONDS_MAX } from "./bins.ts";
import type { HiddenWhy } from "./hidden.ts";

const NAMES_MAX = 50;

/** What a share hides. Header names count in any letter case; paths as `data.items[*].email`. */
export const redactionSchema = z.strictObject({
  headers: z
    .array(z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/, "A header's name"))
    .max(NAMES_MAX, `At most ${NAMES_MAX} headers`)
    .default([]),
  paths: z
    .array(
      z
        .string()
        .max(500, "At most 500 characters")
        .regex(
          /^(?:\$)?(?:\.?[^.[\]\0]+|\[(?:"(?:[^"\\\0]|\\.)*"|'[^'\0]*'|\d+|\*)\])+$/,
          "A path such as data.customer.email or items[*].name",
        ),
    )
    .max(NAMES_MAX, `At most ${NAMES_MAX} paths`)
    .default([]),
  cards: z.boolean().default(false),
  tokens: z.boolean().default(false),
  emails: z.boolean().default(false),
  /** Whether the capture URL is shown: who knows it can send to the bin. */
  captureUrl: z.boolean().default(false),
});
export type Redaction = z.infer<typeof redactionSchema>;

/** One request, or with `q` those that match it, or with neither the whole bin. */
export const shareCreateSchema = z
  .strictObject({
    label: z
      .string()
      .regex(/^[^\p{Cc}]*$/u, "No control characters")
      .trim()
      .max(100, "A label has at most 100 characters"),
    requestId: z.uuid("A request's id").nullable(),
    q: z.string().max(1000, "At most 1,000 characters").nullable(),
    expiresInSeconds: z
      .int("Whole seconds")
      .min(1, "At least one second")
      .max(EXPIRY_SECONDS_MAX, "At most ten years")
      .nullable(),
    hide: redactionSchema,
  })
  .partial()
  .refine(({ requestId, q }) => !requestId || !q, {
    path: ["q"],
    error: "Either one request or a filter",
  });
export type ShareCreate = z.input<typeof shareCreateSchema>;
export type ShareWanted = z.infer<typeof shareCreateSchema>;

/** A share as its owner sees it. */
export type Share = {
  id: string;
  label: string;
  /** The page that it opens, without the token. */
  url: string;
  requestId: string | null;
  q: string | null;
  hide: Redaction;
  createdAt: string;
  /** Null: it ends with the bin, or when it is revoked. */
  expiresAt: string | null;
  opens: number;
  lastOpenedAt: string | null;
};

/** `token` and the link that holds it are in this answer only. */
export type ShareMinted = Share & { token: string; link: string };

/** What others are told of a share, in the place of its bin. Its filter is not told: it may name what is hidden. */
export type SharedView = {
  id: string;
  of: "bin" | "filter" | "request";
  name: string | null;
  label: string;
  /** The capture URL; null where it is hidden. */
  url: string | null;
  requestId: string | null;
  createdAt: string;
  expiresAt: string | null;
  hide: Redaction;
  lastSeq: number;
  revision: number;
};

/** What rules would hide in the newest requests. */
export const sharePreviewSchema = z.strictObject({
  requestId: z.uuid("A request's id").nullable().optional(),
  hide: redactionSchema,
});
export type SharePreviewWanted = z.input<typeof sharePreviewSchema>;
export type SharePreview = {
  /** How many requests were looked at. */
  requests: number;
  /** Places hidden, by reason. */
  hidden: Partial<Record<HiddenWhy, number>>;
  /** Names of headers that they carry, the most frequent first. */
  headers: string[];
  /** Paths to values in the newest JSON body, with the value's beginning. */
  paths: { path: string; value: string }[];
};
