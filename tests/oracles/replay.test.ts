import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pairHeaders } from "#lib/contract/headers.ts";
import { sign } from "#lib/signatures/sign.ts";
import { type Delivery, isAccepted, type Oracle } from "./oracle.ts";
import { oracles } from "./oracles.ts";

const DAY_MS = 24 * 3_600_000;
const replayed = ["stripe", "github", "standard-webhooks", "slack", "shopify"];

/** A developer's handler, one path for each package: 200 for what the package accepts. */
const handler: Server = createServer((incoming, response) => {
  void judge(incoming).then((isGood) => response.writeHead(isGood ? 200 : 401).end());
});
let origin = "";

async function judge(incoming: IncomingMessage): Promise<boolean> {
  const { method = "", url = "", rawHeaders } = incoming;
  const oracle = oracles[Number(url.slice(1))];
  const body = await buffer(incoming);
  const headers = pairHeaders(rawHeaders);
  return oracle !== undefined && isAccepted(oracle, { method, url: origin + url, headers, body });
}

beforeAll(async () => {
  handler.listen(0, "127.0.0.1");
  await once(handler, "listening");
  origin = `http://127.0.0.1:${(handler.address() as AddressInfo).port}`;
});

afterAll(() => handler.close());

async function post({ method, url, headers, body }: Delivery): Promise<number> {
  const sent = request(url, { method, headers: Object.fromEntries(headers), agent: false });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

const named = oracles
  .map((oracle, at) => [`${oracle.provider} (${oracle.scheme})`, oracle, at] as const)
  .filter(([, { provider }]) => replayed.includes(provider));

test("all five are here", () => {
  expect(new Set(named.map(([, { provider }]) => provider)).size).toBe(replayed.length);
});

async function signAgain(oracle: Oracle, old: Delivery): Promise<Delivery> {
  const secret = { id: "s1", provider: oracle.provider, value: oracle.secret };
  const signed = await sign(old, oracle.provider, secret, { nowMs: Date.now() });
  return { ...old, headers: signed.headers, body: Buffer.from(signed.body), url: signed.url };
}

test.each(named)(
  "an event of %s, a day old and edited, is signed again and accepted by the package in a local handler",
  async (_, oracle, at) => {
    const url = `${origin}/${at}`;
    const old = { ...(await oracle.sign(oracle.delivery, Date.now() - DAY_MS)), url };
    expect(await post(old)).toBe(oracle.refusesOld ? 401 : 200);
    const edited = { ...old, body: Buffer.from(old.body.toString().replace(/ü|%C3%BC/, "u")) };
    expect(edited.body).not.toEqual(old.body);
    expect(await post(edited)).toBe(401);
    expect(await post(await signAgain(oracle, edited))).toBe(200);
  },
);
