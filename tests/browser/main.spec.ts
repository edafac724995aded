import { sign } from "@octokit/webhooks-methods";
import Stripe from "stripe";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { collectComplaints, doItNow, mintByClick, row, rows, undo, untilLive } from "./bin-page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const clipboard = "navigator.clipboard.readText()";

test("Enter gives a URL; what curl sends to it is seen live, byte for byte", async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Get a URL" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/b\/[a-z0-9]{20}$/);
  await untilLive(page);
  await expect(page.getByText("Waiting for the first request")).toBeVisible();

  await page.locator("main").getByRole("button", { name: "Copy URL" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
  const url = await page.evaluate<string>(clipboard);
  const dashboard = page.url();

  await curl(`${url}/json?a=1`, {
    headers: { "Content-Type": "application/json" },
    body: '{"big": 12345678901234567890, "a": {"z": 1, "b": 2}}',
  });
  await expect(row(page, 1)).toContainText("/json?a=1");
  await expect(row(page, 1)).toHaveAttribute("aria-selected", "true");
  const request = page.getByRole("article", { name: "Request 1" });
  await expect(request).toContainText("12345678901234567890");

  await curl(`${url}/form`, { body: "name=Ada+Lovelace&note=%E2%9C%93" });
  await expect(row(page, 2)).toContainText("application/x-www-form-urlencoded");
  await expect(request).toBeVisible();
  await row(page, 2).click();
  await expect(page.getByRole("article", { name: "Request 2" })).toContainText("Ada Lovelace");

  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  await curl(`${url}/binary`, {
    headers: { "Content-Type": "application/octet-stream" },
    body: bytes,
  });
  await expect(row(page, 3)).toContainText("256 B");
  await row(page, 3).click();
  const binary = page.getByRole("article", { name: "Request 3" });
  await expect(binary).toContainText("f8 f9 fa fb fc fd fe ff");
  await expect(binary).toContainText("answered 200");

  expect(page.url().split("?")[0]).toBe(dashboard);
  expect(complaints).toEqual([]);
});

test("events signed by Stripe's and GitHub's own packages are recognised as they arrive", async ({
  page,
}) => {
  const url = await mintByClick(page);
  const event = JSON.stringify({
    id: "evt_1P2x9Z",
    object: "event",
    type: "payment_intent.succeeded",
    data: { object: { id: "pi_3P2x9Z", amount: 4200 } },
  });
  const { webhooks } = new Stripe("sk_test_0");
  await curl(`${url}/stripe`, {
    headers: {
      "Content-Type": "application/json",
      "Stripe-Signature": webhooks.generateTestHeaderString({
        payload: event,
        secret: "whsec_test",
      }),
    },
    body: event,
  });
  await expect(row(page, 1)).toContainText("payment_intent.succeeded");
  await expect(row(page, 1)).toContainText("Stripe");

  const push = JSON.stringify({ ref: "refs/heads/main", commits: [] });
  await curl(`${url}/github`, {
    headers: {
      "Content-Type": "application/json",
      "X-GitHub-Event": "push",
      "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-Hub-Signature-256": await sign("secret", push),
    },
    body: push,
  });
  await expect(row(page, 2)).toContainText("push");
  await expect(row(page, 2)).toContainText("GitHub");
  await row(page, 2).click();
  await expect(page.getByRole("article")).toContainText("72d3162e-cc78-11e3-81ab-4c9367dc0958");
});

test("the page sends a test request that carries no cookie", async ({ page }) => {
  await mintByClick(page);
  await page.getByRole("button", { name: "Send a test request" }).click();
  await expect(row(page, 1)).toContainText("POST");
  const request = page.getByRole("article", { name: "Request 1" });
  await expect(request).toContainText("test.requested");
  await request.getByRole("tab", { name: /Headers/ }).click();
  const headers = request.getByRole("tabpanel", { name: /Headers/ });
  await expect(headers).toContainText("application/json");
  await expect(headers).not.toContainText(/cookie/i);
});

test("requests are removed one by one and all at once, here and in another tab", async ({
  page,
  context,
}) => {
  const url = await mintByClick(page);
  for (const path of ["/one", "/two", "/three"]) await curl(url + path, { body: "x" });
  await expect(rows(page)).toHaveCount(3);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(rows(other)).toHaveCount(3);

  // Behind another page frames come once in a second.
  await page.bringToFront();
  await row(page, 2).click();
  await page.getByRole("button", { name: "Delete this request" }).click();
  await expect(rows(page)).toHaveCount(2);
  await undo(page);
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Delete this request" }).click();
  await expect(rows(other)).toHaveCount(3);
  await doItNow(page);
  await expect(row(page, 1)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("listbox")).toBeFocused();
  await expect(rows(other)).toHaveCount(2);

  await other.bringToFront();
  await other.getByRole("button", { name: "Bin menu" }).click();
  await other.getByRole("menuitem", { name: "Clear requests" }).click();
  await curl(`${url}/since`, { body: "x" });
  await doItNow(other);
  for (const tab of [page, other]) {
    await expect(rows(tab)).toHaveCount(1);
    await expect(row(tab, 4)).toContainText("/since");
  }
});
