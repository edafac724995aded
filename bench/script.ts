/** What script each page brings: compressed bytes with their headers, by the time it can be worked with, and in all. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { startHooklens } from "./processes.ts";
import { printTable } from "./table.ts";

/** Also for a machine that has other things to do. */
const SETTLE_MS = 5_000;

type Visit = { name: string; url: string; width: number; ready: (page: Page) => Promise<void> };
type Way = { encoding: "br" | "gzip"; idle: boolean };

export async function benchScript(): Promise<void> {
  const hooklens = await startHooklens();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const used = await hooklens.mint();
    const event = JSON.stringify({ id: "evt_1", type: "invoice.paid", data: { amount: 4200 } });
    const headers = { "Content-Type": "application/json" };
    await fetch(`${used.url}/hook`, { method: "POST", headers, body: event });
    const origin = `http://localhost:${hooklens.port}`;
    const visits: Visit[] = [
      {
        name: "/",
        url: origin,
        width: 1280,
        ready: (page) => page.getByRole("button", { name: "Get a URL" }).waitFor(),
      },
      {
        name: "/ and the bin that it mints",
        url: origin,
        width: 1280,
        ready: async (page) => {
          await page.getByRole("button", { name: "Get a URL" }).click();
          await page.getByText("Nothing has arrived yet").waitFor();
        },
      },
      {
        name: "a bin, its newest request open",
        url: `${origin}/b/${used.id}#key=${used.key}`,
        width: 1280,
        ready: (page) => page.getByRole("group", { name: "Body as JSON" }).waitFor(),
      },
      {
        name: "a bin on a phone",
        url: `${origin}/b/${used.id}#key=${used.key}`,
        width: 390,
        ready: (page) => page.locator("#request-1").waitFor(),
      },
      {
        name: "settings",
        url: `${origin}/b/${used.id}/settings#key=${used.key}`,
        width: 1280,
        ready: (page) => page.getByRole("button", { name: "Save answer" }).waitFor(),
      },
    ];
    const rows: (string | number)[][] = [];
    for (const visit of visits) {
      const ready = await scriptOf(browser, visit, { encoding: "br", idle: false });
      const zipped = await scriptOf(browser, visit, { encoding: "gzip", idle: false });
      const all = await scriptOf(browser, visit, { encoding: "br", idle: true });
      rows.push([visit.name, ready.files, kb(ready), kb(zipped), kb(all)]);
    }
    printTable(["script", "files", "br KB", "gzip KB", "br KB with what comes when idle"], rows);
  } finally {
    await browser.close();
    await hooklens.stop();
  }
}

type Script = { files: number; bytes: number };

const kb = ({ bytes }: Script) => (bytes / 1000).toFixed(0);

async function scriptOf(
  browser: Browser,
  { url, width, ready }: Visit,
  { encoding, idle }: Way,
): Promise<Script> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    extraHTTPHeaders: { "Accept-Encoding": encoding },
  });
  const page = await context.newPage();
  if (!idle)
    await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  const sizes = await watchScripts(page);
  await page.goto(url);
  await ready(page);
  // What is still on its way by now is not waited for by anybody.
  await sleep(SETTLE_MS);
  await context.close();
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The sizes of all scripts as they came over the wire. */
async function watchScripts(page: Page): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  const sizes: number[] = [];
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) sizes.push(encodedDataLength);
  });
  return sizes;
}
