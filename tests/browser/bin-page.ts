import type { Page } from "@playwright/test";
import { expect } from "#tests/helpers/browser.ts";

/** Mints by the button and waits for the inspector to be live; the capture URL that it shows. */
export async function mintByClick(page: Page): Promise<string> {
  await page.goto("/");
  await page.getByRole("button", { name: "Get a URL" }).click();
  await page.waitForURL(/\/b\/[a-z0-9]{20}$/);
  await untilLive(page);
  return shownUrl(page);
}

export async function untilLive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: /^Live/ })).toBeVisible();
}

async function shownUrl(page: Page): Promise<string> {
  const url = await page.locator("main code").first().textContent();
  expect(url).toMatch(/^http:\/\/localhost:\d+\/in\/[a-z0-9]{20}$/);
  return url ?? "";
}

/** The toast is there for six seconds, and while the focus is on it: a click alone may come too late on a slow machine. */
async function pressInToast(page: Page, name: "Undo" | "Do it now"): Promise<void> {
  const button = page.getByRole("region", { name: "Undo" }).getByRole("button", { name });
  await button.focus();
  await button.click();
}

export const undo = (page: Page) => pressInToast(page, "Undo");

/** Does at once what could still be undone. */
export const doItNow = (page: Page) => pressInToast(page, "Do it now");

export const rows = (page: Page) =>
  page.getByRole("listbox", { name: "Requests" }).getByRole("option");

/** The row of a request by its number. */
export const row = (page: Page, seq: number) => page.locator(`#request-${seq}`);

/** Whatever the page complains of, CSP included, is a failure of the test that collects it. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return complaints;
}
