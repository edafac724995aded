import type { Page } from "@playwright/test";
import { wrappedRequest } from "#tests/fixtures/wrapped-values.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test.beforeEach(async ({ page, server }) => {
  const bin = await newBin(server.origin);
  const { path, init } = wrappedRequest(Date.now());
  await openRequest(page, bin, await bin.capture(init, path));
});

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("a value of the JSON tree is decoded step by step by one click, each step to be copied", async ({
  page,
}) => {
  const body = page.getByRole("group", { name: "Body as JSON" });
  await body.getByRole("button", { name: "payload decoded: URL-encoded › base64 › JSON" }).click();
  const panel = page.getByRole("region", { name: "payload decoded" });
  await expect(panel.getByRole("listitem").nth(1)).toContainText('{"order":17');
  await expect(panel.getByRole("group", { name: "Body as JSON" })).toContainText('"order": 17');
  await panel.getByRole("button", { name: "Copy JSON" }).click();
  expect(await copied(page)).toBe('{"order":17,"note":"two large boxes"}');

  await body.getByRole("button", { name: "avatar decoded" }).click();
  await expect(page.getByRole("img", { name: "Captured content" })).toBeVisible();
  await body.getByRole("button", { name: "created decoded: time" }).click();
  await expect(page.getByRole("region", { name: "created decoded" })).toContainText("seconds");
  await expect(body.getByRole("button", { name: /^(id|phone) decoded/ })).toHaveCount(0);
  expect(await findViolations(page, "decoded body")).toEqual([]);

  await page.getByRole("button", { name: "Close the decoded value" }).click();
  await expect(page.getByRole("region", { name: "created decoded" })).toHaveCount(0);
});

test("the keyboard alone decodes: d, and the arrows along the lines", async ({ page }) => {
  await expect(page.getByRole("group", { name: "Body as JSON" })).toBeVisible();
  await page.keyboard.press("d");
  await expect(page.getByRole("region", { name: "created decoded" })).toBeVisible();
  await page.getByRole("group", { name: "Body as JSON" }).first().focus();
  await page.keyboard.press("ArrowDown");
  const token = page.getByRole("region", { name: "token decoded" });
  await expect(token).toContainText("Its signature has not been checked");
  await expect(token.getByRole("list", { name: "Times of the token" })).toContainText(
    /Expired 5 min ago.*had expired when it arrived/,
  );
  await page.keyboard.press("d");
  await expect(token).toHaveCount(0);
});

test("headers, their parameters, cookies and the query are decoded beside what was sent", async ({
  page,
}) => {
  await page.keyboard.press("2");
  const headers = page.getByRole("tabpanel", { name: "Headers" });
  await headers.getByRole("button", { name: "session decoded: base64 › JSON" }).click();
  await expect(headers).toContainText('"user": 42');
  await page.keyboard.press("d");
  await expect(headers.getByRole("list", { name: "t, decoded" })).toContainText("Unix time");
  await expect(headers.getByRole("list", { name: "Authorization, decoded" })).toContainText(
    "HS256",
  );
  await expect(headers).toContainText("Bearer ey");
  expect(await findViolations(page, "decoded headers")).toEqual([]);

  await page.keyboard.press("3");
  const query = page.getByRole("tabpanel", { name: "Query" });
  await expect(query.getByRole("list", { name: "next, decoded" })).toContainText(
    "https://shop.example/thanks",
  );
  await expect(query.getByRole("list", { name: "state, decoded" })).toContainText('"order": 17');
});
