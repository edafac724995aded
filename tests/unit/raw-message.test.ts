import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { fileName } from "#lib/manage/file-name.ts";
import { rawMessage } from "#lib/manage/raw-message.ts";

const message = (headers: HeaderPair[], trailers: HeaderPair[], body: Buffer) =>
  rawMessage(
    { method: "POST", requestTarget: "/in/b//%zz?", httpVersion: "1.1", headers, trailers },
    body,
  ).toString("latin1");

test("request line, headers as received, blank line, the very bytes of the body", () => {
  const headers: HeaderPair[] = [
    ["hOST", "x"],
    ["X-A", ""],
    ["x-a", "caf\u00e9"],
  ];
  const body = Buffer.from([0, 255, 13, 10]);
  expect(message(headers, [], body)).toBe(
    "POST /in/b//%zz? HTTP/1.1\r\nhOST: x\r\nX-A: \r\nx-a: caf\u00e9\r\n\r\n\u0000\u00ff\r\n",
  );
});

test("a chunked body is one chunk, then the last one and the trailers", () => {
  const headers: HeaderPair[] = [["Transfer-Encoding", "gzip, Chunked"]];
  const trailers: HeaderPair[] = [["X-T", "1"]];
  expect(message(headers, trailers, Buffer.from("hello world"))).toMatch(
    /\r\n\r\nb\r\nhello world\r\n0\r\nX-T: 1\r\n\r\n$/,
  );
  expect(message(headers, [], Buffer.alloc(0))).toMatch(/Chunked\r\n\r\n0\r\n\r\n$/);
});

test("chunked counts only as the last transfer coding", () => {
  expect(message([["Transfer-Encoding", "chunked, x"]], [], Buffer.from("a"))).toMatch(
    /\r\n\r\na$/,
  );
});

test.each([
  ["application/json; charset=utf-8", "json"],
  ["application/cloudevents+json", "json"],
  ["Text/Plain", "txt"],
  ["text/html", "bin"],
  ["image/svg+xml", "bin"],
  ["../../etc/passwd", "bin"],
  ["constructor", "bin"],
  [null, "bin"],
])("a download's name is made of nothing that the sender wrote: %s", (type, extension) => {
  expect(fileName(7, type)).toBe(`request-7-body.${extension}`);
});
