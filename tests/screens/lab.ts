import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { openRequest, type World } from "./world.ts";

async function open(page: Page, { full, handler }: World, kind: string): Promise<void> {
  await openRequest(page, full, "payment_intent.succeeded");
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(handler);
  await page.getByText("Try your handler").click();
  await page.getByRole("radio", { name: kind }).check();
}

/** A handler is tried; the one of these pictures counts what it gets, and verifies nothing. */
export const lab: readonly State[] = [
  { name: "lab-swapped", show: (page, world) => open(page, world, "Swapped") },
  ...["Twice", "One byte changed"].map((kind) => ({
    name: `lab-${kind.split(" ").at(-1)?.toLowerCase()}`,
    show: async (page: Page, world: World) => {
      await open(page, world, kind);
      await page.getByRole("button", { name: "Try it" }).click();
      await page.getByRole("region", { name: "The answers beside each other" }).waitFor();
      await page.getByRole("region", { name: "Try your handler" }).evaluate((panel) => {
        panel.scrollIntoView();
      });
    },
  })),
];
