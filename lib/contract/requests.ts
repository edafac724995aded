import { z } from "zod";
import { annotationPatchSchema } from "./annotations.ts";
import type { Page } from "./bins.ts";
import { headerPairSchema } from "./header-schema.ts";
import type { HiddenMark } from "./hidden.ts";
import { importFormats } from "./transfer.ts";

const providerSchema = z.object({
  id: z.string(),
  name: z.string(),
  event: z.string().nullable(),
  deliveryId: z.string().nullable(),
  attempt: z.int().nullable(),
  /** The event itself: the same over retries and over all the URLs that it is sent to. */
  eventId: z.string().nullable(),
  /** Whose event it is, in the provider's name for it. */
  account: z.string().nullable(),
  mode: z.enum(["live", "test"]).nullable(),
  /** RFC 3339 with microseconds: when it happened, by the provider's word. */
  occurredAt: z.string().nullable(),
});
export type RecognisedProvider = z.infer<typeof providerSchema>;

const signatureSchema = z.object({
  status: z.enum(["verified", "failed", "unchecked"]),
  scheme: z.string().nullable(),
  reason: z.string().nullable(),
  timestampAgeSeconds: z.number().nullable(),
});

export type Signature = z.infer<typeof signatureSchema>;

/** There is no secret to check it with, or nothing that could be checked. */
export const UNCHECKED: Signature = {
  status: "unchecked",
  scheme: null,
  reason: null,
  timestampAgeSeconds: null,
};

const answeredSchema = z.object({
  outcome: z.enum(["sent", "sender_gone", "failed"]),
  /** Milliseconds from the parsed head until the answer was handed over; null when nothing was. */
  respondedMs: z.number().nullable(),
  /** Present when the answer's delay was cut short because too many were waiting. */
  delayCut: z.literal(true).optional(),
});
export type Answered = z.infer<typeof answeredSchema>;

/** What a bin answered; decided and stored with the request. */
const responseSchema = z.object({
  status: z.int(),
  headers: z.array(headerPairSchema),
  bodySize: z.int(),
  /**
   * Present when another answer than the bin's went out: a listener's own, or the 401 of a bin that takes only what is
   * verified.
   */
  from: z.enum(["listener", "enforce"]).optional(),
});
export type RequestResponse = z.infer<typeof responseSchema>;

/**
 * Where a request stands among those of the same event. `by`: the provider's own id, or, where it gives none, the very
 * same method, target and body. `place` counts from 1 in the order of arrival and stays when an earlier one is removed;
 * `count` is the place of the last one that has come.
 */
const threadSchema = z.object({
  id: z.string(),
  by: z.enum(["event", "body"]),
  place: z.int(),
  count: z.int(),
});
export type Thread = z.infer<typeof threadSchema>;

const importedSchema = z.object({
  at: z.string(),
  format: z.enum(importFormats),
  id: z.string().nullable(),
  seq: z.int().nullable(),
  binId: z.string().nullable(),
});

export const requestSummarySchema = z.object({
  id: z.string(),
  seq: z.int(),
  /** RFC 3339 with microseconds: when the head was parsed. */
  receivedAt: z.string(),
  method: z.string(),
  /** What follows the bin in the request line, raw. */
  target: z.string(),
  contentType: z.string().nullable(),
  /** Bytes stored. */
  bodySize: z.int(),
  bodyTruncated: z.boolean(),
  bodyIncomplete: z.boolean(),
  remoteAddress: z.string(),
  provider: providerSchema.nullable(),
  /** Present when a person said who sent it, or that it was nobody known. */
  providerChosen: z.literal(true).optional(),
  signature: signatureSchema,
  /** Null for what is like no other: a provider's check of the URL, or a target without a body. */
  thread: threadSchema.nullable(),
  /** Present when this was a provider's check of the URL, which was answered as the provider wants it. */
  handshake: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Present when it was read from a file: when, and what it was called where it was captured. */
  imported: importedSchema.optional(),
  /** Present when a person pinned it: caps, retention and a clear leave it. */
  pinned: z.literal(true).optional(),
  /** Present when it has some. */
  labels: z.array(z.string()).optional(),
  /** Present when it has a note: its first line, cut at 120 characters. */
  noteLine: z.string().optional(),
  /** Null when the sender was gone before anything could be answered. */
  response: responseSchema.nullable(),
  /** Null until it is known; for ever when the server died in between. */
  answered: answeredSchema.nullable(),
});
export type RequestSummary = z.infer<typeof requestSummarySchema> & Shared;

/** Present in a share: what its owner hid, and what went with that. Of no use to who reads a file or the command. */
type Shared = { hidden?: HiddenMark[] };

/**
 * A page of a bin's requests. `searchedTo`: the search took too long and gives what it has: all that match from this seq
 * on; `next` goes on from there, even when `items` is empty.
 */
export type RequestPage = Page<RequestSummary> & { searchedTo?: number };

export const capturedRequestSchema = requestSummarySchema.extend({
  binId: z.string(),
  /** As in the request line. */
  requestTarget: z.string(),
  /** As the sender saw it. */
  url: z.string(),
  httpVersion: z.string(),
  headers: z.array(headerPairSchema),
  trailers: z.array(headerPairSchema),
  /** The sender's Content-Length; null when it sent none. */
  bodyDeclaredSize: z.int().nullable(),
  /** Lower-case hex, of the stored bytes. */
  bodySha256: z.string(),
  redacted: z.array(z.literal("cookie")),
  /** Present when a person wrote one. */
  note: z.string().optional(),
  /**
   * Milliseconds with fractions. `headMs`: from the accepted connection (a proxy's, behind one) to the parsed head; null
   * when an earlier request had come by the connection, or when it is unknown. The others: from the parsed head.
   */
  timing: z.object({
    headMs: z.number().nullable(),
    bodyMs: z.number(),
    storedMs: z.number().nullable(),
  }),
});
export type CapturedRequest = z.infer<typeof capturedRequestSchema> & Shared;

/**
 * A merge patch (RFC 7396). `provider`: who sent it, by a person's word: a provider's id, null for nobody known, "auto"
 * for what recognition says.
 */
export const requestPatchSchema = annotationPatchSchema.extend({
  provider: z.string().min(1).max(100).nullable().optional(),
});
export type RequestPatch = z.infer<typeof requestPatchSchema>;
