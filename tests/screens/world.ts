import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { type SampleRequest, sampleRequests } from "#tests/fixtures/sample-requests.ts";
import { type Proxy, startProxy } from "#tests/helpers/proxy.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

/** What the pictures are taken of. */
export type World = {
  server: TestServer;
  /** As browsers go to it. */
  origin: string;
  /** The same server over a way that can be cut. */
  proxy: Proxy;
  full: BinMinted;
  empty: BinMinted;
  /** Where a handler answers. */
  handler: string;
  close: () => Promise<void>;
};

export async function makeWorld(): Promise<World> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-screens-"));
  const server = await startServer({ dataDir, env: { MINT_RATE: "0" } });
  const proxy = await startProxy(server.port);
  const handler = await startHandler();
  const { port } = handler.address() as AddressInfo;
  const { mint } = createApiClient({ origin: server.origin });
  const full = await mint({ name: "orders-dev" });
  for (const sample of sampleRequests) await send(full.url, sample);
  return {
    server,
    origin: new URL(full.url).origin,
    proxy,
    full,
    empty: await mint(),
    handler: `http://localhost:${port}/webhooks`,
    close: async () => {
      handler.close();
      await proxy.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Another bin, with some requests, for what can't be undone. */
export async function mintAnother(world: World): Promise<BinMinted> {
  const bin = await createApiClient({ origin: world.server.origin }).mint({
    name: "orders-staging",
  });
  for (const sample of sampleRequests.slice(-4)) await send(bin.url, sample);
  return bin;
}

/** Opens a bin as a person with its private link does. */
export async function openBin(page: Page, bin: BinMinted, origin?: string): Promise<void> {
  const { pathname } = new URL(bin.dashboardUrl);
  await page.goto(`${origin ?? new URL(bin.dashboardUrl).origin}${pathname}#key=${bin.key}`);
  await page.getByRole("button", { name: /^Live/ }).waitFor();
}

/** Opens the newest request whose row says this. */
export async function openRequest(page: Page, bin: BinMinted, words: string): Promise<void> {
  await openBin(page, bin);
  await page.getByRole("option").filter({ hasText: words }).first().click();
  await page.getByRole("article").waitFor();
}

async function startHandler(): Promise<http.Server> {
  let count = 0;
  const handler = http.createServer((_, response) => {
    count += 1;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ received: true, order: 10023, attempt: count }, null, 2));
  });
  handler.listen(0, "127.0.0.1");
  await once(handler, "listening");
  return handler;
}

/** Over node:http, which keeps the headers' letter case and adds none that a provider would not send. */
export function send(url: string, sample: SampleRequest): Promise<void> {
  const { method, target, headers, body = "" } = sample;
  const { hostname, port, pathname } = new URL(url);
  const all = { Accept: "*/*", "Content-Length": String(Buffer.byteLength(body)), ...headers };
  const sent = Object.entries(all).map(([name, value]) => [name, asBytes(value)]);
  return new Promise((resolve, reject) => {
    const request = http.request({
      hostname,
      port,
      method,
      path: pathname + target,
      headers: Object.fromEntries(sent),
    });
    request.once("response", (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${method} ${target}: ${answer.statusCode}`));
      answer.resume().once("end", resolve);
    });
    request.once("error", reject);
    request.end(body);
  });
}

/** UTF-8, one character for each byte: node:http takes no others in a header. */
const asBytes = (text: string) => Buffer.from(text).toString("latin1");
