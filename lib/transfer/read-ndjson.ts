import { z } from "zod";
import { annotationInFile } from "../contract/annotations.ts";
import { capturedRequestSchema } from "../contract/requests.ts";
import type { RecognisedProvider } from "../contract/requests.ts";
import {
  answered,
  fromBase64,
  headers,
  inRequestLine,
  method,
  microseconds,
  parse,
  parseJson,
  type ReadLimits,
  type ReadRequest,
  Refusal,
  status,
  text,
  timing,
  toAnnotation,
  toDraft,
} from "./read-request.ts";
import type { Recognised } from "../contract/draft.ts";

const word = text(1_000);

const provider = z.object({
  id: text(100),
  event: word.nullable(),
  deliveryId: word.nullable(),
  attempt: z.int().min(0).max(1e6).nullable(),
  eventId: word.nullable(),
  account: word.nullable(),
  mode: z.enum(["live", "test"]).nullable(),
  occurredAt: word.nullable(),
});

const shape = capturedRequestSchema.shape;
const line = z.object({
  id: shape.id.max(100),
  seq: shape.seq.min(1),
  binId: shape.binId.max(100),
  receivedAt: word,
  method,
  target: inRequestLine,
  requestTarget: inRequestLine,
  url: inRequestLine,
  httpVersion: z.enum(["1.0", "1.1"]),
  headers,
  trailers: headers,
  bodySize: z.int(),
  bodyDeclaredSize: z.int().min(0).nullable(),
  bodyTruncated: z.boolean(),
  bodyIncomplete: z.boolean(),
  bodySha256: z.string(),
  remoteAddress: text(100),
  redacted: shape.redacted.max(1),
  provider: provider.nullable(),
  providerChosen: shape.providerChosen,
  handshake: z.object({ id: text(100) }).optional(),
  signature: z.object({ status: z.string() }),
  response: z
    .object({
      status,
      headers,
      bodySize: z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
      from: z.enum(["listener", "enforce"]).optional(),
    })
    .nullable(),
  answered,
  timing,
  ...annotationInFile,
  bodyBase64: z.string(),
});

const mark = z.object({ hooklens: z.enum(["export", "end"]), requests: z.int().optional() });

/** What a line is: a request, or the first or last one of an export. @throws Refusal */
export type NdjsonLine =
  | { kind: "request"; read: ReadRequest }
  | { kind: "begin" }
  | { kind: "end"; requests: number };

/** Reads a line of Hooklens' own format. @throws Refusal */
export function readNdjsonLine(bytes: Buffer, limits: ReadLimits): NdjsonLine {
  const given = parseJson(bytes);
  const marked = mark.safeParse(given);
  if (!marked.success) return { kind: "request", read: readLine(given, limits) };
  const { hooklens, requests } = marked.data;
  return hooklens === "export" ? { kind: "begin" } : { kind: "end", requests: requests ?? -1 };
}

/** Without the request's body it is no line of an export, but perhaps of the API. @throws Refusal */
function readLine(given: unknown, limits: ReadLimits): ReadRequest {
  const told = parse(line, given);
  const body = fromBase64(told.bodyBase64);
  const { origin, targetPrefix } = placeOf(told);
  const answerFrom = told.response?.from ?? null;
  const draft = toDraft(
    {
      binId: limits.binId,
      receivedAtUs: microseconds(told.receivedAt),
      method: told.method,
      target: told.target,
      targetPrefix,
      origin,
      httpVersion: told.httpVersion,
      headers: told.headers,
      trailers: told.trailers,
      body,
      bodyDeclaredSize: told.bodyDeclaredSize,
      bodyTruncated: told.bodyTruncated,
      bodyIncomplete: told.bodyIncomplete,
      remoteAddress: told.remoteAddress,
      cookieRedacted: told.redacted.length > 0,
      provider: told.provider && toRecognised(told.provider),
      providerChosen: told.providerChosen ?? false,
      handshake: told.handshake?.id ?? null,
      response: told.response,
      imported: {
        atUs: limits.nowUs,
        format: "ndjson",
        id: told.id,
        seq: told.seq,
        binId: told.binId,
        answerFrom,
      },
      headMs: told.timing.headMs,
      bodyMs: told.timing.bodyMs,
    },
    limits,
  );
  if (draft.bodySha256.toString("hex") !== told.bodySha256.toLowerCase()) {
    throw new Refusal("Its body is not the one that bodySha256 tells.");
  }
  const notes = told.signature.status === "unchecked" ? [] : [SIGNATURE_NOTE];
  return {
    draft,
    answered: told.answered,
    storedMs: told.timing.storedMs,
    annotation: toAnnotation(told),
    notes,
  };
}

const SIGNATURE_NOTE =
  "Verdicts on signatures are this bin's own, by its secrets: a file's word for one is not taken.";

type Told = z.infer<typeof line>;

/** Scheme and host, and what stands before the target in the request line. @throws Refusal */
function placeOf({ url, target, requestTarget }: Told): { origin: string; targetPrefix: string } {
  if (!requestTarget.endsWith(target)) throw new Refusal("requestTarget does not end with target.");
  const targetPrefix = requestTarget.slice(0, requestTarget.length - target.length);
  const path = requestTarget.replace(/^https?:\/\/[^/?#]*/i, "");
  const origin = url.slice(0, url.length - path.length);
  const isOne = url.endsWith(path) && /^https?:\/\/[^/?#]*$/i.test(origin);
  if (!isOne) throw new Refusal("url is not a host with requestTarget.");
  return { origin, targetPrefix };
}

function toRecognised({ occurredAt, ...facts }: Omit<RecognisedProvider, "name">): Recognised {
  return { ...facts, occurredAtUs: occurredAt === null ? null : microseconds(occurredAt) };
}
