import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";
import { row } from "./bin-page.ts";

const order = (at: number, more: object = {}) => ({
  id: `evt_${at}`,
  object: "event",
  type: "order.paid",
  created: 1_700_000_000 + at,
  data: { object: { id: `or_${at}`, total: 100 + at, lines: [{ sku: `s-${at}`, count: 1 }] } },
  ...(at % 3 === 0 ? { note: null } : {}),
  ...more,
});

const send = (bin: WatchedBin, body: object) =>
  bin.capture({
    method: "POST",
    headers: { "Content-Type": "application/json", "Stripe-Signature": "t=1,v1=00" },
    body: JSON.stringify(body),
  });

const tab = (page: Page, name: string) => page.getByRole("tab", { name });
const document = JSON.stringify(
  { type: "object", properties: { created: { type: "integer", maximum: 1_700_000_005 } } },
  null,
  2,
);

test("shapes: from the list to the fields, the types, what differs, and the person's own document", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  for (let at = 0; at < 12; at++) await send(bin, order(at));
  const { id: _, ...rest } = order(12, {
    data: { object: { id: "or_12", total: "112", lines: [] } },
  });
  const differing = await send(bin, rest);

  await test.step("the request that differs says where, and leads there", async () => {
    await openRequest(page, bin, differing);
    await expect(row(page, 13)).toContainText("differs");
    await expect(row(page, 12)).not.toContainText("differs");
    const notes = page.getByRole("region", { name: "Shape" });
    await expect(notes).toContainText("$.id is missing for the first time in 12");
    await expect(notes).toContainText(
      "$.data.object.total is string for the first time: number in 12 before",
    );
    const body = page.getByRole("group", { name: "Body as JSON" });
    await expect(body).toContainText("id is missing for the first time in 12");
    await notes.getByRole("button", { name: /total/ }).click();
    await expect(body.locator("[data-picked]")).toContainText('"total": "112"');
    expect(await findViolations(page, "a request that differs")).toEqual([]);
  });

  await test.step("the shape has an address, its fields tell how often they came", async () => {
    await page
      .getByRole("button", { name: /^Unnamed bin|menu/i })
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Shapes" }).click();
    await expect(page.getByRole("heading", { name: "Stripe order.paid" })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "samples" })).toContainText(
      "13 samples",
    );
    const fields = page.getByRole("list", { name: "Fields" });
    await expect(fields).toContainText("Unix time in seconds");
    await expect(fields).toContainText("12 of 13");
    expect(await findViolations(page, "fields of a shape")).toEqual([]);
    await page.getByRole("button", { name: /Stripe order.paid/ }).click();
    await expect(page).toHaveURL(/provider=stripe&event=order\.paid/);
    await page.reload();
    await tab(page, "TypeScript").click();
    await expect(page.getByRole("tabpanel", { name: "TypeScript" })).toContainText(
      "/** in 12 of 13 samples */\n  id?: string;",
    );
    await tab(page, "zod").click();
    await expect(page.getByRole("tabpanel", { name: "zod" })).toContainText("z.object({");
    await tab(page, "JSON Schema").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save" }).click();
    expect((await download).suggestedFilename()).toBe("StripeOrderPaid.schema.json");
    await tab(page, "Differences").click();
    await expect(
      page.getByRole("list", { name: "Requests that differ, newest first" }),
    ).toContainText("#13");
  });

  await test.step("a document is refused with its line, mended, and marks what it does not allow", async () => {
    await page.getByRole("button", { name: "Your documents" }).click();
    await page.getByRole("button", { name: "Add document" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Orders");
    await dialog.getByLabel("For").selectOption({ label: "Stripe order.paid" });
    await dialog.getByLabel("Document").fill(document.replace('"integer"', '"whole"'));
    await dialog.getByRole("button", { name: "Save document" }).click();
    await expect(dialog).toContainText("Line 5: It is not valid by its own dialect");
    expect(await findViolations(page, "a document refused")).toEqual([]);
    await dialog.getByLabel("Document").fill(document);
    await dialog.getByRole("button", { name: "Save document" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("list", { name: "Documents" })).toContainText(
      "for stripe order.paid",
    );
    await page.goto(`/b/${bin.id}`);
    await expect(row(page, 7)).toContainText("1 not as declared");
    await expect(row(page, 6)).not.toContainText("declared");
    await row(page, 7).click();
    const notes = page.getByRole("region", { name: "Shape" });
    await expect(notes).toContainText("$.created Should be at most 1700000005 · Orders");
    await row(page, 6).click();
    await expect(notes).toContainText("As declared by Orders");
  });
});
