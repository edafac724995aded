import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { collectComplaints, mintByClick, row, untilLive } from "./bin-page.ts";

const json = (body: unknown) => ({
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json", "X-Kind": 'odd "one"' },
});

const shop = (event: string, amount: number) => ({
  ...json({ event, order: { "total.sum": amount, items: [{ sku: "a 1" }] } }),
});

const field = (page: Page) => page.getByRole("combobox", { name: "Filter requests" });
const ways = (page: Page) => page.getByRole("listbox", { name: "Ways to go on" });
const listed = async (page: Page, seqs: number[]) => {
  const list = page.getByRole("listbox", { name: "Requests" }).getByRole("option");
  await expect(list).toHaveCount(seqs.length);
  for (const seq of seqs) await expect(row(page, seq)).toBeVisible();
};

test("a filter is typed by what the bin holds, clicked together from values, saved, and stays live", async ({
  page,
  context,
}) => {
  const complaints = collectComplaints(page);
  const url = await mintByClick(page);
  await curl(`${url}/orders`, shop("order.paid", 4200));
  await curl(`${url}/orders`, shop("order.failed", 15));
  await curl(`${url}/other?page=2`, { body: "plain" });
  await expect(row(page, 3)).toBeVisible();

  // By keyboard alone: a field, a path of a body, one of its values.
  await page.keyboard.press("/");
  await expect(ways(page).getByRole("option", { name: /^body/ })).toBeVisible();
  await page.keyboard.type("sum");
  await expect(ways(page).getByRole("option")).toHaveText(['body.order."total.sum"number · 15']);
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue('body.order."total.sum":');
  // A search that is not finished leaves the list as it was: of all, or of "sum" where that was searched meanwhile.
  await expect(row(page, 2)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#filter-mistake")).toContainText("expected a value after");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.locator("#filter-mistake")).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = ways(page).getByRole("option", { selected: true });
  await expect(active).toHaveText("4200");
  const activeId = (await active.getAttribute("id")) ?? "";
  await expect(field(page)).toHaveAttribute("aria-activedescendant", activeId);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue('body.order."total.sum":4200 ');
  await expect(ways(page)).toBeHidden();
  await listed(page, [1]);
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(ways(page)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(field(page)).not.toBeFocused();
  await listed(page, [1, 2, 3]);

  // A value of the body, without and with it, from the picked line.
  await row(page, 2).click();
  await page.getByText('"a 1"').click();
  await page.getByRole("button", { name: "Filter by this value" }).click();
  await page.getByRole("menuitem", { name: "Only with this" }).press("Enter");
  await expect(field(page)).toHaveValue('body.order.items[*].sku:"a 1"');
  await listed(page, [1, 2]);
  await page.getByRole("group", { name: "Body as JSON" }).focus();
  for (let line = 0; line < 9; line++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Without this" }).press("Enter");
  await expect(field(page)).toHaveValue('body.order.items[*].sku:"a 1" -body.event:order.failed');
  await listed(page, [1]);

  // What arrives is matched, or not.
  await curl(`${url}/orders`, shop("order.paid", 1));
  await curl(`${url}/orders`, shop("order.failed", 1));
  await listed(page, [1, 4]);
  await expect(page.getByRole("status").filter({ hasText: "2 of 5" })).toContainText("1 match");

  // Saved under a name by one page, used by another.
  await page.keyboard.press("v");
  await page.getByRole("textbox", { name: "Save this filter as" }).fill("Paid orders");
  await page.keyboard.press("Enter");
  const saved = page.getByRole("list", { name: "Saved filters" });
  await expect(saved.getByRole("button", { name: /^Paid orders/ })).toHaveAttribute(
    "aria-current",
    "true",
  );
  const other = await context.newPage();
  const filtersRead = other.waitForResponse((answer) => answer.url().endsWith("/filters"));
  await other.goto(page.url());
  await untilLive(other);
  await filtersRead;
  await other.keyboard.press("Control+k");
  await expect(other.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await other.keyboard.type("paid orders");
  await expect(other.getByRole("option", { name: "Filter: Paid orders" })).toBeVisible();
  await other.keyboard.press("Enter");
  await listed(other, [1, 4]);
  // Behind another page frames come once in a second.
  await page.bringToFront();
  await saved.getByRole("button", { name: "Rename Paid orders" }).click();
  await saved.getByRole("textbox", { name: "Name" }).fill("Paid");
  await page.keyboard.press("Enter");
  await expect(other.getByRole("button", { name: "Saved filters: Paid" })).toBeVisible();
  await saved.getByRole("button", { name: "Remove Paid" }).click();
  await expect(other.getByRole("button", { name: "Saved filters", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  // A header's value with quotes in it; the head's own values.
  await field(page).fill("");
  await page.keyboard.press("Escape");
  await row(page, 4).click();
  await page.getByRole("tab", { name: /Headers/ }).click();
  await page.getByRole("button", { name: "Filter by the value of X-Kind" }).click();
  await page.getByRole("menuitem", { name: "Without this" }).click();
  await expect(field(page)).toHaveValue('-header.X-Kind:"odd \\"one\\""');
  await listed(page, [3]);
  await page.getByRole("button", { name: "/orders" }).click();
  await page.getByRole("menuitem", { name: "Only with this" }).click();
  await listed(page, []);
  await field(page).fill("path:/orders");
  await listed(page, [1, 2, 4, 5]);
  expect(complaints.filter((each) => !/status of 400/.test(each))).toEqual([]);
});

test("what a filter finds is looked at anew when it changes: a request that is forwarded, another sender", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await curl(url, shop("order.paid", 1));
  await expect(row(page, 1)).toBeVisible();
  await field(page).fill("forward:*");
  await listed(page, []);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await change(page, id, "POST", "/forwards", { to: "http://localhost:1/" });
  await listed(page, [1]);
  await field(page).fill("provider:*");
  await listed(page, []);
  await change(page, id, "PATCH", "", { provider: "github" });
  await listed(page, [1]);
});

/** Something is done to the newest request, by another part of the page or by another page. */
async function change(page: Page, bin: string, method: string, path: string, body: object) {
  const status = await page.evaluate(
    async ([at, verb, part, sent]) => {
      const { items } = (await (await fetch(`${at}?limit=1`)).json()) as {
        items: { id: string }[];
      };
      const headers = { "Content-Type": "application/json" };
      const url = `${at}/${items[0]?.id}${part}`;
      return (await fetch(url, { method: verb, headers, body: sent })).status;
    },
    [`/api/bins/${bin}/requests`, method, path, JSON.stringify(body)] as const,
  );
  expect([200, 201]).toContain(status);
}
