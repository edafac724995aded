import type { Page } from "@playwright/test";
import { wrappedRequest } from "#tests/fixtures/wrapped-values.ts";
import type { State } from "./states.ts";
import { mintAnother, openRequest, type World } from "./world.ts";

async function openWrapped(page: Page, world: World): Promise<void> {
  const bin = await mintAnother(world);
  const { path, init } = wrappedRequest(Date.now());
  await fetch(`${bin.url}/wrapped${path}`, init);
  await openRequest(page, bin, "/wrapped");
}

const pill = (page: Page, name: RegExp) => page.getByRole("button", { name });

/** Values shown decoded beside what was sent. */
export const decoded: readonly State[] = [
  {
    name: "decoded-body",
    show: async (page, world) => {
      await openWrapped(page, world);
      await pill(page, /^payload decoded/).click();
      await page
        .getByRole("region", { name: "payload decoded" })
        .getByRole("group")
        .last()
        .waitFor();
    },
  },
  {
    name: "decoded-token",
    show: async (page, world) => {
      await openWrapped(page, world);
      await pill(page, /^token decoded/).click();
      await page.getByRole("list", { name: "Times of the token" }).waitFor();
    },
  },
  {
    name: "decoded-headers",
    show: async (page, world) => {
      await openWrapped(page, world);
      await page.getByRole("tab", { name: "Headers" }).click();
      await pill(page, /^session decoded/).click();
      await pill(page, /^Authorization decoded/).click();
      await page.getByRole("list", { name: "Times of the token" }).waitFor();
    },
  },
  {
    name: "decoded-query",
    show: async (page, world) => {
      await openWrapped(page, world);
      await page.getByRole("tab", { name: "Query" }).click();
      await page.keyboard.press("d");
      await page.getByRole("list", { name: "state, decoded" }).waitFor();
    },
  },
];
