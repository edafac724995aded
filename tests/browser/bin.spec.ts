import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { mintByClick, row, untilLive } from "./bin-page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a bin is named, opened elsewhere by a private link, and shut again by revoking its key", async ({
  page,
  browser,
  baseURL,
}) => {
  const url = await mintByClick(page);
  await page.getByRole("button", { name: "Unnamed bin rename" }).click();
  await page.getByRole("textbox", { name: "Name of this bin" }).fill("orders-dev");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "orders-dev rename" })).toBeFocused();
  await expect(page).toHaveTitle("orders-dev · Hooklens");

  await page.getByRole("button", { name: "Private link", exact: true }).click();
  await page.getByRole("textbox", { name: "Who or what is it for?" }).fill("Anna");
  await page.getByRole("button", { name: "Make a private link" }).click();
  const dialog = page.getByRole("dialog", { name: "Private link" });
  await dialog.getByRole("button", { name: /^Copy the private link/ }).click();
  const link = await page.evaluate<string>("navigator.clipboard.readText()");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Private link", exact: true })).toBeFocused();

  const elsewhere = await browser.newContext(baseURL ? { baseURL } : {});
  const guest = await elsewhere.newPage();
  const [bare = ""] = link.split("#");
  await guest.goto(bare);
  await expect(guest.getByText("This browser has no access to this bin")).toBeVisible();
  const entry = guest.getByRole("textbox", { name: "Private link or key" });
  await entry.fill("„nonsense“");
  await guest.getByRole("button", { name: "Open the bin" }).click();
  await expect(entry).toHaveAccessibleDescription(/no private link or key/);
  await guest.goto(link);
  await untilLive(guest);
  expect(guest.url()).toBe(bare);
  await curl(`${url}/shared`, { body: "x" });
  await expect(row(guest, 1)).toContainText("/shared");
  await guest.reload();
  await expect(row(guest, 1)).toContainText("/shared");

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Revoke Anna" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByRole("button", { name: "Revoke Anna" })).toBeHidden();
  await expect(guest.getByText("This browser has no access to this bin")).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByText(/The key in the link does not open it/)).toBeVisible();
  await elsewhere.close();
});

test("what the settings answer is what a sender gets, and a mistake is told at its field", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await page.getByRole("link", { name: "Settings" }).click();
  const status = page.getByRole("textbox", { name: "Status" });
  await status.fill("99");
  await page.getByRole("button", { name: "Save answer" }).click();
  await expect(status).toHaveAccessibleDescription(/200 to 599/);

  await status.fill("202");
  for (const [index, [name, value]] of [
    ["Content-Type", "application/json"],
    ["Content-Length", "3"],
    ["Set-Cookie", "a=b"],
  ].entries()) {
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByRole("textbox", { name: `Name of header ${index + 1}` }).fill(name ?? "");
    await page.getByRole("textbox", { name: `Value of header ${index + 1}` }).fill(value ?? "");
  }
  await page.getByRole("textbox", { name: "Body" }).fill('{"taken": true}');
  await page.getByRole("button", { name: "Save answer" }).click();
  const framing = page.getByRole("textbox", { name: "Name of header 2" });
  await expect(framing).toHaveAccessibleDescription(/set by the server/);
  await expect(page.getByRole("textbox", { name: "Name of header 3" })).toHaveAccessibleDescription(
    /never sent on this host/,
  );

  await page.getByRole("button", { name: "Remove header 2" }).click();
  await page.getByRole("button", { name: "Save answer" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const answer = await curl(url, { body: "x" });
  expect([answer.status, answer.body]).toEqual([202, '{"taken": true}']);
  expect(answer.headers["content-type"]).toBe("application/json");
  expect(answer.headers["set-cookie"]).toBeUndefined();

  await page.getByRole("button", { name: "Back to 200, empty" }).click();
  await expect(status).toHaveValue("200");
  expect((await curl(url, { body: "x" })).body).toBe("");
});

test("a bin is forgotten, and deleted for good", async ({ page }) => {
  const url = await mintByClick(page);
  await curl(`${url}/a`, { body: "x" });
  await expect(row(page, 1)).toBeVisible();
  await page.goto("/");
  await expect(page.getByText("1 request", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Unnamed bin" }).first().click();
  await untilLive(page);
  const inspector = page.url();
  await page.getByRole("button", { name: "Bin menu" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await page.getByRole("button", { name: "Delete bin" }).click();
  await expect(page.getByRole("button", { name: "Get a URL" })).toBeVisible();
  expect((await curl(url, { body: "x" })).status).toBe(410);
  await page.goto(inspector);
  await expect(page.getByText("This bin is gone")).toBeVisible();

  await mintByClick(page);
  const id = page.url().slice(-20);
  await page.goto("/");
  const item = page.getByRole("listitem").filter({ hasText: id });
  await item.getByRole("button", { name: /^Forget/ }).click();
  await page.getByRole("button", { name: "Forget", exact: true }).click();
  await expect(item).toHaveCount(0);
  await page.goto(`/b/${id}`);
  await expect(page.getByText("This browser has no access to this bin")).toBeVisible();
});
