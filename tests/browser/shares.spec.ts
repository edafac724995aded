import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { RequestPage } from "#lib/contract/requests.ts";
import type { ShareMinted } from "#lib/contract/shares.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { findViolations } from "./axe.ts";
import { collectComplaints, row, rows, untilLive } from "./bin-page.ts";

const EMAIL = "jane.roe@example.com";
const TENANT = "tenant-0815-blue";
const NAME = "Ludmilla Placeholder";
const BODY = JSON.stringify({
  kind: "order",
  customer: { name: NAME, email: EMAIL },
  packed: Buffer.from(JSON.stringify({ to: EMAIL, name: NAME })).toString("base64"),
});
const SECRETS = [EMAIL, TENANT, NAME, encodeURIComponent(EMAIL)];

/** All that the page holds, drawn or not, in its markup and in its text. */
async function expectClean(page: Page, bin: BinMinted, place: string): Promise<void> {
  const held = `${await page.content()} ${await page.locator("body").innerText()}`;
  for (const secret of [...SECRETS, bin.id]) expect(held, place).not.toContain(secret);
}

test("a share is made, looked at without what it hides, counted and revoked", async ({
  page,
  browser,
  baseURL,
}) => {
  const minted = await page.request.post("/api/bins");
  const bin = (await minted.json()) as BinMinted;
  const send = (path: string) =>
    curl(`${bin.url}/${path}?mail=${encodeURIComponent(EMAIL)}`, {
      body: BODY,
      headers: { "Content-Type": "application/json", "X-Tenant-Token": TENANT },
    });
  await send("first");
  await page.goto(`/b/${bin.id}#key=${bin.key}`);
  await expect(row(page, 1)).toBeVisible();

  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByRole("textbox", { name: "Who or what is it for?" }).fill("For Joe");
  await dialog.getByRole("button", { name: "X-Tenant-Token" }).click();
  await dialog.getByRole("button", { name: /^customer\.name/ }).click();
  await expect(dialog.getByRole("status")).toContainText("1 value of a header");
  expect(await findViolations(page, "share dialog")).toEqual([]);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const made = page.getByRole("dialog", { name: "The link is made" });
  const link = (await made.locator("code").textContent()) ?? "";
  await made.getByRole("button", { name: "Done" }).click();

  const context = await browser.newContext({ baseURL });
  const guest = await context.newPage();
  const complaints = collectComplaints(guest);
  await guest.goto(link);
  await untilLive(guest);
  await expect(guest).toHaveURL(/\/s\/[\w-]{36}(\?|$)/);
  await expect(guest.getByRole("heading", { name: "For Joe" })).toBeVisible();
  await expect(guest.getByRole("note")).toContainText("header X-Tenant-Token");
  await expect(guest.getByText("value hidden").first()).toBeVisible();
  await expectClean(guest, bin, "Body");
  expect(await findViolations(guest, "share")).toEqual([]);
  for (const view of ["Text", "Hex"]) {
    await guest.getByRole("button", { name: view, exact: true }).click();
    await expectClean(guest, bin, view);
  }
  for (const part of ["Headers", "Query", "Timing", "Raw"]) {
    await guest.getByRole("tab", { name: part }).click();
    await expectClean(guest, bin, part);
  }
  await guest.keyboard.press("d");
  await guest.getByRole("tab", { name: "Body" }).click();
  await guest.getByRole("button", { name: "JSON", exact: true }).click();
  await expectClean(guest, bin, "decoded");
  for (const gone of ["Delete this request", "Share this request", "Settings", "Bin menu"]) {
    await expect(guest.getByRole("button", { name: gone })).toHaveCount(0);
  }
  await expect(guest.getByRole("tab", { name: "Forwards" })).toHaveCount(0);

  await send("second");
  await expect(row(guest, 2)).toBeVisible();
  await guest.keyboard.press("/");
  await guest.keyboard.type(EMAIL);
  await expect(guest.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await guest.getByRole("searchbox").fill("path:/second");
  await expect(rows(guest)).toHaveCount(1);
  await guest.reload();
  await untilLive(guest);
  await expect(rows(guest)).toHaveCount(2);
  await expectClean(guest, bin, "reloaded");
  expect(complaints).toEqual([]);

  await page.goto(link.replace(/#.*/, ""));
  await expect(page.getByText("value hidden").first()).toBeVisible();
  await expectClean(page, bin, "as the owner sees it");

  await page.goto(`/b/${bin.id}/settings`);
  const revoke = page.getByRole("button", { name: "Revoke For Joe" });
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/opened once/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await revoke.click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke share" }).click();
  await expect(guest.getByRole("heading", { name: "This share has ended" })).toBeVisible();

  const own = { headers: { Authorization: `Bearer ${bin.key}` } };
  const ofFilter = await page.request.post(`/api/bins/${bin.id}/shares`, {
    ...own,
    data: { q: "-label:done", label: "For the team" },
  });
  const filtered = await context.newPage();
  await filtered.goto(((await ofFilter.json()) as ShareMinted).link);
  await untilLive(filtered);
  await expect(rows(filtered)).toHaveCount(2);
  const { items } = (await (
    await page.request.get(`/api/bins/${bin.id}/requests`, own)
  ).json()) as RequestPage;
  const first = `/api/bins/${bin.id}/requests/${items.at(-1)?.id}`;
  await page.request.patch(first, { ...own, data: { labels: ["done"] } });
  await expect(row(filtered, 1)).toHaveCount(0);
  await page.request.patch(first, { ...own, data: { labels: [] } });
  await expect(row(filtered, 1)).toBeVisible();
  await context.close();
});
