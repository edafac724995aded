/** `npm run screens`: remakes docs/screens, every state in light and dark, on the desktop and the phone. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { type SampleRequest, sampleRequests } from "#tests/fixtures/sample-requests.ts";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

const folder = path.resolve(import.meta.dirname, "../docs/screens");
const views = [
  { name: "desktop", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
];
const TABS = ["Body", "Headers", "Query", "Timing", "Forwards", "Raw"];

type World = { server: TestServer; full: BinMinted; empty: BinMinted; target: string };

async function mint(server: TestServer, name?: string): Promise<BinMinted> {
  const body = JSON.stringify(name ? { name } : {});
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${server.origin}/api/bins`, { method: "POST", headers, body });
  return (await answer.json()) as BinMinted;
}

/** Over node:http, which keeps the headers' letter case and adds none that a provider would not send. */
function send(url: string, { method, target, headers, body = "" }: SampleRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const all = { Accept: "*/*", "Content-Length": Buffer.byteLength(body), ...headers };
    const request = http.request(url + target, { method, headers: all }, (answer) => {
      answer.resume().once("end", resolve);
    });
    request.once("error", reject);
    request.end(body);
  });
}

/** Takes the pictures of one page after the other, in the order a person would see them. */
async function shoot(
  page: Page,
  world: World,
  shot: (name: string) => Promise<void>,
): Promise<void> {
  const { server, full, empty, target } = world;
  await page.goto(server.origin);
  await shot("landing");
  await page.goto(`${empty.dashboardUrl}#key=${empty.key}`);
  await page.getByRole("button", { name: "Copy URL" }).first().waitFor();
  await shot("waiting");
  await page.goto(`${full.dashboardUrl}#key=${full.key}`);
  await page.getByText("payment_intent.succeeded").first().waitFor();
  await shot("list");
  await page.getByText("payment_intent.succeeded").first().click();
  for (const tab of TABS) {
    await page.getByRole("tab", { name: new RegExp(tab) }).click();
    if (tab === "Forwards") await forward(page, target);
    await shot(`request-${tab.toLowerCase()}`);
  }
  await page.goto(`${full.dashboardUrl}/settings`);
  await page.getByText("Keys").first().waitFor();
  await shot("settings");
  await page.goto(`${server.origin}/b/${"a".repeat(20)}`);
  await shot("unknown-bin");
}

async function forward(page: Page, target: string): Promise<void> {
  await page.getByLabel("Forward to").fill(target);
  await page.keyboard.press("Enter");
  await page
    .getByText(/\b200\b/)
    .last()
    .waitFor();
}

async function shootAll(browser: Browser, world: World): Promise<void> {
  for (const { name, width, height } of views) {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await shoot(page, world, async (state) => {
        await page.waitForTimeout(700); // fonts, the live mark, relative times
        await page.screenshot({
          path: path.join(folder, `${state}-${name}-${colorScheme}.jpg`),
          type: "jpeg",
          quality: 70,
        });
      });
      await context.close();
      console.log(`${name}, ${colorScheme}`);
    }
  }
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-screens-"));
const server = await startServer({ dataDir });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: CHROMIUM_ARGS,
});
const handler = http.createServer((_, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ received: true }));
});
handler.listen(0, "127.0.0.1");
try {
  mkdirSync(folder, { recursive: true });
  const full = await mint(server, "orders-dev");
  const empty = await mint(server);
  for (const sample of sampleRequests) await send(full.url, sample);
  const address = handler.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await shootAll(browser, { server, full, empty, target: `http://localhost:${port}/webhooks` });
} finally {
  await browser.close();
  await server.stop();
  handler.close();
  rmSync(dataDir, { recursive: true, force: true });
}
