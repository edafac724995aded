import { isUtf8 } from "node:buffer";
import { STATUS_CODES } from "node:http";
import { type HeaderPair, headerValue } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import {
  base64Pieces,
  type ExportFacts,
  type Exported,
  type ExportWriter,
  jsonTextPieces,
} from "./exported.ts";

/** What HAR has no field for stands in `_hooklens`: the format keeps names that begin with an underscore for that. */
const IN_HAR = ["method", "url", "httpVersion", "headers", "receivedAt"] as const;

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). A body that is no UTF-8 is base64, marked by `_encoding`, for
 * HAR knows an encoding for answers only. Headers and the URL hold one character per byte.
 */
export function harWriter({ version, bin, q }: ExportFacts): ExportWriter {
  const creator = JSON.stringify({ name: "Hooklens", version });
  const comment = JSON.stringify(`Captured at ${bin.url}${q === "" ? "" : `, filter: ${q}`}`);
  let isFirst = true;
  return {
    begin: () =>
      `{"log":{"version":"1.2","creator":${creator},"pages":[],"comment":${comment},"entries":[\n`,
    *each(exported) {
      if (!isFirst) yield ",\n";
      isFirst = false;
      yield* entry(exported);
    },
    end: () => "\n]}}\n",
  };
}

function* entry({ request, body }: Exported): Generator<string> {
  const { bodyMs } = request.timing;
  const waitMs = Math.max(0, (request.answered?.respondedMs ?? bodyMs) - bodyMs);
  const timings = { send: bodyMs, wait: waitMs, receive: 0 };
  const start = { startedDateTime: request.receivedAt, time: bodyMs + waitMs };
  yield `${JSON.stringify(start).slice(0, -1)},"request":`;
  yield* requestPart(request, body);
  const rest = {
    response: responseOf(request),
    cache: {},
    timings,
    ...(request.note ? { comment: request.note } : {}),
    _hooklens: beside(request),
  };
  yield `,${JSON.stringify(rest).slice(1)}`;
}

function* requestPart(request: CapturedRequest, body: Buffer): Generator<string> {
  const head = {
    method: request.method,
    url: request.url,
    httpVersion: `HTTP/${request.httpVersion}`,
    cookies: cookiesOf(request.headers),
    headers: toPairs(request.headers),
    queryString: queryOf(request.target),
    headersSize: -1,
    bodySize: request.bodySize,
  };
  if (body.length === 0) {
    yield JSON.stringify(head);
    return;
  }
  yield `${JSON.stringify(head).slice(0, -1)},"postData":{"mimeType":${JSON.stringify(request.contentType ?? "")},"params":[],"text":"`;
  if (isUtf8(body)) {
    yield* jsonTextPieces(body);
    yield '"}}';
  } else {
    yield* base64Pieces(body);
    yield '","_encoding":"base64"}}';
  }
}

/** HAR wants an answer in every entry; 0 is what browsers write where there was none. */
function responseOf({ response }: CapturedRequest) {
  const headers = response?.headers ?? [];
  const mimeType = headerValue(headers, "content-type") ?? "";
  return {
    status: response?.status ?? 0,
    statusText: STATUS_CODES[response?.status ?? 0] ?? "",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: toPairs(headers),
    content: { size: response?.bodySize ?? 0, mimeType },
    redirectURL: headerValue(headers, "location") ?? "",
    headersSize: -1,
    bodySize: response?.bodySize ?? -1,
  };
}

function beside(request: CapturedRequest) {
  const inHar = new Set<string>(IN_HAR);
  return Object.fromEntries(Object.entries(request).filter(([name]) => !inHar.has(name)));
}

const toPairs = (headers: readonly HeaderPair[]) =>
  headers.map(([name, value]) => ({ name, value }));

function cookiesOf(headers: readonly HeaderPair[]) {
  const lines = headers.filter(([name]) => name.toLowerCase() === "cookie");
  const pairs = lines.flatMap(([, value]) => value.split(";")).map((pair) => pair.trim());
  return pairs.filter((pair) => pair !== "").map((pair) => toPair(pair));
}

function queryOf(target: string) {
  const mark = target.indexOf("?");
  if (mark < 0 || mark === target.length - 1) return [];
  return target
    .slice(mark + 1)
    .split("&")
    .map((pair) => toPair(pair));
}

/** As it stands in the line: nothing is decoded. */
function toPair(text: string): { name: string; value: string } {
  const equals = text.indexOf("=");
  return equals < 0
    ? { name: text, value: "" }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}
