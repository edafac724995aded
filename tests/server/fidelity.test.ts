import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { Destination } from "#lib/contract/destinations.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { exchange, finalAnswer, statusOf } from "#tests/helpers/exchange.ts";
import { cellsOf, forwardedCell } from "#tests/helpers/fidelity-matrix.ts";
import {
  forwardedHeaders,
  framed,
  rawMessage,
  receivedParts,
  sha256,
} from "#tests/helpers/odd-sent.ts";
import { type RawSink, startRawSink } from "#tests/helpers/raw-sink.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

let bin: BinMinted;
let sink: RawSink;
/** Where all goes by itself. */
let destined: RawSink;
let destinationId: string;

beforeAll(async () => {
  const minted = await fetch(`${server.origin}/api/bins`, { method: "POST" });
  bin = (await minted.json()) as BinMinted;
  [sink, destined] = [await startRawSink(), await startRawSink()];
  const added = await api("/destinations", {
    method: "POST",
    body: JSON.stringify({ url: `${destined.origin}/hook` }),
  });
  destinationId = ((await added.json()) as Destination).id;
});

afterAll(async () => {
  await sink?.close();
  await destined?.close();
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

const bytesOf = async (path: string) => Buffer.from(await (await api(path)).arrayBuffer());

async function checkForward(odd: OddRequest, record: CapturedRequest): Promise<void> {
  const body = JSON.stringify({ to: `${sink.origin}/hook`, append: true });
  const answer = await api(`/requests/${record.id}/forwards`, { method: "POST", body });
  if (odd.truncated || odd.incomplete) return expect(answer.status).toBe(409) as void;
  expect(answer.status, await answer.clone().text()).toBe(201);
  const forward = (await answer.json()) as Forward;
  expectSame(odd, forward, receivedParts(await sink.next()), sink.host);
}

function expectSame(
  odd: OddRequest,
  forward: Forward | undefined,
  sent: ReturnType<typeof receivedParts>,
  host: string,
): void {
  expect(sent).toEqual({
    line: expect.stringMatching(new RegExp(`^${odd.method} /hook`)),
    headers: forwardedHeaders(odd),
    hosts: [host],
    forwardIds: [forward?.id],
    framedSha256: sha256(framed(odd)),
  });
  const [attempt] = forward?.attempts ?? [];
  expect(attempt?.bodySha256Sent).toBe(sha256(odd.body));
  expect(forwardedCell(attempt?.changes ?? [])).toBe(cellsOf(odd).forwarded);
}

/** What goes by itself is the same; what was not captured whole is dead, and says why. */
async function checkDestination(odd: OddRequest, record: CapturedRequest): Promise<void> {
  const isWhole = !odd.truncated && !odd.incomplete;
  const sent = isWhole ? receivedParts(await destined.next()) : null;
  const forward = await until(async () => {
    const page = (await (await api(`/requests/${record.id}/forwards`)).json()) as Page<Forward>;
    const own = page.items.find((each) => each.destinationId === destinationId);
    return own && own.state !== "pending" && own;
  }, "the destination's forward");
  if (sent) return expectSame(odd, forward, sent, destined.host);
  expect(forward).toMatchObject({ state: "dead", deadReason: "body_incomplete", attempts: [] });
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
      await Promise.all([checkForward(odd, record), checkDestination(odd, record)]);
    },
  );
});
