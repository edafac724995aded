import type { HeaderPair } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";

type Message = Pick<
  CapturedRequest,
  "method" | "requestTarget" | "httpVersion" | "headers" | "trailers"
>;

/**
 * The request as it stood on the wire (RFC 9112): request line, headers as received, blank line, body. One that came
 * chunked has one chunk, then the last chunk and the trailers: where the sender cut it is not kept.
 */
export function rawMessage(request: Message, body: Buffer): Buffer {
  const start = `${request.method} ${request.requestTarget} HTTP/${request.httpVersion}\r\n`;
  const head = latin1(`${start}${lines(request.headers)}\r\n`);
  if (!isChunked(request.headers)) return Buffer.concat([head, body]);
  const size = latin1(`${body.byteLength.toString(16)}\r\n`);
  const chunk = body.byteLength > 0 ? [size, body, latin1("\r\n")] : [];
  return Buffer.concat([head, ...chunk, latin1(`0\r\n${lines(request.trailers)}\r\n`)]);
}

const latin1 = (text: string) => Buffer.from(text, "latin1");

const lines = (pairs: readonly HeaderPair[]) =>
  pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** RFC 9112 6.1: chunked is the last coding, in whatever letter case. */
function isChunked(headers: readonly HeaderPair[]): boolean {
  return headers.some(
    ([name, value]) =>
      name.toLowerCase() === "transfer-encoding" && /(?:^|,)\s*chunked\s*$/i.test(value),
  );
}
