import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { curl } from "#tests/helpers/curl.ts";
import { mintByClick, row, rows, undo, untilLive } from "./bin-page.ts";

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

test.describe("by keyboard alone", () => {
  test("the list is filtered on the server, and stays true while others come in", async ({
    page,
  }) => {
    const url = await mintByClick(page);
    for (const name of ["ada", "bob", "ada"]) await curl(`${url}/x`, { body: `name=${name}` });
    await expect(rows(page)).toHaveCount(3);
    // Which one was the newest when the page opened one is a matter of luck.
    await row(page, 3).click();
    await press(page, "/");
    const field = page.getByRole("combobox", { name: "Filter requests" });
    await expect(field).toBeFocused();
    await page.keyboard.type("name=ADA");
    await expect(rows(page)).toHaveCount(2);
    await expect(page.getByText("2 of 3", { exact: true })).toBeVisible();

    await curl(`${url}/x`, { body: "name=ada" });
    await curl(`${url}/x`, { body: "name=eve" });
    await expect(page.getByText("3 of 5 · 2 new, 1 match")).toBeVisible();
    await expect(row(page, 4)).toBeVisible();
    await page.keyboard.type(' "nobody');
    await expect(field).toHaveAccessibleDescription(/Column 17: expected a closing "/);
    await page.keyboard.type('"');
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await press(page, "Escape");
    await expect(rows(page)).toHaveCount(5);
    await page.keyboard.type("ADA");
    const marked = page.getByRole("article").getByRole("tabpanel").locator("mark");
    await expect(marked).toHaveText("ada");
    await press(page, "Escape");
    await curl(`${url}/x`, {
      body: '{"city":"Köln","zip":50667}',
      headers: { "Content-Type": "application/json" },
    });
    await page.keyboard.type("köln");
    await expect(page.getByText("1 of 6", { exact: true })).toBeVisible();
    await press(page, "Enter", "j", "6");
    const seen = page.getByRole("article").getByRole("tabpanel").locator("mark:visible");
    await expect(seen).toHaveText("Köln");
    await press(page, "1");
    await expect(seen).toHaveText("Köln");
    await page.getByRole("button", { name: "Hex", exact: true }).click();
    await expect(seen).toHaveText(["4b c3 b6 6c 6e", "K..ln"]);
    await press(page, "/");
    await press(page, "Escape");
    await page.keyboard.type("/x put");
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await press(page, "Escape");
    await page.keyboard.type("/x");
    await expect(rows(page).first().locator("mark").first()).toHaveText("/x");
    await press(page, "Enter");
    await expect(page.getByRole("listbox")).toBeFocused();
  });

  test("the list is paused and resumed, followed, and its new ones are marked", async ({
    page,
  }) => {
    const url = await mintByClick(page);
    await curl(`${url}/one`, { body: "x" });
    await expect(row(page, 1)).toBeVisible();
    await press(page, "p");
    await sendCaptures(url, 3);
    await expect(page.getByRole("button", { name: "3 new, paused" })).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await press(page, "p");
    await expect(rows(page)).toHaveCount(4);
    await expect(row(page, 1)).toHaveAttribute("aria-selected", "true");
    await expect(row(page, 4)).toContainText("unread");
    await expect(row(page, 1)).not.toContainText("unread");
    await press(page, "k");
    await expect(row(page, 2)).not.toContainText("unread");

    await press(page, "n");
    await expect(row(page, 4)).toHaveAttribute("aria-selected", "true");
    await curl(`${url}/five`, { body: "x" });
    await expect(row(page, 5)).toHaveAttribute("aria-selected", "true");
    await press(page, "j");
    await curl(`${url}/six`, { body: "x" });
    await expect(row(page, 6)).toContainText("unread");
    await expect(row(page, 4)).toHaveAttribute("aria-selected", "true");
    await press(page, "r");
    await expect(row(page, 6)).not.toContainText("unread");
    await page.reload();
    await expect(row(page, 3)).toBeVisible();
    await expect(row(page, 3)).not.toContainText("unread");
  });

  test("several are selected and deleted, and come back", async ({ page }) => {
    const url = await mintByClick(page);
    await sendCaptures(url, 4);
    await row(page, 4).click();
    await press(page, "x", "j", "x");
    await expect(page.getByText("2 selected")).toBeVisible();
    await press(page, "Backspace");
    await expect(rows(page)).toHaveCount(2);
    await expect(page.getByText("2 requests are deleted.")).toBeVisible();
    await press(page, "z");
    await expect(rows(page)).toHaveCount(4);
    await expect(page.getByRole("listbox")).toBeFocused();
    await press(page, "Delete");
    await expect(rows(page)).toHaveCount(3);
    // The time to take it back passes.
    await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
    await page.reload();
    await expect(rows(page)).toHaveCount(3);
  });

  test("every command is in the palette, every key in the help", async ({ page }) => {
    await mintByClick(page);
    await press(page, "?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Pause the list");
    await press(page, "Escape", "Control+k");
    const field = page.getByRole("combobox", { name: "Find a command" });
    await expect(field).toBeFocused();
    await page.keyboard.type("dark th");
    await expect(page.getByRole("option", { selected: true })).toContainText("Dark theme");
    await press(page, "Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await press(page, "b");
    await expect(page.getByRole("menuitem", { name: /Unnamed/ })).toBeVisible();
    await press(page, "End", "ArrowDown");
    await expect(page.getByRole("menuitem", { name: /Unnamed/ })).toBeFocused();
    await press(page, "Escape");
    await expect(page.getByRole("button", { name: "Bin menu" })).toBeFocused();
    await press(page, ",");
    await expect(page.getByRole("region", { name: "What a sender gets" })).toContainText(
      "HTTP/1.1 200 OK",
    );
  });
});

/** Headless Chromium shows every page at all times; the event and the property are what a hidden tab gets. */
const look = (page: Page, state: "hidden" | "visible") =>
  page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

test("the title counts what comes in while the page is not looked at", async ({ page }) => {
  const url = await mintByClick(page);
  await look(page, "hidden");
  await sendCaptures(url, 3);
  await expect(page).toHaveTitle("(3) Unnamed bin · Hooklens");
  await look(page, "visible");
  await expect(page).toHaveTitle("Unnamed bin · Hooklens");
});

test.describe("alerts", () => {
  const chooseAlert = async (page: Page, name: string) => {
    await page.keyboard.press("b");
    await page.getByRole("menuitemcheckbox", { name }).click();
  };

  test("a notification and a tone tell of what comes in while the page is not looked at", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["notifications"]);
    await page.addInitScript(listenIn);
    const url = await mintByClick(page);
    await chooseAlert(page, "Notify while away");
    await page.getByRole("menuitemcheckbox", { name: "Sound for new ones" }).click();
    // Heard at once, so that a person knows what was chosen.
    await expect.poll(() => heard(page)).toEqual({ notified: [], tones: ["running"] });
    await press(page, "Escape");
    await expect(page.getByRole("menu")).toBeHidden();

    await curl(`${url}/seen`, { body: "x" });
    await expect.poll(async () => (await heard(page)).tones).toHaveLength(2);
    await look(page, "hidden");
    await curl(`${url}/orders?token=secret`, { body: "x" });
    await expect.poll(async () => (await heard(page)).tones).toHaveLength(3);
    await sendCaptures(url, 4);
    await expect.poll(async () => (await heard(page)).tones).toHaveLength(4);
    const tag = new URL(url).pathname.split("/").at(-1);
    expect((await heard(page)).notified).toEqual([
      { title: "Unnamed bin", body: "POST /orders", tag },
      { title: "Unnamed bin", body: "4 new requests", tag },
    ]);
    await page.reload();
    await untilLive(page);
    await page.keyboard.press("b");
    await expect(page.getByRole("menuitemcheckbox", { checked: true })).toHaveText([
      "Notify while away",
      "Sound for new ones",
    ]);
  });

  test("a browser that allows no notifications is told of", async ({ page }) => {
    await mintByClick(page);
    await chooseAlert(page, "Notify while away");
    await expect(page.getByRole("menu").getByRole("alert")).toContainText(
      "does not allow it for this site",
    );
    await expect(page.getByRole("menuitemcheckbox", { name: "Notify" })).not.toBeChecked();
  });
});

type Heard = { notified: { title: string; body: string; tag: string }[]; tones: string[] };

const heard = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);

/** Runs in the page before its scripts: notes what the browser's own Notification and oscillators are asked for. */
function listenIn(): void {
  const notes: Heard = { notified: [], tones: [] };
  Object.assign(globalThis, { heard: notes });
  globalThis.Notification = new Proxy(Notification, {
    construct(target, [title, options]: [string, NotificationOptions]) {
      const { body = "", tag = "" } = options;
      notes.notified.push({ title, body, tag });
      return new target(title, options);
    },
  });
  const start = Reflect.get(AudioScheduledSourceNode.prototype, "start");
  AudioScheduledSourceNode.prototype.start = function (...when) {
    start.apply(this, when);
    const { context } = this;
    const note = () => notes.tones.push(context.state);
    if (context.state === "running") note();
    else context.addEventListener("statechange", note, { once: true });
  };
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says so in a line, with the way that needs none", async ({ page, server }) => {
    await page.goto("/");
    const line = page.locator("noscript");
    await expect(line.locator("p")).toBeVisible();
    await expect(line.locator("pre")).toContainText(
      `curl -X POST ${new URL(server.origin).protocol}`,
    );
  });
});

test("the example plays on the landing page, and asks no server", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await page.getByRole("heading", { name: "What it looks like" }).scrollIntoViewIfNeeded();
  await expect(page.getByRole("article", { name: "Request 1" })).toContainText("pi_3SVqk1");
  await expect(rows(page)).toHaveCount(7);
  await row(page, 4).click();
  await expect(page.getByRole("article")).toContainText("820982911946154508");
  expect(asked.filter((path) => path.startsWith("/api/bins/"))).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a swipe leads back from a request, from its first moment on", async ({ page }) => {
    const url = await mintByClick(page);
    await sendCaptures(url, 2);
    const client = await page.context().newCDPSession(page);
    await client.send("Animation.enable");
    // So slow that the request is still on its way in.
    await client.send("Animation.setPlaybackRate", { playbackRate: 0.01 });
    await row(page, 2).tap();
    await expect(page.getByRole("article")).toBeAttached();
    await swipe(page, 20, 220);
    await expect(page.getByRole("article")).toHaveCount(0);
    await client.send("Animation.setPlaybackRate", { playbackRate: 1 });
    await expect(page.getByRole("listbox")).toBeFocused();
    await row(page, 1).tap();
    await expect(page.getByRole("article", { name: "Request 1" })).toBeVisible();
    await swipe(page, 20, 60);
    await expect(page.getByRole("article", { name: "Request 1" })).toBeVisible();
  });

  test("a long press starts choosing rows, and further ones need a tap", async ({ page }) => {
    const url = await mintByClick(page);
    await sendCaptures(url, 4);
    await expect(rows(page)).toHaveCount(4);
    const finger = await fingerOn(page, row(page, 3));
    await expect(page.getByText("1 selected")).toBeVisible();
    await finger.lift();
    await row(page, 1).tap();
    await expect(page.getByText("2 selected")).toBeVisible();
    await row(page, 4).tap();
    await row(page, 3).tap();
    await expect(page.getByRole("option", { checked: true })).toHaveText([/#4/, /#1/]);
    await expect(page.getByRole("article")).toHaveCount(0);
    await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).tap();
    await expect(rows(page)).toHaveCount(2);
    await undo(page);
    await expect(rows(page)).toHaveCount(4);
    await row(page, 1).tap();
    await expect(page.getByRole("article", { name: "Request 1" })).toBeVisible();
  });
});

type Touch = "touchStart" | "touchMove" | "touchEnd";

/** What the screen would send, for gestures that Playwright has no word for. */
async function screenOf(page: Page) {
  const client = await page.context().newCDPSession(page);
  return (type: Touch, x = 0, y = 0) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y }],
    });
}

/** A finger from left to right over the open request. */
async function swipe(page: Page, from: number, to: number): Promise<void> {
  const touch = await screenOf(page);
  await touch("touchStart", from, 600);
  for (let x = from; x <= to; x += 40) await touch("touchMove", x, 600);
  // A finger that is lifted while it moves flings the page, and a tap during that only stops the fling.
  await page.waitForTimeout(150);
  await touch("touchMove", to, 600);
  await touch("touchEnd");
}

/** A finger that rests on an element until it is lifted. */
async function fingerOn(page: Page, element: Locator) {
  const touch = await screenOf(page);
  const box = await element.boundingBox();
  if (!box) throw new Error("Nothing to touch.");
  await touch("touchStart", box.x + box.width / 2, box.y + box.height / 2);
  return { lift: () => touch("touchEnd") };
}
