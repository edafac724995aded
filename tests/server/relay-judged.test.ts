import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { pairHeaders } from "#lib/contract/headers.ts";
import { createCall } from "#tests/helpers/call.ts";
import { endClis, startCli } from "#tests/helpers/cli.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { type Delivery, flipped, isAccepted, type Oracle } from "#tests/oracles/oracle.ts";
import { oracles } from "#tests/oracles/oracles.ts";

let handler: http.Server;
let bin: BinMinted;
/** Some sign the URL that they call: a handler behind a proxy is told it by its settings. */
let urlCalled: string;

/** Judges with the official package of the sender that the path names, as a developer's handler does. */
async function judge(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { method = "", url = "", rawHeaders } = request;
  const oracle = oracles[Number(url.slice(1))] as Oracle;
  const headers = pairHeaders(rawHeaders);
  const given = { method, url: urlCalled, headers, body: await buffer(request) };
  response.writeHead((await isAccepted(oracle, given)) ? 200 : 400);
  response.end(oracle.provider);
}

beforeAll(async () => {
  handler = http.createServer((request, response) => void judge(request, response));
  handler.listen(0, "127.0.0.1");
  await once(handler, "listening");
  bin = await mintAt(server.origin, {
    listenerWaitMs: 25_000,
    // Adyen wants `[accepted]` for each event.
    handshakes: false,
  });
  const to = `http://localhost:${(handler.address() as AddressInfo).port}`;
  await startCli(["listen", bin.url, "--to", to], { key: bin.key }).says("Connected.");
});

afterAll(async () => {
  endClis();
  handler?.close();
});

/** The sender's own view: the answer that it gets from the capture URL. */
async function answerTo(oracle: Oracle, { method, url, headers, body }: Delivery) {
  urlCalled = url;
  const target = `/in/${bin.id}/${oracles.indexOf(oracle)}`;
  const answer = await createCall(server)(method, target, {
    headers: Object.fromEntries(headers),
    body,
  });
  return [answer.status, answer.bytes.toString()];
}

test.each(oracles.map((oracle) => [`${oracle.provider} (${oracle.scheme})`, oracle] as const))(
  "an event of %s passes its official package behind listen, a turned bit does not, and the sender sees the handler's status",
  async (_, oracle) => {
    const signed = await oracle.sign(oracle.delivery, Date.now());
    expect(await answerTo(oracle, signed)).toEqual([200, oracle.provider]);
    expect(await answerTo(oracle, flipped(oracle, signed))).toEqual([400, oracle.provider]);
  },
);
