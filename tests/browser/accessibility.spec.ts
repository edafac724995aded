import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { sampleRequests } from "#tests/fixtures/sample-requests.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { TABS, untilShown } from "#tests/helpers/request-page.ts";
import { send } from "#tests/screens/world.ts";
import { findViolations } from "./axe.ts";
import { mintByClick, rows, untilLive } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

/** Looks at one state after the other and tells of all at the end. */
function tour(page: Page, ...looks: Look[]) {
  const findings: string[] = [];
  return {
    findings,
    see: async (state: string) => {
      for (const look of looks) findings.push(...(await look(page, state)));
    },
  };
}

type Look = (page: Page, state: string) => Promise<string[]>;

/** Its code may still be on its way. */
const untilOpen = (page: Page) => expect(page.getByRole("dialog").first()).toBeVisible();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function mintWithSamples(page: Page): Promise<string> {
  const url = await mintByClick(page);
  for (const sample of sampleRequests) await send(url, sample);
  await expect(rows(page)).toHaveCount(sampleRequests.length);
  return url;
}

async function openRow(page: Page, words: string): Promise<void> {
  await rows(page).filter({ hasText: words }).first().click();
  // The part that was open stays open.
  await page.getByRole("tab", { name: "Body" }).click();
  await untilShown(page.getByRole("tabpanel", { name: "Body" }));
}

test("the entrance, the list and what opens above them pass axe in both themes", async ({
  page,
}) => {
  const { see, findings } = tour(page, findViolations);
  await page.goto("/");
  await expect(page.getByRole("article")).toBeVisible();
  await see("landing");
  await mintByClick(page);
  await see("waiting");
  await mintWithSamples(page);
  await see("list");

  const filter = page.getByRole("combobox", { name: "Filter requests" });
  await filter.fill("order");
  await expect(page.locator("mark").first()).toBeVisible();
  await see("filter");
  await filter.fill('"order');
  await expect(page.getByText(/Column 7: expected/)).toBeVisible();
  await see("filter with a mistake");
  await filter.fill("invoice.paid");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await see("filter empty");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await page.keyboard.press("p");
  await see("paused");
  await page.keyboard.press("p");
  await rows(page)
    .nth(1)
    .click({ modifiers: ["Control"] });
  await see("multi-select");
  await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
  await button(page, "Undo").hover();
  await see("undo toast");
  await page.keyboard.press("z");

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await see("palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await untilOpen(page);
  await see("help");
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await expect(page.getByRole("menuitem", { name: "Delete bin" })).toBeVisible();
  await see("bin menu");
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await untilOpen(page);
  await see("delete dialog");
  await page.keyboard.press("Escape");
  await button(page, "Private link").click();
  await untilOpen(page);
  await see("private link");
  expect(findings).toEqual([]);
});

test("every part and view of a request passes axe in both themes", async ({ page, server }) => {
  const { see, findings } = tour(page, findViolations);
  await mintWithSamples(page);
  await openRow(page, "payment_intent.succeeded");
  for (const tab of TABS) {
    await page.getByRole("tab", { name: tab }).click();
    await untilShown(page.getByRole("tabpanel", { name: tab }));
    await see(`request ${tab}`);
  }
  await page.keyboard.press("2");
  await button(page, "What Stripe-Signature says").click();
  await see("headers explained");
  await page.keyboard.press("Escape");
  await page.keyboard.press("f");
  for (const attempt of [1, 2]) {
    await page.getByLabel("Forward to").fill(`${server.origin}/api/health?${attempt}`);
    // While one is under way Enter sends nothing.
    await expect(page.getByRole("button", { name: /^Send/ })).toBeEnabled();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Not forwarded yet.")).toBeHidden();
    const forwards = page.getByRole("list", { name: "Forwards, newest first" });
    await expect(forwards.locator("> li")).toHaveCount(attempt);
  }
  await page.getByText("Compare with an earlier answer").first().click();
  await see("compare");
  await page.keyboard.press("c");
  await page.getByRole("menuitem", { name: "fetch" }).click();
  await see("copied request");
  for (const words of ["/soap/orders", "text/html", "octet-stream", "text/plain", "urlencoded"]) {
    await openRow(page, words);
    await see(words);
  }
  await openRow(page, "text/html");
  await button(page, "Preview").click();
  await see("HTML preview");
  expect(findings).toEqual([]);
});

test("the settings, and a bin that is lost, pass axe in both themes", async ({ page, server }) => {
  const { see, findings } = tour(page, findViolations);
  await mintByClick(page);
  const bin = await createApiClient({ origin: server.origin }).mint({ name: "orders" });
  const api = createApiClient({ origin: server.origin, key: bin.key });
  const anna = await api.mintKey(bin.id, "Anna");
  for (const sample of sampleRequests.slice(-2)) await send(bin.url, sample);
  await page.goto(`/b/${bin.id}#key=${anna.key}`);
  await untilLive(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("button", { name: "Revoke Anna" })).toBeVisible();
  await page.getByRole("textbox", { name: "Status" }).fill("99");
  await button(page, "Save answer").click();
  await page.getByRole("combobox", { name: "Provider" }).selectOption({ label: "Shopify" });
  await page.getByRole("textbox", { name: "Client secret" }).fill("shpss_1");
  await button(page, "Add secret").click();
  await expect(button(page, "Remove the secret of Shopify")).toBeVisible();
  await button(page, "Add secret").click();
  await page.getByRole("switch", { name: "Answer 401" }).check();
  await page.getByRole("textbox", { name: "New key" }).fill("Ben");
  await button(page, "Make a key").click();
  await expect(page.getByText("It is shown only now.")).toBeVisible();
  await button(page, "Clear").click();
  // Held, it stays.
  await button(page, "Undo").hover();
  await see("settings");
  await button(page, "Undo").click();

  await page.goto(`/b/${bin.id}`);
  await untilLive(page);
  await page.context().setOffline(true);
  await expect(page.getByText("This machine is offline.")).toBeVisible();
  await see("offline");
  await page.context().setOffline(false);
  await untilLive(page);
  await api.revokeKey(bin.id, anna.id);
  await expect(page.getByText("The key that opened it here was revoked.")).toBeVisible();
  await see("key revoked");
  await page.getByRole("textbox", { name: "Private link or key" }).fill(bin.key);
  await button(page, "Open the bin").click();
  await untilLive(page);
  await api.deleteBin(bin.id);
  await expect(page.getByText("This bin is gone")).toBeVisible();
  await see("bin gone");

  await page.goto(`/b/${"a".repeat(20)}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await see("unknown bin");
  await page.goto("/nowhere");
  await see("unknown page");
  await page.route("**/api/bins/**", (route) => route.abort());
  await page.goto(`/b/${bin.id}`);
  await expect(page.getByText("The server does not answer")).toBeVisible();
  await see("server away");
  expect(findings).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("every screen passes axe, and whatever a finger hits is large enough", async ({ page }) => {
    const { see, findings } = tour(page, findViolations, findSmallTargets);
    await page.goto("/");
    await expect(page.getByRole("article")).toBeVisible();
    await see("landing");
    await mintByClick(page);
    await see("waiting");
    await mintWithSamples(page);
    await see("list");
    await button(page, "Bin menu").tap();
    await expect(page.getByRole("menuitem", { name: "Delete bin" })).toBeVisible();
    await see("bin menu");
    await page.getByRole("menuitem", { name: "Delete bin" }).tap();
    await untilOpen(page);
    await see("delete dialog");
    await button(page, "Cancel").tap();

    await rows(page).filter({ hasText: "payment_intent" }).tap();
    for (const tab of TABS) {
      await page.getByRole("tab", { name: tab }).tap();
      await untilShown(page.getByRole("tabpanel", { name: tab }));
      await see(`request ${tab}`);
    }
    await button(page, "Copy as").tap();
    await expect(page.getByRole("menuitem", { name: "fetch" })).toBeVisible();
    await see("copy menu");
    await page.keyboard.press("Escape");
    await button(page, "Requests").tap();
    for (const words of ["urlencoded", "octet-stream", "text/html"]) {
      await rows(page).filter({ hasText: words }).first().tap();
      await page.getByRole("tab", { name: "Body" }).tap();
      await untilShown(page.getByRole("tabpanel", { name: "Body" }));
      await see(words);
      await button(page, "Requests").tap();
    }
    await page.getByRole("link", { name: "Settings" }).tap();
    await expect(page.getByRole("button", { name: /^Revoke/ })).toBeVisible();
    await button(page, "Add a header").tap();
    await see("settings");
    const bin = new URL(page.url()).pathname.replace(/\/settings$/, "");
    await page.goto(`${bin}/destinations`);
    await button(page, "Add a destination").tap();
    await see("destinations");
    await page.goto(`${bin}/resends`);
    await expect(page.getByLabel("Send to")).toBeVisible();
    await see("resends");
    await page.goto(`${bin}/scenarios`);
    await expect(page.getByRole("navigation", { name: "Scenarios" })).toBeVisible();
    await see("scenarios");
    await page.goto(`${bin}/shape`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await see("shapes");
    await page.context().clearCookies();
    await page.reload();
    await expect(page.getByText("This browser has no access")).toBeVisible();
    await see("no access");
    expect(findings).toEqual([]);
  });
});
