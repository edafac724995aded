import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { mintAnother, type World } from "./world.ts";

async function openPage(page: Page, world: World, rest = ""): Promise<void> {
  const bin = await mintAnother(world);
  await page.goto(`${new URL(bin.dashboardUrl).origin}/b/${bin.id}/resends${rest}#key=${bin.key}`);
}

async function send(page: Page, to: string): Promise<void> {
  await page.getByLabel("Send to").fill(to);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await page.getByRole("button", { name: /^Send / }).click();
}

/** Many requests sent again by the server. */
export const resends: readonly State[] = [
  {
    name: "resend-plan",
    show: async (page, world) => {
      await openPage(page, world, "?q=provider:stripe");
      await page.getByLabel("Send to").fill("https://staging.example.com/hooks");
      await page.getByLabel("Per second at most").fill("10");
      await page.getByRole("button", { name: "Show the plan" }).click();
      await page.getByRole("status", { name: "Plan" }).waitFor();
    },
  },
  {
    name: "resends",
    show: async (page, world) => {
      await openPage(page, world);
      await send(page, world.handler);
      await page.getByText(/^Done: /).waitFor();
      await send(page, "http://127.0.0.1:9/webhooks");
      await page.getByRole("list", { name: "What did not arrive" }).waitFor();
    },
  },
];
