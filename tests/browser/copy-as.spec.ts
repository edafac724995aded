import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";
import { collectComplaints, row } from "./bin-page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

let bin: WatchedBin;
test.beforeEach(async ({ server }) => {
  bin = await newBin(server.origin);
});

const JSON_TYPE = { "Content-Type": "application/json" };
const copied = (page: Page) => page.evaluate<string>("navigator.clipboard.readText()");
const card = (page: Page) => page.getByRole("group", { name: "Copied request" });
const trigger = (page: Page) => page.getByRole("button", { name: "Copy as" });

async function open(page: Page, body: BodyInit = '{"it\'s":1}', method = "POST"): Promise<void> {
  const id = await bin.capture({ method, headers: JSON_TYPE, body }, "/a|b?x=1");
  await openRequest(page, bin, id);
  await expect(trigger(page)).toBeEnabled();
}

test("c copies as curl by keys alone, and the command makes the same request again", async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await open(page);
  await page.keyboard.press("c");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("status").filter({ hasText: "Copied as cURL (bash)." }),
  ).toBeAttached();
  await expect(trigger(page)).toBeFocused();
  execFileSync("bash", [], { input: await copied(page), stdio: "pipe" });
  await row(page, 2).click();
  await expect(page.getByRole("article", { name: "Request 2" })).toContainText("/a|b?x=1");
  await expect(page.getByRole("article", { name: "Request 2" })).toContainText('"it\'s": 1');
  expect(complaints).toEqual([]);
});

test("what a form can't do is shown until it is put away", async ({ page }) => {
  await open(page);
  await page.keyboard.press("c");
  await expect(page.getByRole("menuitem", { name: "fetch" })).toBeVisible();
  await page.keyboard.type("fe");
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("Copied as fetch (JavaScript)");
  await expect(card(page)).toContainText("fetch sets its own value: connection");
  expect(await copied(page)).toContain("const response = await fetch(");
  await page.keyboard.press("Escape");
  await expect(card(page)).toBeHidden();
  await expect(page.getByRole("article", { name: "Request 1" })).toBeVisible();
  await expect(trigger(page)).toBeFocused();
});

test("a form is found in the palette", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill("python");
  await page.keyboard.press("Enter");
  await expect(card(page)).toContainText("Copied as Python requests");
  expect(await copied(page)).toContain("import requests");
});

test("a body that is too long for a text is saved beside it", async ({ page }) => {
  const body = randomBytes(300_000);
  await open(page, body);
  await trigger(page).click();
  await page.getByRole("menuitem", { name: "cURL" }).click();
  await expect(card(page)).toContainText("save its 300,000 bytes there first");
  expect(await copied(page)).toContain("--data-binary @body.bin");
  const download = page.waitForEvent("download");
  await card(page).getByRole("button", { name: "Save body.bin" }).click();
  expect(await readFile(await (await download).path())).toEqual(body);
});

test("a body that is no text is left out of the message, which can be downloaded", async ({
  page,
}) => {
  await open(page, randomBytes(50));
  await trigger(page).click();
  await page.getByRole("menuitem", { name: "Raw HTTP" }).click();
  await expect(card(page)).toContainText("The body is left out");
  const download = page.waitForEvent("download");
  await card(page).getByRole("link", { name: "Download the raw message" }).click();
  const message = await readFile(await (await download).path());
  expect(message.toString("latin1")).toMatch(/^POST \/in\//);
});

test("a copy that fails says why, and the next one works", async ({ page }) => {
  await page.route("**/body", (route) => route.abort());
  await open(page);
  await trigger(page).click();
  await page.getByRole("menuitem", { name: "HTTPie" }).click();
  await expect(card(page)).toContainText("Not copied: The server did not answer.");
  await page.unroute("**/body");
  await trigger(page).click();
  await page.getByRole("menuitem", { name: "HTTPie" }).click();
  await expect(card(page)).toContainText("Copied as HTTPie");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("by touch, and the notes stay within the window", async ({ page }) => {
    await open(page);
    await trigger(page).tap();
    await page.getByRole("menuitem", { name: "HTTPie" }).tap();
    await expect(card(page)).toContainText("HTTPie puts the headers into its own order.");
    const box = await card(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    await card(page).getByRole("button", { name: "Close" }).tap();
    await expect(card(page)).toBeHidden();
  });
});
