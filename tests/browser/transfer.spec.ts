import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { findViolations } from "./axe.ts";
import { collectComplaints, mintByClick, row, rows } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

async function fromPalette(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill(name);
  await page.keyboard.press("Enter");
}

async function mintWithThree(page: Page): Promise<string> {
  const url = await mintByClick(page);
  await curl(`${url}/one`, { headers: { "Content-Type": "application/json" }, body: '{"a":1}' });
  await curl(`${url}/two`, { body: Buffer.from([0, 255, 128]) });
  await curl(`${url}/three?x=1`, { method: "PUT" });
  await expect(rows(page)).toHaveCount(3);
  return url;
}

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog(page, "Export").getByRole("button", { name: "Export", exact: true }).press("Enter"),
  ]);
  expect(download.suggestedFilename()).toMatch(/^hooklens-[a-z0-9]{20}-[\d-]+\.ndjson$/);
  return readFile(await download.path(), "utf8");
}

test("a bin goes into a file and comes back out of it into another bin, by keyboard", async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await mintWithThree(page);
  await fromPalette(page, "Export requests");
  await expect(dialog(page, "Export").getByText(/^3 requests, about/)).toBeVisible();
  const file = await exported(page);
  await expect(dialog(page, "Export").getByText("Whole.")).toBeVisible();
  expect(file.split("\n").length).toBe(6);

  await mintByClick(page);
  await fromPalette(page, "Import requests");
  const chooser = page.waitForEvent("filechooser");
  await dialog(page, "Import").getByRole("button", { name: "Choose a file" }).press("Enter");
  await (await chooser).setFiles({
    name: "orders.ndjson",
    mimeType: "",
    buffer: Buffer.from(file.replace("\n", "\nnonsense\n")),
  });
  await expect(dialog(page, "Import").getByText("3 requests imported")).toBeVisible();
  await expect(dialog(page, "Import").getByText("Line 2")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(3);
  await expect(row(page, 3)).toContainText("imported");
  await row(page, 3).click();
  await expect(page.getByText("where it was #3")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("the filter goes along; what the server breaks off is no file, and can be saved all the same", async ({
  page,
}) => {
  await mintWithThree(page);
  await page.getByRole("combobox", { name: "Filter requests" }).fill("method:PUT");
  await expect(rows(page)).toHaveCount(1);
  await fromPalette(page, "Export requests");
  await expect(dialog(page, "Export").getByText(/^1 request, about/)).toBeVisible();
  expect(JSON.parse((await exported(page)).split("\n")[1] ?? "")).toMatchObject({ method: "PUT" });

  const cut = { status: 200, body: '{"hooklens":"export","version":1}\n{"id":"1' };
  await page.route("**/export?*", (route) => route.fulfill(cut));
  await dialog(page, "Export").getByRole("button", { name: "Export again" }).click();
  await expect(dialog(page, "Export").getByText("Cut: the file is not whole.")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog(page, "Export").getByRole("button", { name: "Save what came" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^incomplete-/);
});

test("a file that is dropped on the page is imported, and what is none is told", async ({
  page,
}) => {
  await mintByClick(page);
  const drop = (name: string, text: string) =>
    page.evaluate(
      ([fileName, content]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content ?? ""], fileName ?? ""));
        document.body.dispatchEvent(
          new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }),
        );
      },
      [name, text],
    );
  const entry = {
    startedDateTime: "2026-05-01T12:00:00Z",
    request: { method: "POST", url: "https://shop.example/hook", httpVersion: "h2", headers: [] },
  };
  await drop("shop.har", JSON.stringify({ log: { version: "1.2", entries: [entry] } }));
  const shown = dialog(page, "Import");
  await expect(shown.getByText("1 request imported")).toBeVisible();
  await expect(shown.getByText("It came over HTTP/2 or 3")).toBeVisible();
  await drop("notes.txt", "not an export");
  await expect(shown.getByText("Not imported.")).toBeVisible();
  await expect(shown.getByText("It is no JSON")).toBeVisible();
});

test("on a phone the dialogs pass axe in both themes, and can be hit by a finger", async ({
  browser,
  baseURL,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const page = await browser.newPage({ baseURL, ...phone });
  const findings: string[] = [];
  const see = async (state: string) => {
    findings.push(...(await findViolations(page, state)), ...(await findSmallTargets(page, state)));
  };
  await mintWithThree(page);
  await fromPalette(page, "Export requests");
  await expect(dialog(page, "Export").getByText(/^3 requests, about/)).toBeVisible();
  await see("export");
  const file = await exported(page);
  await see("exported");
  await page.keyboard.press("Escape");
  await fromPalette(page, "Import requests");
  await expect(dialog(page, "Import")).toBeVisible();
  await see("import");
  const text = `nonsense\n${file.slice(0, file.lastIndexOf("\n", file.length - 2))}`;
  await dialog(page, "Import")
    .getByLabel("File to import")
    .setInputFiles({ name: "cut.ndjson", mimeType: "", buffer: Buffer.from(text) });
  await expect(dialog(page, "Import").getByText("The file was cut.")).toBeVisible();
  await see("import report");
  expect(findings).toEqual([]);
});
