import type { HeaderPair } from "../contract/headers.ts";
import type { Outgoing } from "./outgoing.ts";

const headerLines = (headers: readonly HeaderPair[]) =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/**
 * The bytes of an HTTP/1.1 request, to be written one after the other. Written by hand, because Node's client refuses
 * some heads that it captures itself (a Trailer header beside a Content-Length) and decides about framing on its own.
 * A chunked body goes out as one chunk.
 */
export function requestBytes(request: Outgoing): Buffer[] {
  const { method, path, headers, trailers, chunked, body } = request;
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${headerLines(headers)}\r\n`, "latin1");
  if (!chunked) return body.length > 0 ? [head, body] : [head];
  const end = Buffer.from(`0\r\n${headerLines(trailers)}\r\n`, "latin1");
  if (body.length === 0) return [head, end];
  return [
    head,
    Buffer.from(`${body.length.toString(16)}\r\n`, "latin1"),
    body,
    Buffer.from("\r\n", "latin1"),
    end,
  ];
}
