import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { exchange, finalAnswer, statusOf } from "#tests/helpers/exchange.ts";
import { type RawSink, startRawSink } from "#tests/helpers/raw-sink.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

let database: TestDatabase;
let server: TestServer;
let bin: BinMinted;
let sink: RawSink;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url, env: { FORWARD_RATE: "0" } });
  const minted = await fetch(`${server.origin}/api/bins`, { method: "POST" });
  bin = (await minted.json()) as BinMinted;
  sink = await startRawSink();
});

afterAll(async () => {
  await sink?.close();
  await server?.stop();
  await database?.drop();
});

const authorization = () => ({ Authorization: `Bearer ${bin.key}` });
const api = (path: string, init: RequestInit = {}) =>
  fetch(`${server.origin}/api/bins/${bin.id}${path}`, {
    ...init,
    headers: { ...authorization(), ...(init.body ? { "Content-Type": "application/json" } : {}) },
  });

/** Sends it and finds its record: by the id in the answer, or as the newest when the sender got none. */
async function capture(
  odd: OddRequest,
): Promise<{ status: number | null; record: CapturedRequest }> {
  const answer = await exchange(server.port, odd.pieces, odd.hangUp);
  const id =
    /^Hooklens-Request-Id: (\S+)/m.exec(finalAnswer(answer))?.[1] ?? (await newestIncomplete());
  const record = (await (await api(`/requests/${id}`)).json()) as CapturedRequest;
  return { status: statusOf(answer), record };
}

const seen = new Set<string>();

async function newestIncomplete(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const page = (await (await api("/requests?limit=1")).json()) as Page<RequestSummary>;
    const [newest] = page.items;
    if (newest?.bodyIncomplete && !seen.has(newest.id)) {
      seen.add(newest.id);
      return newest.id;
    }
    await sleep(50);
  }
  throw new Error("It was not captured.");
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = async (path: string) => Buffer.from(await (await api(path)).arrayBuffer());
const lines = (headers: readonly [string, string][]) =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** The message that /raw must show: a chunked body as one chunk. */
function rawMessage(odd: OddRequest): Buffer {
  const head = `${odd.method} ${odd.requestTarget} HTTP/${odd.httpVersion}\r\n${lines(odd.headers)}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), framed(odd)]);
}

function framed(odd: OddRequest): Buffer {
  if (!odd.chunked) return odd.body;
  const size = odd.body.byteLength;
  const open = size > 0 ? `${size.toString(16)}\r\n` : "";
  const close = `${size > 0 ? "\r\n" : ""}0\r\n${lines(odd.trailers)}\r\n`;
  return Buffer.concat([Buffer.from(open, "latin1"), odd.body, Buffer.from(close, "latin1")]);
}

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

/** The headers that a forward must show: promise 6. Ours stand apart: they may be anywhere. */
function forwardedHeaders(odd: OddRequest): [string, string][] {
  const named = odd.headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(","));
  const dropped = new Set([...DROPPED, ...named.map((name) => name.trim().toLowerCase())]);
  return odd.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && name !== "Host");
}

function parseMessage(bytes: Buffer): { line: string; headers: [string, string][]; rest: Buffer } {
  const end = bytes.indexOf("\r\n\r\n");
  const [line = "", ...fields] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).replace(/^ /, "")];
  });
  return { line, headers, rest: bytes.subarray(end + 4) };
}

async function checkForward(odd: OddRequest, record: CapturedRequest): Promise<void> {
  const body = JSON.stringify({ to: `${sink.origin}/hook`, append: true });
  const answer = await api(`/requests/${record.id}/forwards`, { method: "POST", body });
  if (odd.truncated || odd.incomplete) return expect(answer.status).toBe(409) as void;
  expect(answer.status, await answer.clone().text()).toBe(201);
  const forward = (await answer.json()) as Forward;
  const sent = parseMessage(await sink.next());
  const ours = new Set(["hooklens-forward-id", "connection", "host"]);
  const others = sent.headers.filter(([name]) => !ours.has(name.toLowerCase()));
  expect(sent.line.startsWith(`${odd.method} /hook`), sent.line).toBe(true);
  expect(others).toEqual(forwardedHeaders(odd));
  expect(
    sent.headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value),
  ).toEqual([sink.host]);
  expect(sent.headers.find(([name]) => name === "Hooklens-Forward-Id")?.[1]).toBe(forward.id);
  expect(sha256(sent.rest)).toBe(sha256(framed(odd)));
  expect(forward.attempts[0]?.bodySha256Sent).toBe(sha256(odd.body));
}

describe("every odd request is kept to the byte, shown raw and forwarded the same", () => {
  test.each(oddRequests("BIN").map((odd, index) => ({ name: odd.name, index })))(
    "$name",
    async ({ index }) => {
      const odd = oddRequests(bin.id)[index] as OddRequest;
      const { status, record } = await capture(odd);
      expect(status).toBe(odd.status);
      expect(record).toMatchObject({
        method: odd.method,
        target: odd.target,
        requestTarget: odd.requestTarget,
        httpVersion: odd.httpVersion,
        headers: odd.headers,
        trailers: odd.trailers,
        bodySize: odd.body.byteLength,
        bodySha256: sha256(odd.body),
        bodyTruncated: odd.truncated,
        bodyIncomplete: odd.incomplete,
        redacted: odd.redacted ? ["cookie"] : [],
        remoteAddress: "127.0.0.1",
      });
      expect(sha256(await bytesOf(`/requests/${record.id}/body`))).toBe(sha256(odd.body));
      if (!odd.truncated && !odd.incomplete) {
        const raw = await bytesOf(`/requests/${record.id}/raw`);
        expect(raw.equals(rawMessage(odd)), raw.subarray(0, 600).toString("latin1")).toBe(true);
      }
      await checkForward(odd, record);
    },
  );
});
