/** Milliseconds from the moment a request is sent until its row stands on the screen of a watching browser. */
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { startHooklens } from "./processes.ts";
import { printTable } from "./table.ts";

const PER_SECOND = 20;
const SECONDS = 20;

export async function benchScreen(): Promise<void> {
  const hooklens = await startHooklens();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const bin = await hooklens.mint();
    const page = await browser.newPage();
    await page.goto(`http://localhost:${hooklens.port}/b/${bin.id}#key=${bin.key}`);
    await page.getByText("live", { exact: false }).first().waitFor();
    await page.evaluate(watchRows);
    const sent = await sendSteadily(bin.url);
    await sleep(1_000);
    const seen = await page.evaluate(
      () => (window as unknown as { seen: Record<string, number> }).seen,
    );
    report(sent, seen);
  } finally {
    await browser.close();
    await hooklens.stop();
  }
}

/** In the page: notes when a row that names a marker is first painted, on the clock of the wall. */
function watchRows(): void {
  const seen: Record<string, number> = {};
  Object.assign(window, { seen });
  const look = () => {
    for (const [marker] of document.body.innerText.matchAll(/m-\d+-end/g))
      seen[marker] ??= Date.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function sendSteadily(url: string): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  for (let i = 0; i < PER_SECOND * SECONDS; i++) {
    const marker = `m-${i}-end`;
    sent.set(marker, Date.now());
    void fetch(`${url}/${marker}`, { method: "POST", body: "{}" });
    await sleep(1000 / PER_SECOND);
  }
  return sent;
}

function report(sent: Map<string, number>, seen: Record<string, number>): void {
  const delays = [...sent]
    .flatMap(([marker, at]) => (seen[marker] ? [seen[marker] - at] : []))
    .sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor((delays.length - 1) * share)] ?? Number.NaN;
  printTable(
    [`capture to screen, ${PER_SECOND}/s`, "sent", "seen", "median ms", "p95 ms", "max ms"],
    [["", sent.size, delays.length, at(0.5), at(0.95), at(1)]],
  );
}
