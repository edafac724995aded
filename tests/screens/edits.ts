import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { openRequest, type World } from "./world.ts";

async function openEditor(page: Page, world: World, words: string): Promise<void> {
  await openRequest(page, world.full, words);
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(world.handler);
  await page.getByText("Edit before sending").click();
  await page.getByRole("textbox", { name: "Body as text" }).waitFor();
}

/** A captured request, changed before it is sent on. */
export const edits: readonly State[] = [
  {
    name: "edit",
    show: async (page, world) => {
      await openEditor(page, world, "/");
      await page.getByLabel("Method").fill("PUT");
      await page.getByRole("textbox", { name: "Body as text" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "edit-fault",
    show: async (page, world) => {
      await openEditor(page, world, "/");
      await page.getByRole("textbox", { name: "Body as text" }).click();
      await page.keyboard.press("ControlOrMeta+Home");
      await page.keyboard.type('{"amount": 12 "currency"');
      await page.getByText(/^No valid JSON/).waitFor();
    },
  },
];
