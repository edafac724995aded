import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { openRequest, type World } from "./world.ts";

async function chooseBrowser(page: Page, world: World): Promise<void> {
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByText("this browser, to localhost").click();
  await page.getByLabel("Forward to").fill(world.handler);
  await page.getByText("What a browser makes of the rest").waitFor();
}

/** A page sends to its own machine; the handler of these pictures knows nothing of CORS. */
export const browserForwards: readonly State[] = [
  {
    name: "browser-differs",
    show: async (page, world) => {
      await openRequest(page, world.full, "/stripe");
      await chooseBrowser(page, world);
      await page.getByText("What a browser makes of the rest").click();
      await page.getByText("What a browser makes of the rest").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "browser-cors",
    show: async (page, world) => {
      await openRequest(page, world.full, "/stripe");
      await chooseBrowser(page, world);
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByText("✕ cors").waitFor();
      await page.getByText("Let this page in (CORS)").scrollIntoViewIfNeeded();
    },
  },
];
