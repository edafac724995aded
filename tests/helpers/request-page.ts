import type { Locator, Page } from "@playwright/test";
import { mintBin } from "./forwarding.ts";

export type WatchedBin = Awaited<ReturnType<typeof mintBin>>;

export const TABS = [
  "Body",
  "Headers",
  "Query",
  "Timing",
  "Forwards",
  "Raw",
  "Deliveries",
  "Signature",
] as const;

export const newBin = (origin: string): Promise<WatchedBin> => mintBin(origin);

/** Opens one captured request as a person with the private link does. */
export async function openRequest(page: Page, bin: WatchedBin, requestId: string): Promise<void> {
  await page.goto(`/b/${bin.id}?request=${requestId}#key=${bin.key}`);
  await page.getByRole("tab", { name: "Body" }).waitFor();
}

/** Until nothing in the panel is being loaded or read any more. */
export async function untilShown(panel: Locator): Promise<void> {
  await panel.waitFor();
  const busy = panel.getByText(/^(Loading|Reading|Decompressing) /);
  await busy.first().waitFor({ state: "detached" });
}

/** Shows every tab and every view that the body and the raw message offer; `look` is called at each. */
export async function openEveryView(
  page: Page,
  look: (place: string) => Promise<void> = async () => undefined,
): Promise<void> {
  for (const tab of TABS) {
    await page.getByRole("tab", { name: tab }).click();
    const panel = page.getByRole("tabpanel", { name: tab });
    await untilShown(panel);
    const views = await panel.getByLabel("Show the body as").getByRole("button").all();
    for (const view of views) {
      await view.click();
      await untilShown(panel);
      await untilDrawn(page);
      await look(`${tab} as ${await view.textContent()}`);
    }
    if (views.length === 0) await look(tab);
  }
}

/** Until what is on the page, its frames included, is loaded and drawn: whatever it sets off has begun by then. */
async function untilDrawn(page: Page): Promise<void> {
  await Promise.all(page.frames().map((frame) => frame.waitForLoadState()));
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}
