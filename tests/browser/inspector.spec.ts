import { expect, test } from "#tests/helpers/browser.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { curl } from "#tests/helpers/curl.ts";
import { startProxy } from "#tests/helpers/proxy.ts";
import { mintByClick, row, rows, untilLive } from "./bin-page.ts";

test("the list is worked by keys, and the selected request stays while others come in", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await sendCaptures(url, 60, { target: (index) => `/n${index}` });
  await expect(row(page, 60)).toBeVisible();
  const list = page.getByRole("listbox", { name: /Requests/ });
  const selected = page.getByRole("option", { selected: true });

  await row(page, 60).click();
  for (const key of ["j", "j", "k", "j"]) await page.keyboard.press(key);
  await expect(selected).toHaveId("request-58");
  await list.focus();
  await page.keyboard.press("ArrowDown");
  await expect(selected).toHaveId("request-57");
  await page.keyboard.press("End");
  await expect(selected).toHaveId("request-1");
  await expect(list).toHaveAttribute("aria-activedescendant", "request-1");

  await sendCaptures(url, 3);
  const pill = page.getByRole("button", { name: "3 new" });
  await expect(pill).toBeVisible();
  await expect(selected).toHaveId("request-1");
  await expect(page.getByRole("article", { name: "Request 1", exact: true })).toBeVisible();
  await pill.click();
  await expect(row(page, 63)).toBeInViewport();
  await expect(pill).toBeHidden();

  await list.focus();
  await page.keyboard.press("Home");
  await expect(selected).toHaveId("request-63");
  await page.keyboard.press("Enter");
  const pane = page.getByRole("region", { name: "Selected request" });
  await expect(pane).toBeFocused();

  const headers = page.getByRole("tab", { name: "Headers" });
  await headers.click();
  await page.keyboard.press("j");
  await expect(selected).toHaveId("request-62");
  await expect(headers).toHaveAttribute("aria-selected", "true");
  await expect(pane).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(page.getByText("No request is selected")).toBeVisible();
  await expect(list).toBeFocused();
  await row(page, 62).click();
  await expect(list).toBeFocused();
});

test("older requests come with scrolling, each once; a read without an answer is given up and asked for again", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await sendCaptures(url, 450);
  await page.goto(page.url().split("?")[0] ?? "");
  const list = page.getByRole("listbox", { name: /Requests/ });
  await expect(row(page, 450)).toBeVisible();
  await list.focus();
  await page.route(/cursor=/, () => undefined);
  await page.keyboard.press("End");
  await expect(list.getByText("The older ones could not be read.")).toBeVisible();
  await page.unroute(/cursor=/);
  await list.getByText("Try again").click();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(row(page, 1)).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(row(page, 1)).toHaveAttribute("aria-posinset", "450");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the list is the page; a request lies over it, and Back leads back", async ({ page }) => {
    const url = await mintByClick(page);
    await curl(`${url}/first`, { body: "hello=world" });
    await curl(`${url}/second`, { body: "hello=again" });
    await expect(rows(page)).toHaveCount(2);
    await expect(page.getByRole("article")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Copy URL" })).toBeInViewport();

    await row(page, 1).tap();
    await expect(page.getByRole("article", { name: "Request 1" })).toBeInViewport();
    await page.goBack();
    await expect(page.getByRole("article")).toHaveCount(0);
    await expect(row(page, 1)).toBeInViewport();
    await row(page, 2).tap();
    await page.getByRole("button", { name: "Requests" }).tap();
    await expect(row(page, 2)).toBeInViewport();

    const overflow = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
  });
});

test("a silent cut shows within 15 s, and nothing is missing once it is over", async ({
  page,
  server,
}) => {
  test.slow();
  const proxy = await startProxy(server.port);
  await page.goto(proxy.origin);
  await page.getByRole("button", { name: "Get a URL" }).click();
  await untilLive(page);
  const id = /\/b\/([a-z0-9]{20})/.exec(page.url())?.[1];
  const url = `${server.origin}/in/${id}`;
  await curl(`${url}/before`, { body: "x" });
  await expect(row(page, 1)).toBeVisible();

  proxy.stall();
  const state = page.getByRole("button", { name: /^(Reconnecting|Offline)/ });
  await expect(state).toBeVisible({ timeout: 15_000 });
  await curl(`${url}/meanwhile`, { body: "x" });
  await expect(page.getByText("The server does not answer.")).toBeVisible();
  proxy.flow();
  await expect(row(page, 2)).toContainText("/meanwhile", { timeout: 15_000 });
  await untilLive(page);
  await curl(`${url}/after`, { body: "x" });
  await expect(row(page, 3)).toContainText("/after");
  await expect(rows(page)).toHaveCount(3);
  await proxy.close();
});
