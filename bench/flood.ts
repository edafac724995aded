/** A page under a flood: long tasks and heap. */
import { setTimeout as sleep } from "node:timers/promises";
import { type CDPSession, chromium } from "@playwright/test";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { type PageTasks, watchPageTasks } from "./page-tasks.ts";
import { startHooklens } from "./processes.ts";
import { printLoad, printTable } from "./table.ts";

const ROWS_BEFORE = 10_000;
const PER_SECOND = 1_000;
const SECONDS = 30;
const SLICE_MS = 100;
/** The Long Tasks API's own bound. */
const LONG_TASK_MS = 50;

export async function benchFlood(): Promise<void> {
  const hooklens = await startHooklens();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const bin = await hooklens.mint();
    await sendCaptures(bin.url, ROWS_BEFORE);
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await page.goto(`http://localhost:${hooklens.port}/b/${bin.id}#key=${bin.key}`);
    await page.locator("#request-10000").waitFor();
    await sleep(2_000);
    const endOfTasks = await watchPageTasks(browser, page, LONG_TASK_MS);
    const heapBefore = await heapBytes(session);
    const sent = await flood(bin.url);
    await page.locator(`#request-${ROWS_BEFORE + sent}`).waitFor();
    const tasks = await endOfTasks();
    const heapAfter = await heapBytes(session);
    report({ sent, tasks, heapGrowth: heapAfter - heapBefore });
  } finally {
    await browser.close();
    await hooklens.stop();
  }
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize;
}

/** Sends in slices, so that the rate holds over the whole time; a slice that is late is not made up for. */
async function flood(url: string): Promise<number> {
  const slices = (SECONDS * 1000) / SLICE_MS;
  let sent = 0;
  for (let slice = 0; slice < slices; slice++) {
    const next = sleep(SLICE_MS);
    sent += await sendCaptures(url, (PER_SECOND * SLICE_MS) / 1000);
    await next;
  }
  return sent;
}

function report(seen: { sent: number; tasks: PageTasks; heapGrowth: number }): void {
  const row = (label: string, tasks: number[]) => [
    label,
    seen.sent,
    tasks.length,
    tasks.filter((ms) => ms > 100).length,
    Math.max(0, ...tasks).toFixed(0),
    (seen.heapGrowth / 1e6).toFixed(1),
  ];
  printLoad();
  printTable(
    [
      `flood, ${PER_SECOND}/s for ${SECONDS} s into ${ROWS_BEFORE} rows`,
      "sent",
      `tasks > ${LONG_TASK_MS} ms`,
      "tasks > 100 ms",
      "longest ms",
      "heap growth MB",
    ],
    [row("by the clock", seen.tasks.byClock), row("by processor time", seen.tasks.byProcessor)],
  );
}
