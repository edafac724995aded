import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { curl } from "#tests/helpers/curl.ts";
import { mintByClick, row, rows, untilLive } from "./bin-page.ts";
import { finger, type Hand, keyboard } from "./hand.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test.describe("by the keyboard alone", () => flows(keyboard));
test.describe("by touch at 390 px", () => {
  test.use(PHONE);
  flows(finger);
});

function flows(handOf: (page: Page) => Hand): void {
  test("a bin's answer and keys are set, and what it holds is cleared and brought back", async ({
    page,
  }) => {
    const hand = handOf(page);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const field = (name: string) => page.getByRole("textbox", { name, exact: true });
    const url = await mintByClick(page);
    await curl(`${url}/one`, { body: "x" });
    await expect(row(page, 1)).toBeVisible();
    await hand.press(page.getByRole("link", { name: "Settings" }));

    await hand.write(field("Status"), "202");
    await hand.press(button("Add a header"));
    await hand.write(field("Name of header 1"), "Content-Type");
    await hand.write(field("Value of header 1"), "text/plain");
    await hand.write(field("Body"), "taken");
    await expect(page.getByRole("region", { name: "What a sender gets" })).toContainText(
      "HTTP/1.1 202 Accepted",
    );
    await hand.press(button("Save answer"));
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    expect(await curl(`${url}/two`, { body: "x" })).toMatchObject({ status: 202, body: "taken" });

    await hand.write(field("New key"), "Ben");
    await hand.press(button("Make a key"));
    await expect(page.getByText("It is shown only now.")).toBeVisible();
    await hand.press(button("Revoke Ben"));
    await hand.press(button("Revoke key"));
    await expect(button("Revoke Ben")).toBeHidden();

    await hand.press(button("Clear"));
    await expect(page.getByText("2 requests cleared.")).toBeVisible();
    await hand.press(button("Undo"));
    await expect(button("Clear")).toBeFocused();
    await hand.press(page.getByRole("link", { name: "Requests" }));
    await expect(rows(page)).toHaveCount(2);
  });

  test("bins are switched, the list is paused and followed, and a bin is forgotten", async ({
    page,
  }) => {
    const hand = handOf(page);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await mintByClick(page);
    const first = page.url();
    const url = await mintByClick(page);
    await curl(`${url}/one`, { body: "x" });
    await expect(row(page, 1)).toBeVisible();
    await hand.press(button("Pause"));
    await curl(`${url}/two`, { body: "x" });
    await hand.press(button("1 new, paused"));
    await expect(row(page, 2)).toBeVisible();
    await hand.press(button("Follow the newest"));
    await expect(page.getByRole("article", { name: "Request 2" })).toBeVisible();
    await curl(`${url}/three`, { body: "x" });
    await expect(page.getByRole("article", { name: "Request 3" })).toBeVisible();

    await page.goto(first);
    await untilLive(page);
    await hand.press(button("Bin menu"));
    await hand.choose(page.getByRole("menuitem", { name: /3 · / }));
    await expect(rows(page)).toHaveCount(3);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await untilLive(other);
    await page.bringToFront();
    await hand.press(button("Bin menu"));
    await hand.choose(page.getByRole("menuitem", { name: "Forget in this browser" }));
    await hand.press(button("Forget"));
    await expect(other.getByText("It was forgotten here, in another tab.")).toBeVisible();
    await expect(button("Get a URL")).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "request" })).toHaveCount(1);
  });

  test("a request is found, opened, searched, and two answers to it are compared", async ({
    page,
    server,
  }) => {
    const hand = handOf(page);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const tab = (name: string) => page.getByRole("tab", { name });
    const url = await mintByClick(page);
    await curl(`${url}/b`, { body: "none" });
    const headers = { "Content-Type": "text/plain" };
    await curl(`${url}/a`, { headers, body: "one two one" });
    await expect(rows(page)).toHaveCount(2);
    await hand.write(page.getByRole("combobox", { name: "Filter requests" }), '"two one"');
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("listbox")).toBeFocused();
    if (page.viewportSize()?.width === 390) await hand.press(row(page, 2));
    else for (const key of ["Home", "Enter"]) await page.keyboard.press(key);
    await expect(page.getByRole("article", { name: "Request 2" })).toBeVisible();

    await hand.press(button("Find"));
    await expect(page.getByLabel("Find in the body")).toBeFocused();
    await page.keyboard.type("one");
    const find = page.locator("search", { has: page.getByLabel("Find in the body") });
    await expect(find).toContainText("1 of 2");
    await hand.press(button("Next place"));
    await expect(find).toContainText("2 of 2");
    await hand.press(button("Close find"));

    await hand.choose(tab("Forwards"), tab("Body"));
    for (const attempt of [1, 2]) {
      const target = page.getByRole("combobox", { name: "Forward to" });
      await hand.write(target, `${server.origin}/api/health?${attempt}`);
      await hand.press(button("Send"));
      const forwards = page.getByRole("list", { name: "Forwards, newest first" });
      await expect(forwards.locator("> li")).toHaveCount(attempt);
    }
    await hand.press(page.locator("summary", { hasText: "Compare with an earlier" }).first());
    // The moment of the answer is a header, too.
    const compared = page.getByRole("heading", { name: /^They (are the same|differ only)/ });
    await expect(compared).toBeVisible();
  });
}

test("a name that turns text around turns none of ours", async ({ page }) => {
  await mintByClick(page);
  await page.getByRole("button", { name: "Unnamed bin rename" }).click();
  await page.keyboard.type("\u202Egnp.exe");
  await page.keyboard.press("Enter");
  // The override is shown as such, and isolates keep the rest of the name to itself.
  const shown = "\u2068\uFFFDgnp.exe\u2069";
  await expect(page).toHaveTitle(`${shown} · Hooklens`);
  // Until then a key is written into the name.
  await expect(page.getByRole("button", { name: /rename$/ })).toBeFocused();
  await page.keyboard.press("b");
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await expect(page.getByRole("heading", { name: `Delete “${shown}”?` })).toBeVisible();
});

test.describe("with reduced motion", () => {
  test.use({ ...PHONE, contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves: not what comes in, not what opens", async ({ page }) => {
    const url = await mintByClick(page);
    // What only comes late, such as the bars of something that loads, does not move.
    const running = () =>
      page.evaluate(() =>
        document
          .getAnimations()
          .map(({ effect }) => effect?.getTiming().duration)
          .filter((duration) => duration !== 0),
      );
    for (const name of ["one", "two"]) await curl(`${url}/${name}`, { body: "x" });
    await expect(row(page, 2)).toBeVisible();
    expect(await running()).toEqual([]);
    await row(page, 2).tap();
    await expect(page.getByRole("article")).toBeAttached();
    expect(await running()).toEqual([]);
    await page.getByRole("tab", { name: "Headers" }).tap();
    expect(await running()).toEqual([]);
  });
});
