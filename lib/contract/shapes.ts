import { z } from "zod";
import type { Settled } from "../shapes/settle.ts";
import type { ShapeBreak } from "../shapes/breaks.ts";

/** The samples of a shape: a provider's event (null: those without one), or what matches a query. */
export type ShapeSource =
  | { provider: string; event: string | null; q?: undefined }
  | { q: string; provider?: undefined };

/** What has a shape in a bin, the newest first. */
export type ShapeEvent = {
  source: ShapeSource;
  /** In words for a person. */
  title: string;
  requests: number;
  lastSeq: number;
};

/** Requests that are no samples, by why. */
export type ShapeSkipped = { notJson: number; tooLarge: number; cut: number; undecodable: number };

export type BrokenRequest = { id: string; seq: number; breaks: ShapeBreak[] };

export type ShapeView = {
  source: ShapeSource;
  title: string;
  /** What a type would be called. */
  name: string;
  shape: Settled;
  /** Older requests that were left out, since only so many are looked at. */
  leftOut: number;
  /** Requests that were not looked at yet: ask again. */
  pending: number;
  skipped: ShapeSkipped;
  /** Deeper levels were given up: the shape had too many places. */
  levels: number | null;
  /** The newest first; a hundred at most. */
  broken: BrokenRequest[];
};

/** One mistake against a person's own document. `at`: a JSON pointer (RFC 6901) to the value. */
export type CheckError = { at: string; message: string; keyword: string };

export type DocumentCheck = {
  document: { id: string; name: string };
} & (
  | { status: "valid" }
  | { status: "invalid"; errors: CheckError[]; isCut: boolean }
  /** `detail` says why, in words. */
  | { status: "unchecked"; detail: string }
);

/** One request against those before it, and against the documents that are meant for it. */
export type RequestShape = {
  source: ShapeSource | null;
  title: string;
  breaks: ShapeBreak[];
  checks: DocumentCheck[];
  /** Not all was looked at yet: ask again. */
  isPending: boolean;
};

/** What the list shows of a request that is not as the others are, or not as a document wants it. */
export type ShapeMark = { seq: number; breaks: number; errors: number };
export type ShapeMarks = { items: ShapeMark[]; isPending: boolean };

const DOCUMENT_CHARACTERS_MAX = 500_000;
const name = z
  .string()
  .regex(/^[^\p{Cc}]*$/u, "No control characters")
  .trim()
  .min(1, "Give it a name")
  .max(100, "A name has at most 100 characters");
const text = z
  .string()
  .min(1, "Paste a JSON Schema or an OpenAPI document")
  .max(DOCUMENT_CHARACTERS_MAX, `At most ${DOCUMENT_CHARACTERS_MAX} characters`)
  // Postgres holds none in a text.
  .regex(/^[^\0]*$/, "No NUL characters");
const word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/, "No NUL characters")
  .nullable()
  .optional();

/** `provider` with `event`, or `q`, say which requests it is for; none of them: all. */
export const documentCreateSchema = z
  .strictObject({
    name,
    text,
    provider: word,
    event: word,
    q: z.string().min(1).max(1000).nullable().optional(),
    /** A JSON pointer to the schema within it, such as `/components/schemas/Order`. */
    entry: z.string().max(1000).nullable().optional(),
  })
  .refine(({ provider, q }) => !(provider && q), {
    path: ["q"],
    error: "Either a provider or a query",
  })
  .refine(({ provider, event }) => !event || provider, {
    path: ["event"],
    error: "An event is a provider's: give that too",
  });
export type DocumentCreate = z.infer<typeof documentCreateSchema>;

/** A choice that an OpenAPI document leaves open. */
export type DocumentEntry = { pointer: string; title: string };

export type ShapeDocument = {
  id: string;
  name: string;
  provider: string | null;
  event: string | null;
  q: string | null;
  entry: string | null;
};

/** A document as it was given. */
export type WholeDocument = ShapeDocument & {
  text: string;
  createdAt: string;
  /** In words, such as `OpenAPI 3.1` or `JSON Schema 2020-12`; null when it can't be used any more. */
  dialect: string | null;
  entries: DocumentEntry[];
};
