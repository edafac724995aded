import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { type LocalShop, signAsStripe, startLocalShop } from "#tests/helpers/local-shop.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";

const payload =
  '{\n  "id": "evt_1Qbrowser",  "object": "event",\r\n  "amount": 20.0, "note": "ü 😀"\n}';
const captured = (headers: Record<string, string> = {}) => ({
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "Stripe-Signature": signAsStripe(payload),
    "User-Agent": "Stripe/1.0",
    Cookie: "a=1",
    ...headers,
  },
  body: payload,
});

let shop: LocalShop;
test.beforeAll(async ({ server }) => {
  shop = await startLocalShop(`http://localhost:${server.port}`);
});
test.afterAll(() => shop.close());

const newest = (page: Page): Locator =>
  page.getByRole("list", { name: "Forwards, newest first" }).locator("> li").first();

async function lastAttempt(bin: WatchedBin, id: string) {
  const [forward] = (await bin.list(id)).items;
  return { forward, attempt: forward?.attempts[0] };
}

test("this page delivers to localhost, as far as a browser can, and says what it can't keep", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const id = await bin.capture(captured());
  await openRequest(page, bin, id);
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByText("this browser, to localhost").click();
  const panel = page.getByRole("region", { name: "Sent by this browser" });
  await page.getByLabel("Forward to").fill(`${shop.origin}/open/webhooks`);
  await expect(panel.getByText("The body goes byte for byte.")).toContainText("Stripe’s signature");
  await panel.getByText("What a browser makes of the rest").click();
  const differences = panel.getByRole("list", { name: "What will differ" });
  await expect(differences).toContainText("Cookie: a=1a page may not set it");

  await page.getByRole("button", { name: "Send" }).click();
  await expect(newest(page).getByText("✓ 200")).toBeVisible();
  await expect(newest(page)).toContainText("evt_1Qbrowser");
  const { forward, attempt } = await lastAttempt(bin, id);
  expect(forward).toMatchObject({ byBrowser: true, state: "delivered" });
  expect(attempt?.error).toBeNull();
});
