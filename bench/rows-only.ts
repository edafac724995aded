/**
 * The other reference: the same rows through the same writer into the same Postgres, without HTTP. Prints one JSON line.
 *
 * node bench/rows-only.ts '{"url":"postgresql://...","binId":"b","bodyBytes":1000,"connections":64,"seconds":5}'
 */
import { randomBytes } from "node:crypto";
import { newRequestId } from "#lib/capture/request-id.ts";
import { Writer } from "#lib/capture/writer.ts";
import type { Draft } from "#lib/contract/draft.ts";
import { UNCHECKED } from "#lib/contract/requests.ts";
import { createLog } from "#lib/log.ts";
import { createCaptureStore } from "#lib/store/capture-store.ts";
import { type RowsLoad, summarise } from "./load.ts";

const { url, binId, bodyBytes, connections, seconds } = JSON.parse(
  process.argv[2] ?? "{}",
) as RowsLoad;

const log = createLog("warn");
const store = createCaptureStore(
  { url },
  { bins: { find: async () => null }, vault: { ofBin: async () => [] } },
  log,
);
const writer = new Writer({ store, log, onStored: () => {} });
const body = Buffer.alloc(bodyBytes, "x");
const bodySha256 = randomBytes(32);
const latencies: number[] = [];
const startedAt = performance.now();
const endsAt = startedAt + seconds * 1000;
const cpuBefore = process.cpuUsage();
let open = connections;
let refused = 0;

for (let i = 0; i < connections; i++) next();

function next(): void {
  const addedAt = performance.now();
  if (addedAt >= endsAt) return void (--open === 0 && finish());
  writer.add(draft(), (outcome) => {
    if (outcome.kind !== "stored") refused++;
    latencies.push(performance.now() - addedAt);
    setImmediate(next);
  });
}

function draft(): Draft {
  return {
    id: newRequestId(),
    binId,
    receivedAtUs: Date.now() * 1000,
    method: "POST",
    target: "",
    targetPrefix: `/in/${binId}`,
    origin: "http://localhost:3000",
    httpVersion: "1.1",
    headers: [
      ["Host", "localhost:3000"],
      ["User-Agent", "Bench/1.0"],
      ["Accept", "*/*"],
      ["Content-Type", "application/json"],
      ["X-Event", "order.created"],
      ["Content-Length", String(bodyBytes)],
    ],
    trailers: [],
    contentType: "application/json",
    body,
    largeBody: null,
    bodySize: bodyBytes,
    bodyDeclaredSize: bodyBytes,
    bodyTruncated: false,
    bodyIncomplete: false,
    bodySha256,
    remoteAddress: "127.0.0.1",
    signature: UNCHECKED,
    refused: false,
    cookieRedacted: false,
    handshake: null,
    provider: null,
    threadKey: null,
    response: { status: 200, headers: [], bodySize: 0 },
    imported: null,
    providerChosen: false,
    headMs: 0.1,
    bodyMs: 0.1,
  };
}

function finish(): void {
  const took = (performance.now() - startedAt) / 1000;
  console.log(JSON.stringify(summarise(latencies, refused, took, process.cpuUsage(cpuBefore))));
  void store.stop();
}
