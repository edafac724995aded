import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { collectComplaints, mintByClick, row, untilLive } from "./bin-page.ts";

const SECRET = "it's a secret to everybody";
const BODY = '{"zen":"Keep it logically awesome."}';

const github = (secret: string) => ({
  body: BODY,
  headers: {
    "Content-Type": "application/json",
    "X-GitHub-Event": "ping",
    "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "X-Hub-Signature-256": `sha256=${createHmac("sha256", secret).update(BODY).digest("hex")}`,
  },
});

async function settings(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Signing secrets" })).toBeVisible();
}

test("a secret that is typed in by keyboard says of each request whether it is genuine, those before it too", async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  const url = await mintByClick(page);
  await curl(url, github(SECRET));
  await curl(url, github("another"));
  await expect(row(page, 2)).toBeVisible();
  await settings(page);
  const provider = page.getByRole("combobox", { name: "Provider" });
  await expect(provider).toHaveValue("github");
  await provider.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("repository");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Secret" })).toHaveAccessibleDescription(
    /Settings > Webhooks/,
  );
  await page.keyboard.type(SECRET);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const kept = page.getByRole("list", { name: "Kept secrets" }).getByRole("listitem");
  await expect(kept).toContainText("GitHub · repository");
  await expect(page.getByRole("textbox", { name: "Secret" })).toHaveValue("");
  expect(await page.content()).not.toContain(SECRET);

  await page.getByRole("link", { name: "Requests" }).click();
  await untilLive(page);
  await row(page, 1).click();
  await expect(page.getByText("signature verified").first()).toBeVisible();
  await row(page, 2).click();
  await expect(page.getByText("signature failed").first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a mistake is told at the field, a removed secret is gone, a bin can refuse what is not verified, and one that came by itself is confirmed", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await settings(page);
  await expect(page.getByText("No secret is kept here")).toBeVisible();
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByRole("combobox", { name: "Provider" })).toHaveAccessibleDescription(
    /Choose whose/,
  );
  await page.getByRole("combobox", { name: "Provider" }).selectOption({ label: "Stripe" });
  const secret = page.getByRole("textbox", { name: "Signing secret" });
  await secret.fill("sk_live_51H");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(secret).toHaveAccessibleDescription(/not how a secret of Stripe is written/);
  await page.getByRole("combobox", { name: "Provider" }).selectOption({ label: "Shopify" });
  await expect(page.getByText("speaks for your whole account or app at Shopify")).toBeVisible();
  await page.getByRole("combobox", { name: "Provider" }).selectOption({ label: "GitHub" });
  await page.getByRole("textbox", { name: "Secret" }).fill(SECRET);
  await page.getByRole("button", { name: "Add secret" }).click();
  await page.getByRole("button", { name: "Remove the secret of GitHub" }).click();
  await page.getByRole("button", { name: "Remove secret", exact: true }).click();
  await expect(page.getByText("No secret is kept here")).toBeVisible();

  await page.getByRole("switch", { name: "Answer 401" }).check();
  await expect(page.getByText("all senders get 401")).toBeVisible();
  const checks = page.getByRole("form", { name: "Checks" });
  await checks.getByRole("button", { name: "Save" }).click();
  await expect(checks.getByText("Saved", { exact: true })).toBeVisible();
  expect((await curl(url, github(SECRET))).status).toBe(401);
  await page.getByRole("link", { name: "Requests" }).click();
  await row(page, 1).click();
  await expect(page.getByText("This bin takes only what is verified")).toBeVisible();

  await curl(url, { body: "{}", headers: { "X-Hook-Secret": "b537207f" } });
  await settings(page);
  const kept = page.getByRole("list", { name: "Kept secrets" }).getByRole("listitem");
  await expect(async () => {
    await page.reload();
    await expect(kept).toContainText("Came with request #2, nobody typed it");
  }).toPass();
  await kept.getByRole("button", { name: "Confirm the secret of Asana" }).click();
  await expect(kept).not.toContainText("nobody typed it");
});
