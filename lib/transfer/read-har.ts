import { z } from "zod";
import { annotationInFile } from "../contract/annotations.ts";
import { INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import { type HeaderPair, headerValue } from "../contract/headers.ts";
import { capturedRequestSchema } from "../contract/requests.ts";
import { recognise } from "../providers/recognise.ts";
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

const pairs = z
  .array(z.object({ name: z.string(), value: z.string().catch("") }))
  .transform((given) => given.map(({ name, value }): HeaderPair => [name, value]));
const size = z.number().nullish();

/** What of an entry is read. Tools differ in what they leave out. */
const entry = z.object({
  startedDateTime: z.string().max(100),
  request: z.object({
    method,
    url: z.string().max(128 * 1024),
    httpVersion: z.string().max(100).catch(""),
    headers: pairs,
    bodySize: size.catch(null),
    postData: z
      .object({
        mimeType: z.string().catch(""),
        text: z.string().nullish(),
        params: z
          .array(z.object({ name: z.string(), value: z.string().nullish() }))
          .nullish()
          .catch(null),
        encoding: z.string().nullish(),
        _encoding: z.string().nullish(),
      })
      .nullish(),
  }),
  response: z
    .object({
      status: z.int(),
      headers: pairs.catch([]),
      bodySize: size.catch(null),
      content: z.object({ size, text: z.string().nullish() }).nullish().catch(null),
    })
    .nullish(),
  timings: z.object({ send: z.number().nullish() }).nullish().catch(null),
  /** What somebody wrote to it. */
  comment: annotationInFile.note.catch(undefined),
  _hooklens: z.unknown().optional(),
});

/** What our own HAR keeps beside the format's fields; all of it or nothing. */
const shape = capturedRequestSchema.shape;
const beside = z.object({
  id: shape.id.max(100),
  seq: shape.seq.min(1),
  binId: shape.binId.max(100),
  target: inRequestLine,
  requestTarget: inRequestLine,
  trailers: headers,
  bodyDeclaredSize: z.int().min(0).nullable(),
  bodyTruncated: z.boolean(),
  bodyIncomplete: z.boolean(),
  remoteAddress: text(100),
  redacted: shape.redacted.max(1),
  answered,
  timing,
  ...annotationInFile,
});
type Beside = z.infer<typeof beside>;
type Entry = z.infer<typeof entry>;

const BROWSERS_OWN =
  "Names that begin with a colon belong to HTTP/2 and 3 themselves: they are left out.";
const VERSION = "It came over HTTP/2 or 3, and is kept as HTTP/1.1.";
const ANSWER_BODY = "The answer's body is not kept, only its status, headers and size.";
const ADDRESS = "The file does not tell the sender's address.";
const FORM = "The body was told as form fields and is put together from them.";
const NO_BODY = "The file has no body, though it tells the size of one.";

/** Reads an entry of a HAR. @throws Refusal */
export function readHarEntry(bytes: Buffer, limits: ReadLimits): ReadRequest {
  const told = parse(entry, parseJson(bytes));
  const own = beside.safeParse(told._hooklens);
  const place = placeOf(told.request.url, own.success ? own.data : null);
  const notes: string[] = [];
  const kept = keptHeaders(told.request.headers, notes);
  const body = bodyOf(told, notes);
  const httpVersion = versionOf(told.request.httpVersion, notes);
  const isInline = body.length > 0 && body.length <= INLINE_BODY_BYTES_MAX;
  const facts = own.success ? own.data : null;
  if (!facts) notes.push(ADDRESS);
  const draft = toDraft(
    {
      binId: limits.binId,
      receivedAtUs: microseconds(told.startedDateTime),
      method: told.request.method,
      ...place,
      httpVersion,
      headers: kept,
      trailers: facts?.trailers ?? [],
      body,
      bodyDeclaredSize: facts ? facts.bodyDeclaredSize : declaredSize(kept),
      bodyTruncated: facts?.bodyTruncated ?? false,
      bodyIncomplete: facts?.bodyIncomplete ?? notes.includes(NO_BODY),
      remoteAddress: facts?.remoteAddress ?? "",
      cookieRedacted: (facts?.redacted.length ?? 0) > 0,
      provider: recognise(kept, place.target, isInline ? body : null),
      providerChosen: false,
      handshake: null,
      response: responseOf(told, notes),
      imported: {
        atUs: limits.nowUs,
        format: "har",
        id: facts?.id ?? null,
        seq: facts?.seq ?? null,
        binId: facts?.binId ?? null,
        answerFrom: null,
      },
      headMs: facts?.timing.headMs ?? null,
      bodyMs: Math.max(0, told.timings?.send ?? 0),
    },
    limits,
  );
  return {
    draft,
    answered: facts?.answered ?? null,
    storedMs: facts?.timing.storedMs ?? null,
    annotation: toAnnotation(facts ?? { note: told.comment, labels: undefined, pinned: undefined }),
    notes,
  };
}

const ABSOLUTE = /^(https?:\/\/[^/?#]*)([^#]*)(#.*)?$/i;

/**
 * Where it was sent. Our own file tells what of the path was the target; else all of it is. A fragment never goes over
 * the wire, but for one that our own file tells to be in the request line. @throws Refusal
 */
function placeOf(url: string, own: Beside | null) {
  const line = own?.requestTarget.replace(/^https?:\/\/[^/?#]*/i, "");
  if (own && line !== undefined && own.requestTarget.endsWith(own.target) && url.endsWith(line)) {
    const targetPrefix = own.requestTarget.slice(0, -own.target.length || undefined);
    return { origin: url.slice(0, url.length - line.length), target: own.target, targetPrefix };
  }
  const [, origin, rest = ""] = ABSOLUTE.exec(url) ?? [];
  if (origin === undefined) throw new Refusal("request.url is no http or https URL.");
  const escaped = rest.replace(/[^\x21-\x7e]/gu, (char) => encodeURIComponent(char.toWellFormed()));
  return { origin, target: parse(inRequestLine, escaped || "/"), targetPrefix: "" };
}

function keptHeaders(given: readonly HeaderPair[], notes: string[]): HeaderPair[] {
  const kept = given.filter(([name]) => !name.startsWith(":"));
  if (kept.length < given.length) notes.push(BROWSERS_OWN);
  return parse(
    headers,
    kept.map(([name, value]): HeaderPair => [name, toLatin1(value)]),
  );
}

/** Header values are kept one character per byte; some tools write the text that the bytes mean. */
const toLatin1 = (value: string): string =>
  /[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value;

function bodyOf({ request: { postData, bodySize } }: Entry, notes: string[]): Buffer {
  const given = postData?.text ?? "";
  if (given !== "") {
    const encoding = postData?.encoding ?? postData?._encoding;
    return encoding === "base64" ? fromBase64(given) : Buffer.from(given);
  }
  const params = postData?.params ?? [];
  if (params.length > 0) {
    notes.push(FORM);
    return Buffer.from(
      new URLSearchParams(params.map(({ name, value }) => [name, value ?? ""])).toString(),
    );
  }
  if ((bodySize ?? 0) > 0) notes.push(NO_BODY);
  return Buffer.alloc(0);
}

function versionOf(told: string, notes: string[]): "1.0" | "1.1" {
  if (/^(?:http\/?|h)[23]/i.test(told)) notes.push(VERSION);
  return told.endsWith("1.0") ? "1.0" : "1.1";
}

function declaredSize(kept: readonly HeaderPair[]): number | null {
  const value = headerValue(kept, "content-length");
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function responseOf({ response }: Entry, notes: string[]) {
  // 0 and -1 are what tools write where no answer came.
  if (!response || !status.safeParse(response.status).success) return null;
  if (response.content?.text) notes.push(ANSWER_BODY);
  const bodySize = Math.max(0, response.bodySize ?? 0, response.content?.size ?? 0);
  return {
    status: response.status,
    headers: keptHeaders(response.headers, []),
    bodySize: Math.min(Math.floor(bodySize), 2 ** 31 - 1),
  };
}
