/**
 * From a click on a request with a large body until its first rows are painted, and the tasks in which the page answers
 * to nobody. Each body is opened several times and the best run stands: what others do on the machine only adds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { largeBodies, type SentBody } from "./bodies.ts";
import { startHooklens } from "./processes.ts";
import { median, printLoad, printTable } from "./table.ts";

/** How long the page is watched after the first paint: work on the rest of a body would still hold it. */
const WATCHED_MS = 1_000;

type Opening = {
  /** From the click's own time to the first task behind the frame that holds the body's first rows. */
  paintMs: number;
  /** Every task over 50 ms (the Long Tasks API's own bound) since the click. */
  tasksMs: number[];
  /** A fixed loop in the same page just before, for comparison between machines and moments. */
  loopMs: number;
};

export async function benchOpening(rounds: number): Promise<void> {
  const hooklens = await startHooklens();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const bin = await hooklens.mint();
    const bodies = largeBodies();
    await send(bin, { name: "small", type: "text/plain", bytes: new Uint8Array([120]) });
    for (const body of bodies) await send(bin, body);
    const page = await browser.newPage();
    await page.goto(`http://localhost:${hooklens.port}/b/${bin.id}#key=${bin.key}`);
    await page.locator(`#request-${bodies.length + 1}`).waitFor();
    const results = new Map<SentBody, Opening[]>(bodies.map((body) => [body, []]));
    // The first round warms up the page's code.
    for (let round = 0; round <= rounds; round++) {
      for (const [index, body] of bodies.entries()) {
        const opening = await openBody(page, index + 2);
        if (round > 0) results.get(body)?.push(opening);
      }
    }
    report(results);
  } finally {
    await browser.close();
    await hooklens.stop();
  }
}

async function send(bin: BinMinted, { type, coding, bytes }: SentBody): Promise<void> {
  const headers = { "Content-Type": type, ...(coding ? { "Content-Encoding": coding } : {}) };
  const answer = await fetch(bin.url, { method: "POST", headers, body: bytes });
  if (!answer.ok) throw new Error(`A body of ${bytes.length} bytes was not taken.`);
}

async function openBody(page: Page, seq: number): Promise<Opening> {
  await page.locator("#request-1").click();
  await page.getByRole("article", { name: "Request 1" }).getByText("x", { exact: true }).waitFor();
  const loopMs = await page.evaluate(timeLoop);
  await page.evaluate(watchOpening, seq);
  await page.locator(`#request-${seq}`).click();
  const paintMs = await page.evaluate(() => Reflect.get(window, "painted") as Promise<number>);
  await sleep(WATCHED_MS);
  const tasksMs = await page.evaluate(() => Reflect.get(window, "longTasks") as number[]);
  return { paintMs, tasksMs, loopMs };
}

/** In the page. */
function timeLoop(): number {
  const startedAt = performance.now();
  let state = 1;
  for (let turn = 0; turn < 10_000_000; turn++) state = (Math.imul(state, 1_664_525) + 1) | 0;
  // So that no compiler leaves the loop out.
  return performance.now() - startedAt + (state === 0 ? 1 : 0);
}

/** In the page: waits for rows of a body under the request's heading, then for the frame that shows them. */
function watchOpening(seq: number): void {
  const tasks: number[] = [];
  let clickedAt = Number.POSITIVE_INFINITY;
  document.addEventListener("click", (event) => (clickedAt = event.timeStamp), {
    capture: true,
    once: true,
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.startTime + entry.duration > clickedAt) tasks.push(entry.duration);
    }
  }).observe({ type: "longtask" });
  const painted = new Promise<number>((resolve) => {
    const look = new MutationObserver(() => {
      const article = document.querySelector(`article[aria-label="Request ${seq}"]`);
      if (!article?.querySelector("[role=tabpanel] [data-row]")) return;
      look.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - clickedAt);
        port2.postMessage(null);
      });
    });
    look.observe(document.body, { subtree: true, childList: true });
  });
  Object.assign(window, { longTasks: tasks, painted });
}

function report(results: Map<SentBody, Opening[]>): void {
  const best = (values: number[]) => Math.min(...values);
  const over = (ms: number) => (opening: Opening) =>
    opening.tasksMs.filter((task) => task > ms).length;
  printLoad();
  printTable(
    [
      "opening, best of runs",
      "MB sent",
      "first paint ms",
      "median",
      "of the loop",
      "tasks > 50 ms",
      "tasks > 100 ms",
      "longest ms",
      "median",
    ],
    [...results].map(([body, openings]) => {
      const longest = openings.map(({ tasksMs }) => Math.max(0, ...tasksMs));
      const paints = openings.map(({ paintMs }) => paintMs);
      return [
        body.name,
        (body.bytes.length / 1e6).toFixed(1),
        best(paints).toFixed(0),
        median(paints).toFixed(0),
        best(openings.map(({ paintMs, loopMs }) => paintMs / loopMs)).toFixed(1),
        best(openings.map(over(50))),
        best(openings.map(over(100))),
        best(longest).toFixed(0),
        median(longest).toFixed(0),
      ];
    }),
  );
}
