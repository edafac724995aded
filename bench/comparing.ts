/**
 * From the address of a comparison of two large bodies until its first differences are painted, and the longest task, in
 * which the page answers to nobody. The best of several runs stands: what others do on the machine only adds.
 */
import { type Browser, chromium, type Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { largeBodies, type SentBody } from "./bodies.ts";
import { watchPageTasks } from "./page-tasks.ts";
import { startHooklens } from "./processes.ts";
import { median, printLoad, printTable } from "./table.ts";

const COMPARED = ["JSON, one line", "XML", "text with a 1 MB line", "binary"];

type Comparing = { paintMs: number; clockMs: number; processorMs: number };

export async function benchComparing(rounds: number): Promise<void> {
  const hooklens = await startHooklens();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const bin = await hooklens.mint();
    const page = await browser.newPage();
    const bodies = largeBodies().filter(({ name }) => COMPARED.includes(name));
    const rows: string[][] = [];
    for (const body of bodies) {
      const pair = `${await send(bin, body)}..${await send(bin, changed(body))}`;
      const found: Comparing[] = [];
      await page.goto(`http://localhost:${hooklens.port}/b/${bin.id}#key=${bin.key}`);
      await page.locator("#request-2").waitFor();
      // The first round warms up the page's code.
      for (let round = 0; round <= rounds; round++) {
        const one = await compare(browser, page, pair);
        if (round > 0) found.push(one);
      }
      rows.push(rowOf(body, found));
    }
    printLoad();
    printTable(
      [
        "comparing with one place in 100 changed",
        "MB each",
        "first paint ms",
        "median",
        "longest task ms",
        "of processor time",
        "median",
      ],
      rows,
    );
  } finally {
    await browser.close();
    await hooklens.stop();
  }
}

function rowOf({ name, bytes }: SentBody, found: Comparing[]): string[] {
  const paints = found.map(({ paintMs }) => paintMs);
  const processor = found.map(({ processorMs }) => processorMs);
  return [
    name,
    (bytes.length / 1e6).toFixed(1),
    Math.min(...paints).toFixed(0),
    median(paints).toFixed(0),
    Math.min(...found.map(({ clockMs }) => clockMs)).toFixed(0),
    Math.min(...processor).toFixed(0),
    median(processor).toFixed(0),
  ];
}

/** Some of its digits turned, which leaves it what it is. */
function changed(body: SentBody): SentBody {
  const bytes = body.bytes.slice();
  let seen = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x31 || byte > 0x38) continue;
    seen += 1;
    if (seen % 100 === 0) bytes[at] = byte + 1;
  }
  return { ...body, bytes };
}

async function send(bin: BinMinted, { type, bytes }: SentBody): Promise<string> {
  const answer = await fetch(bin.url, {
    method: "POST",
    headers: { "Content-Type": type },
    body: bytes,
  });
  if (!answer.ok) throw new Error(`A body of ${bytes.length} bytes was not taken.`);
  return answer.headers.get("Hooklens-Request-Id") ?? "";
}

async function compare(browser: Browser, page: Page, pair: string): Promise<Comparing> {
  await page.locator("#request-1").click();
  await page.getByRole("article", { name: "Request 1" }).waitFor();
  const endWatch = await watchPageTasks(browser, page, 0);
  const paintMs = await page.evaluate(openComparison, pair);
  const { byClock, byProcessor } = await endWatch();
  return { paintMs, clockMs: Math.max(0, ...byClock), processorMs: Math.max(0, ...byProcessor) };
}

/** In the page: until the frame that shows the first differences. */
function openComparison(pair: string): Promise<number> {
  const startedAt = performance.now();
  history.pushState(null, "", `?compare=${pair}`);
  return new Promise((resolve) => {
    const look = new MutationObserver(() => {
      if (!document.querySelector('[aria-label="Differences"] [data-row]')) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedAt)));
    });
    look.observe(document.body, { subtree: true, childList: true });
  });
}
