import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { mintByClick, row } from "./bin-page.ts";

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)]);
  expect(found).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("every page and state passes axe", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("button", { name: "Get a URL" })).toBeVisible();
      await expectAccessible(page);
      const url = await mintByClick(page);
      await expectAccessible(page);
      await curl(`${url}/a`, { headers: { "Content-Type": "application/json" }, body: '{"a":1}' });
      await expect(row(page, 1)).toBeVisible();
      await expect(page.getByRole("article")).toContainText('"a"');
      await expectAccessible(page);
      await page.getByRole("button", { name: "Bin menu" }).click();
      await page.getByRole("menuitem", { name: "Delete bin" }).click();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Settings" }).click();
      await expect(page.getByRole("button", { name: /^Revoke/ })).toBeVisible();
      await expectAccessible(page);
      await page.context().clearCookies();
      await page.reload();
      await expect(page.getByText("This browser has no access")).toBeVisible();
      await expectAccessible(page);
    });
  });
}
