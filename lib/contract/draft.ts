import type { HeaderPair } from "./headers.ts";
import type { RecognisedProvider, RequestResponse, Signature } from "./requests.ts";
import type { ImportFormat } from "./transfer.ts";

/** Bodies up to this size lie in the request's row; larger ones are stored first, apart. */
export const INLINE_BODY_BYTES_MAX = 256 * 1024;

/** What a provider says of a request. `occurredAtUs`: microseconds since 1970. */
export type Recognised = Omit<RecognisedProvider, "name" | "occurredAt"> & {
  occurredAtUs: number | null;
};

/**
 * Where a request comes from that was not captured here. `id`, `seq` and `binId` are the file's words, null where it has
 * none. What was answered stands in the request's own row, with all of its headers.
 */
export type Imported = {
  /** Microseconds since 1970. */
  atUs: number;
  format: ImportFormat;
  id: string | null;
  seq: number | null;
  binId: string | null;
  answerFrom: RequestResponse["from"] | null;
};

/** A request as captured, before it has its seq: what capture hands to the writer and the writer to the store. */
export type Draft = {
  /** UUIDv7. */
  id: string;
  binId: string;
  /** Microseconds since 1970. */
  receivedAtUs: number;
  method: string;
  target: string;
  targetPrefix: string;
  /** Scheme and host as the sender saw them. */
  origin: string;
  httpVersion: string;
  headers: HeaderPair[];
  trailers: HeaderPair[];
  contentType: string | null;
  /** Null when there is none, or when it is stored apart. */
  body: Buffer | null;
  /** The pieces of a body above INLINE_BODY_BYTES_MAX, until they are stored. */
  largeBody: readonly Buffer[] | null;
  bodySize: number;
  bodyDeclaredSize: number | null;
  bodyTruncated: boolean;
  bodyIncomplete: boolean;
  bodySha256: Buffer;
  remoteAddress: string;
  cookieRedacted: boolean;
  /** The provider whose check of the URL this is, when it is answered as one. */
  handshake: string | null;
  provider: Recognised | null;
  /** What it has in common with the other tries of the same event; null for what is like no other. */
  threadKey: Buffer | null;
  signature: Signature;
  /** Answered 401, because the bin takes only what is verified. */
  refused: boolean;
  /** `headers` are the owner's, as sent; null when the sender was gone. */
  response: { status: number; headers: HeaderPair[]; bodySize: number } | null;
  /** Null when it was captured here. */
  imported: Imported | null;
  /** A person said who sent it. */
  providerChosen: boolean;
  /** Milliseconds from the accepted connection to the parsed head; null when it was open already, or unknown. */
  headMs: number | null;
  /** Milliseconds from the parsed head to the last byte of the body. */
  bodyMs: number;
};

/** Where a draft is once it is stored: its seq in the bin, and its place among the tries of its event, from 1. */
export type Stored = { seq: number; threadPlace: number };
