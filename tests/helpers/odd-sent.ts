import { createHash } from "node:crypto";
import type { OddRequest } from "#tests/fixtures/odd-requests.ts";

/** How an odd request must look once it is sent on: DESIGN's promise about forwards. */

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const DROPPED = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "upgrade",
  "expect",
]);

const lines = (headers: readonly [string, string][]) =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** The headers that a forward must show. Ours and Host stand apart: they may be anywhere. */
export function forwardedHeaders(odd: OddRequest): [string, string][] {
  const dropped = droppedNames(odd);
  return odd.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && name !== "Host");
}

/** The headers that must not be sent on, in lower case. */
export function droppedNames(odd: OddRequest): Set<string> {
  const named = odd.headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(","));
  return new Set([...DROPPED, ...named.map((name) => name.trim().toLowerCase())]);
}

/** The body with its framing: a chunked one as one chunk. */
export function framed(odd: OddRequest): Buffer {
  if (!odd.chunked) return odd.body;
  const size = odd.body.byteLength;
  const open = size > 0 ? `${size.toString(16)}\r\n` : "";
  const close = `${size > 0 ? "\r\n" : ""}0\r\n${lines(odd.trailers)}\r\n`;
  return Buffer.concat([Buffer.from(open, "latin1"), odd.body, Buffer.from(close, "latin1")]);
}

/** The message that /raw must show. */
export function rawMessage(odd: OddRequest): Buffer {
  const head = `${odd.method} ${odd.requestTarget} HTTP/${odd.httpVersion}\r\n${lines(odd.headers)}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), framed(odd)]);
}

type Message = { line: string; headers: [string, string][]; rest: Buffer };

export function parseMessage(bytes: Buffer): Message {
  const end = bytes.indexOf("\r\n\r\n");
  const [line = "", ...fields] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).replace(/^ /, "")];
  });
  return { line, headers, rest: bytes.subarray(end + 4) };
}

const OURS = new Set(["hooklens-forward-id", "connection", "host"]);

/** What was received, in parts that a test compares with the request. */
export function receivedParts(message: Buffer) {
  const { line, headers, rest } = parseMessage(message);
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return {
    line,
    headers: headers.filter(([name]) => !OURS.has(name.toLowerCase())),
    hosts: valuesOf("host"),
    forwardIds: valuesOf("hooklens-forward-id"),
    framedSha256: sha256(rest),
  };
}
