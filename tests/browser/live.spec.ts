import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, test } from "@playwright/test";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import { sendCapture } from "#tests/helpers/captures.ts";
import { type Proxy, startProxy } from "#tests/helpers/proxy.ts";
import { freePort, startServer, type TestServer } from "#tests/helpers/server.ts";
import { doItNow, rows, untilLive } from "./bin-page.ts";

const SECONDS = Number(process.env["LIVE_CUTS_SECONDS"] ?? 60);
const PER_SECOND = 25;
/** The loss comes last: nothing but silence tells of it. */
const CUTS = [
  "path",
  "offline",
  "server",
  "stall",
  "path",
  "offline",
  "server",
  "stall",
  "path",
  "loss",
] as const;

let dataDir: string;
let port: number;
let server: TestServer;
let proxy: Proxy;

const start = () =>
  startServer({ dataDir, env: { PORT: String(port), HOST: "127.0.0.1", MINT_RATE: "0" } });

test.beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-live-"));
  port = await freePort();
  server = await start();
  proxy = await startProxy(port);
});

test.afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test(`after ${SECONDS} s with ${CUTS.length} cuts under load the page shows exactly what is stored`, async ({
  page,
  context,
}) => {
  test.setTimeout((SECONDS + 180) * 1000);
  const bin = await createApiClient({ origin: server.origin }).mint();
  const api = createApiClient({ origin: server.origin, key: bin.key });
  await page.goto(`${proxy.origin}/b/${bin.id}#key=${bin.key}`);
  await untilLive(page);
  const other = await context.newPage();
  await other.goto(`${server.origin}/b/${bin.id}`);
  await untilLive(other);

  let isOver = false;
  const load = sendSteadily(`${server.origin}/in/${bin.id}`, () => isOver);
  const removals = removeSteadily(api, bin.id, () => isOver);
  await cutTheWay(page, other).finally(() => {
    isOver = true;
  });
  await Promise.all([load, removals]);

  await untilLive(page);
  await sendCapture(`${server.origin}/in/${bin.id}`);
  const stored = await storedSeqs(api, bin.id);
  expect(stored.length).toBeGreaterThan(PER_SECOND);
  await expect(async () => {
    expect(await shownSeqs(page)).toEqual(stored);
    expect(await shownSeqs(other)).toEqual(stored);
  }).toPass({ timeout: 90_000 });
  await expect(page.getByText(String(stored.length), { exact: true }).first()).toBeVisible();
});

async function sendSteadily(url: string, isOver: () => boolean): Promise<void> {
  const sends: Promise<number>[] = [];
  while (!isOver()) {
    sends.push(sendCapture(url));
    await sleep(1000 / PER_SECOND);
  }
  await Promise.all(sends);
}

async function removeSteadily(api: ApiClient, bin: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await sleep(500);
    const page = await api.requests(bin, { limit: 100 }).catch(() => null);
    const victim = page?.items[Math.floor(Math.random() * page.items.length)];
    if (victim) await api.deleteRequest(bin, victim.id).catch(() => undefined);
  }
}

/** Evenly over the time. Twice the other tab clears the bin just after one. */
async function cutTheWay(page: Page, other: Page): Promise<void> {
  const everyMs = (SECONDS * 1000) / CUTS.length;
  for (const [index, cut] of CUTS.entries()) {
    const next = performance.now() + everyMs;
    await steps[cut](page, everyMs);
    if (index === 1 || index === 4) await clear(other);
    await sleep(Math.max(0, next - performance.now()));
  }
}

const steps: Record<(typeof CUTS)[number], (page: Page, everyMs: number) => Promise<void>> = {
  path: async () => proxy.cut(),
  offline: async (page, everyMs) => {
    await page.context().setOffline(true);
    await sleep(everyMs / 4);
    await page.context().setOffline(false);
  },
  server: async () => {
    await server.kill("SIGKILL");
    server = await start();
  },
  stall: async (_page, everyMs) => {
    proxy.stall();
    await sleep(everyMs / 2);
    proxy.flow();
  },
  loss: async (page) => {
    await untilConnected(page);
    // Timers of a tab behind another one are held back to one a second.
    await page.bringToFront();
    // Only ways that are open are lost: a page that was just opening another one is live over that.
    await expect(async () => {
      proxy.lose();
      await untilReconnecting(page, 20_000);
    }).toPass({ timeout: 65_000 });
  },
};

/** A page on a slow machine may be behind for as long as the load lasts. */
async function untilConnected(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: /^(Live|Behind)/ })).toBeVisible();
}

/** It may be back within half a second. */
async function untilReconnecting(page: Page, timeout: number): Promise<void> {
  const isReconnecting = () =>
    [...document.querySelectorAll('[role="status"]')].some(({ textContent }) =>
      textContent?.startsWith("Reconnecting"),
    );
  await page.waitForFunction(isReconnecting, undefined, { polling: 50, timeout });
}

async function clear(other: Page): Promise<void> {
  await untilConnected(other);
  await other.getByRole("button", { name: "Bin menu" }).click();
  await other.getByRole("menuitem", { name: "Clear requests" }).click();
  await doItNow(other);
  await expect(other.getByRole("button", { name: "Undo" })).toBeHidden();
}

async function storedSeqs(api: ApiClient, bin: string): Promise<number[]> {
  const seqs: number[] = [];
  let cursor: string | null = null;
  do {
    const read = await api.requests(bin, { limit: 200, cursor });
    seqs.push(...read.items.map((item) => item.seq));
    cursor = read.next;
  } while (cursor);
  return seqs;
}

/** Only the rows in sight are on the page, so all are seen by scrolling through. Newest first, as they stand. */
async function shownSeqs(page: Page): Promise<number[]> {
  // A tab behind another one draws no frames, and so no rows for where it was scrolled to.
  await page.bringToFront();
  await expect(rows(page).first()).toBeVisible();
  return page.getByRole("listbox").evaluate(async (list) => {
    const places = new Map<number, number>();
    const settle = () => new Promise((done) => setTimeout(done, 60));
    list.scrollTop = 0;
    let timesAtEnd = 0;
    for (;;) {
      await settle();
      for (const row of list.querySelectorAll('[role="option"][id^="request-"]')) {
        places.set(Number(row.getAttribute("aria-posinset")), Number(row.id.slice(8)));
      }
      const older = list.querySelector('[role="option"]:not([id^="request-"])');
      // A read that was lost on its way is asked for again, as a person would.
      if (older instanceof HTMLElement && older.textContent.includes("Try again")) older.click();
      const isEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      timesAtEnd = isEnd ? timesAtEnd + 1 : 0;
      // Older ones are read when the end comes near, which takes a while.
      if (timesAtEnd > 10) break;
      list.scrollTop += list.clientHeight;
    }
    return [...places].sort((a, b) => a[0] - b[0]).map(([, seq]) => seq);
  });
}
