import { isUtf8 } from "node:buffer";
import type { BinModel } from "#prisma/generated/models/Bin.ts";
import type { Answer, StoredAnswer } from "../contract/answer.ts";
import { strippedHeaders } from "../contract/answer-headers.ts";
import type { Bin } from "../contract/bins.ts";
import type { HeaderPair } from "../contract/headers.ts";

/** A bin as the server works with it. */
export type BinRecord = {
  id: string;
  name: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  deletedAt: Date | null;
  revision: number;
  /** Requests up to this seq are cleared. */
  clearedThrough: number;
  /** Rises with each change of the settings. */
  version: number;
  response: StoredAnswer;
  /** How long a sender waits for a listener's own answer, in ms; 0: not at all. */
  listenerWaitMs: number;
  handshakes: boolean;
  /** What does not verify gets 401. */
  enforce: boolean;
  confirmSns: boolean;
};

export type BinCounts = {
  requestCount: number;
  oldestSeq: number | null;
  pinnedCount: number;
  lastSeq: number;
};

export const NO_COUNTS: BinCounts = {
  requestCount: 0,
  oldestSeq: null,
  pinnedCount: 0,
  lastSeq: 0,
};

export function toBinRecord(row: BinModel): BinRecord {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    deletedAt: row.deletedAt,
    revision: row.revision,
    clearedThrough: Number(row.clearedThrough),
    version: row.version,
    response: {
      status: row.responseStatus,
      headers: row.responseHeaders as HeaderPair[],
      body: Buffer.from(row.responseBody),
      delayMs: row.responseDelayMs,
    },
    listenerWaitMs: row.listenerWaitMs,
    handshakes: row.handshakes,
    enforce: row.enforce,
    confirmSns: row.confirmSns,
  };
}

/** Deleted, or past its expiry: it answers 410 and takes nothing any more. */
export function isGone(
  bin: Pick<BinRecord, "deletedAt" | "expiresAt">,
  nowMs = Date.now(),
): boolean {
  return bin.deletedAt !== null || (bin.expiresAt !== null && bin.expiresAt.getTime() <= nowMs);
}

function toAnswer(stored: StoredAnswer): Answer {
  const { status, headers, body, delayMs } = stored;
  const content = isUtf8(body)
    ? { body: body.toString("utf8") }
    : { bodyBase64: body.toString("base64") };
  return { status, headers, ...content, delayMs, strippedHeaders: strippedHeaders(headers) };
}

/** The bin as the API shows it. `publicUrl` is scheme, host and port of every printed URL. */
export function toBin(record: BinRecord, counts: BinCounts, publicUrl: string): Bin {
  return {
    id: record.id,
    name: record.name,
    url: `${publicUrl}/in/${record.id}`,
    dashboardUrl: `${publicUrl}/b/${record.id}`,
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    ...counts,
    revision: record.revision,
    response: toAnswer(record.response),
    listenerWaitMs: record.listenerWaitMs,
    handshakes: record.handshakes,
    enforce: record.enforce,
    confirmSns: record.confirmSns,
  };
}
