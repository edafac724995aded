import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { curl } from "#tests/helpers/curl.ts";
import { startRecordingSink } from "#tests/helpers/recording-sink.ts";
import { findViolations } from "./axe.ts";
import { collectComplaints, doItNow, mintByClick, row, rows, untilLive } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const openLabels = async (page: Page, open: Promise<void>) => {
  await open;
  await expect(page.getByRole("combobox", { name: /Find a label/ })).toBeFocused();
};
/** With or without the number of requests that have it, which comes when the server has told. */
const choice = (page: Page, name: string) =>
  dialog(page, "Labels").getByRole("option", {
    name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( \\d+)?$`),
  });
const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected requests" });
const marked = async (page: Page, ...seqs: number[]) => {
  for (const seq of seqs) await row(page, seq).click({ modifiers: ["ControlOrMeta"] });
};

test("requests are pinned, labelled and noted by keyboard, found by it, and several at once", async ({
  page,
  context,
}) => {
  const complaints = collectComplaints(page);
  const url = await mintByClick(page);
  await sendCaptures(url, 5);
  await row(page, 5).click();

  await press(page, "Shift+P");
  await expect(row(page, 5)).toContainText("pinned");
  await openLabels(page, press(page, "Shift+L"));
  await page.keyboard.type("to do");
  await press(page, "Enter");
  await expect(choice(page, "to do")).toHaveAttribute("aria-checked", "true");
  await page.keyboard.type("<b>bug</b>");
  await press(page, "Enter");
  await expect(choice(page, "<b>bug</b>")).toBeVisible();
  await page.keyboard.type("a,b");
  await expect(choice(page, "A comma ends a label: leave it out")).toBeVisible();
  expect(await findViolations(page, "labels")).toEqual([]);
  await press(page, "Escape");
  await expect(row(page, 5)).toContainText("to do<b>bug</b>");

  await press(page, "Shift+N");
  await expect(page.getByRole("textbox", { name: /^Note/ })).toBeFocused();
  await page.keyboard.type("Came twice.");
  await press(page, "Enter");
  await page.keyboard.type("Ask \u05d0\u05e0\u05d4");
  await press(page, "Control+Enter");
  await expect(page.getByRole("note", { name: "Note" })).toHaveText(
    "Came twice.\nAsk \u05d0\u05e0\u05d4",
  );
  await expect(row(page, 5)).toContainText("note: Came twice.");
  expect(await findViolations(page, "head")).toEqual([]);

  // Another page, under a filter, follows what is done here.
  const other = await context.newPage();
  await other.goto(page.url().split("?")[0] ?? "");
  await untilLive(other);
  const found = other.getByRole("listbox", { name: "Requests, newest first" }).getByRole("option");
  await other.getByRole("combobox", { name: "Filter requests" }).fill("label:bug");
  await expect(found).toHaveCount(0);
  await page.bringToFront();
  await marked(page, 2, 4);
  await openLabels(page, press(page, "Shift+L"));
  await page.keyboard.type("bug");
  await press(page, "End");
  await choice(page, "New label: bug").click();
  await expect(choice(page, "bug")).toHaveAttribute("aria-checked", "true");
  await press(page, "Escape");
  await expect(found).toHaveCount(2);
  // The labels that the dialog offers to take off are those that its own page has heard of.
  for (const seq of [2, 4]) await expect(row(page, seq)).toContainText("bug");
  await openLabels(page, press(page, "Shift+L"));
  await choice(page, "bug").click();
  await expect(choice(page, "bug")).toHaveAttribute("aria-checked", "false");
  await press(page, "Escape");
  await expect(found).toHaveCount(0);
  await other.close();

  const sink = await startRecordingSink();
  await bar(page).getByRole("button", { name: "Forward" }).click();
  const forwarding = dialog(page, "Forward 2 requests");
  await forwarding.getByLabel("Forward to").fill(sink.origin);
  await press(page, "Enter");
  await expect(forwarding.getByText("2 of 2 delivered.")).toBeVisible();
  await expect(forwarding.getByRole("listitem")).toContainText([/#2.*200 in/, /#4.*200 in/]);
  expect(sink.arrivals).toHaveLength(2);
  await sink.close();
  await press(page, "Escape");

  await bar(page).getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog(page, "Export").getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  expect(lines.slice(1, -1).map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([
    2, 4,
  ]);
  await press(page, "Escape");

  await press(page, "Shift+P");
  await expect(row(page, 2)).toContainText("pinned");
  await press(page, "Control+k");
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await page.keyboard.type("Clear all");
  await press(page, "Enter");
  const clearing = dialog(page, "Clear the requests?");
  await expect(clearing).toContainText("3 of them are pinned.");
  await clearing.getByRole("button", { name: "Clear the others" }).click();
  await expect(page.getByText("2 requests are cleared.")).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await doItNow(page);
  await curl(url, { body: "new" });
  await expect(rows(page)).toHaveCount(4);
  await page.reload();
  await expect(rows(page)).toHaveCount(4);
  await row(page, 5).click();
  await press(page, "Shift+P");
  await expect(page.getByText(/^Not unpinned\. .* Delete it/)).toBeVisible();
  await expect(row(page, 5)).toContainText("pinned");
  expect(complaints.filter((each) => !each.includes("409"))).toEqual([]);
});

test.describe("with a finger", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a phone has room for it all", async ({ page }) => {
    const url = await mintByClick(page);
    await sendCaptures(url, 2);
    await marked(page, 2, 1);
    await expect(bar(page).getByRole("button")).toHaveCount(7);
    const small = await findSmallTargets(page, "bar");
    await openLabels(page, bar(page).getByRole("button", { name: "Label" }).click());
    await page.keyboard.type("x".repeat(40));
    await press(page, "Enter");
    await expect(choice(page, "x".repeat(40))).toBeVisible();
    small.push(...(await findSmallTargets(page, "labels")));
    await press(page, "Escape");
    await bar(page).getByRole("button", { name: "Select none" }).click();
    await row(page, 2).click();
    await page.getByRole("button", { name: "Pin, label, note" }).click();
    await page.getByRole("menuitem", { name: "Write a note" }).click();
    await page.getByRole("textbox", { name: /^Note/ }).fill("long ".repeat(800));
    small.push(...(await findSmallTargets(page, "note")));
    await page.getByRole("button", { name: "Save note" }).click();
    await expect(page.getByRole("note", { name: "Note" })).toBeVisible();
    small.push(...(await findSmallTargets(page, "head")));
    expect(small).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
  });
});
