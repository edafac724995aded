import type { HeaderPair } from "./headers.ts";
import type { CapturedRequest } from "./requests.ts";

type Message = Pick<
  CapturedRequest,
  "method" | "requestTarget" | "httpVersion" | "headers" | "trailers"
>;

/**
 * What stands before and after the body of a request's message (RFC 9112), one character per byte: request line,
 * headers as received, blank line; after it nothing, unless it came chunked. Then the body is one chunk, followed by
 * the last chunk and the trailers: where the sender cut it is not kept.
 */
export function aroundBody(request: Message, bodySize: number): { before: string; after: string } {
  const start = `${request.method} ${request.requestTarget} HTTP/${request.httpVersion}\r\n`;
  const head = `${start}${lines(request.headers)}\r\n`;
  if (!isChunked(request.headers)) return { before: head, after: "" };
  const last = `0\r\n${lines(request.trailers)}\r\n`;
  if (bodySize === 0) return { before: head, after: last };
  return { before: `${head}${bodySize.toString(16)}\r\n`, after: `\r\n${last}` };
}

const lines = (pairs: readonly HeaderPair[]) =>
  pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** RFC 9112 6.1: chunked is the last coding, in whatever letter case. */
export function isChunked(headers: readonly HeaderPair[]): boolean {
  return headers.some(
    ([name, value]) =>
      name.toLowerCase() === "transfer-encoding" && /(?:^|,)\s*chunked\s*$/i.test(value),
  );
}
