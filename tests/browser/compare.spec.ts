import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";
import { collectComplaints, row } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

const post = (body: string, type = "application/json", headers = {}) => ({
  method: "POST",
  headers: { "Content-Type": type, ...headers },
  body,
});

const order = (nonce: number, more: object = {}) =>
  post(
    JSON.stringify({ id: 12345678901, at: nonce, items: [{ sku: "a", count: nonce }], ...more }),
  );

const summary = (page: Page) => page.getByRole("article").getByRole("status").first();
const rows = (page: Page) => page.getByRole("group", { name: /^(Differences|Both)/ });

test("two requests are compared from the list, and what always changes is folded", async ({
  page,
  server,
}) => {
  const complaints = collectComplaints(page);
  const bin = await newBin(server.origin);
  await bin.capture(order(1), "/o");
  await bin.capture(order(2, { "😀": [1] }), "/o");
  const last = await bin.capture(order(3, { new: true }), "/o?x=1");
  await openRequest(page, bin, last);

  // Two that are marked.
  await row(page, 1).click({ modifiers: ["ControlOrMeta"] });
  await expect(page.getByRole("button", { name: "Compare: select one more" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await row(page, 2).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("button", { name: "Compare the two" }).click();
  await expect(page).toHaveURL(/\?compare=/);
  await expect(summary(page)).toHaveText("3 differences, and 1 place that always changes");
  await expect(rows(page)).toContainText('$["😀"]');
  expect(await findViolations(page, "comparison")).toEqual([]);

  // An address of its own, the other way round.
  await page.keyboard.press("w");
  await expect(rows(page)).toContainText('$["😀"]removed');
  await page.reload();
  await expect(rows(page)).toContainText('$["😀"]removed');

  // From one to the next, told in words.
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await expect(
    page.getByRole("status").filter({ hasText: "Difference 2 of 3, Body" }),
  ).toBeAttached();
  await page.keyboard.press("[");
  const said = page
    .getByRole("status")
    .filter({ hasText: "Difference 1 of 3, Body: $.at, changed" });
  await expect(said).toBeAttached();

  // One place is folded by hand, the rest is learned.
  await rows(page).getByText("$.at").hover();
  await rows(page)
    .getByRole("button", { name: /^Always changes/ })
    .first()
    .click();
  await expect(summary(page)).toHaveText("2 differences, and 2 places that always change");
  await page
    .getByRole("article")
    .getByRole("button", { name: "Always changes", exact: true })
    .click();
  const panel = page.getByRole("dialog", { name: "What always changes" });
  await panel.getByRole("button", { name: "Learn from requests like these" }).click();
  await expect(panel.getByText("1 place learned from the newest 3 requests")).toBeVisible();
  await expect(panel.getByText("body $.items[*].count")).toBeVisible();
  expect(await findViolations(page, "mask")).toEqual([]);
  await panel.getByRole("switch", { name: "body $.at" }).click();
  await expect(summary(page)).toHaveText("2 differences, and 2 places that always change");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  // With the one before it, by a key; everything, lines of JSON beside each other.
  await row(page, 3).click();
  await expect(page.getByRole("article", { name: "Request 3" })).toBeVisible();
  await page.keyboard.press("=");
  await expect(summary(page)).toHaveText("4 differences, and 1 place that always changes");
  await page.keyboard.press("a");
  await expect(rows(page)).toContainText('"id": 12345678901');
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article", { name: "Request 3" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("text, bytes, forms and the same are told apart", async ({ page, server }) => {
  const bin = await newBin(server.origin);
  const pair = async (before: RequestInit, after: RequestInit) =>
    `${await bin.capture(before)}..${await bin.capture(after)}`;
  const lines = (word: string) =>
    post(
      Array.from({ length: 300 }, (_, at) => (at === 200 ? word : `line ${at}`)).join("\n"),
      "text/plain",
    );
  const bytes = (at: number) => {
    const made = new Uint8Array(2_000);
    made[at] = 255;
    return { ...post(""), headers: { "Content-Type": "application/octet-stream" }, body: made };
  };
  const text = await pair(lines("a red word"), lines("a blue word"));
  const binary = await pair(bytes(100), bytes(1_500));
  const same = await pair(post("{}"), post("{}"));
  const masked = await pair(
    post("{}", "application/json", { "X-Trace": "1" }),
    post("{}", "application/json", { "X-Trace": "2" }),
  );
  const large = (value: number) =>
    post(JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ at, value: at * value }))));
  const huge = await pair(large(1), large(2));
  await openRequest(page, bin, text.slice(0, 36));
  const open = (which: string) => page.goto(`/b/${bin.id}?compare=${which}`);

  await open(text);
  await expect(rows(page)).toContainText("198 lines are the same");
  await expect(rows(page).getByText("red", { exact: true })).toBeVisible();
  await open(binary);
  await expect(rows(page)).toContainText("2 bytes differ, from byte 100 (0x64) on");
  await open(same);
  await expect(
    page.getByRole("heading", { name: "They are the same, byte for byte" }),
  ).toBeVisible();
  await open(masked);
  await page.getByRole("button", { name: "Show what differs" }).click();
  await expect(rows(page)).toContainText("X-Trace");
  await open(huge);
  await expect(summary(page)).toHaveText("19,999 differences, and 1 place that always changes");
  expect(await page.locator("body *").count()).toBeLessThan(3_000);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("both stand below each other, and the list is a tap away", async ({ page, server }) => {
    const bin = await newBin(server.origin);
    await bin.capture(order(1), "/o");
    await openRequest(page, bin, await bin.capture(order(2), "/o"));
    await page.getByRole("button", { name: "Compare" }).tap();
    await page.getByRole("menuitem", { name: "With another one in the list" }).tap();
    await row(page, 1).tap();
    await page.getByRole("button", { name: "Compare the two" }).tap();
    await expect(summary(page)).toHaveText("2 differences");
    expect(await findSmallTargets(page, "comparison")).toEqual([]);
    expect(await findViolations(page, "comparison on a phone")).toEqual([]);
    const [removed, added] = [
      rows(page).getByText("before: ").first(),
      rows(page).getByText("now: ").first(),
    ];
    expect((await removed.boundingBox())?.x).toBe((await added.boundingBox())?.x);
    await page.getByRole("button", { name: "Requests", exact: true }).tap();
    await expect(row(page, 2)).toBeVisible();
  });
});
