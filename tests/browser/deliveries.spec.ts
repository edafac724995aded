import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";
import { rows } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

const slack = (attempt: number, text: string) => ({
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "X-Slack-Signature": `v0=${attempt}`,
    ...(attempt > 0 && { "X-Slack-Retry-Num": `${attempt}` }),
  },
  body: JSON.stringify({ event_id: "Ev1", event: { type: "app_mention", text } }),
});

const deliveries = (page: Page) => page.getByRole("list", { name: /^Deliveries/ });

test("the tries of an event are read by the keyboard alone, while another one arrives", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  await createApiClient({ origin: server.origin, key: bin.key }).change(bin.id, {
    response: { status: 500 },
  });
  const first = await bin.capture(slack(0, "hello"));
  await openRequest(page, bin, first);
  await page.keyboard.press("7");
  await expect(page.getByText("One delivery of this event so far.")).toBeVisible();
  await expect(page.getByText(/^The 2nd try is expected/)).toBeVisible();

  await bin.capture(slack(1, "hello, again"));
  await expect(page.getByText("2 deliveries of this event so far.")).toBeVisible();
  await expect(page.getByRole("tab", { name: /Deliveries 2/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "1st of 2 deliveries" })).toBeVisible();
  await expect(rows(page).first().getByText("2nd try")).toBeVisible();
  await expect(deliveries(page).getByText("✕ refused")).toHaveCount(2);
  const differences = page.getByRole("group", { name: "Differences" });
  await expect(differences.getByText("$.event.text")).toBeVisible();
  await expect(differences.getByText("X-Slack-Signature")).toHaveCount(0);
  await differences.getByRole("button", { name: "Show" }).first().click();
  await expect(differences.getByText("X-Slack-Signature")).toBeVisible();
  expect(await findViolations(page, "deliveries")).toEqual([]);

  await deliveries(page).getByRole("button", { name: "#2" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article", { name: "Request 2" })).toBeVisible();
  await page.keyboard.press("7");
  await expect(page.getByText("The same id, another body")).toBeVisible();
  await expect(page.getByText(/^The 3rd try is expected in/)).toBeVisible();
});

test("a sender that is not recognised is named by hand, and its event is read", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const body = '{"event_id":"Ev7","type":"event_callback","event":{"type":"reaction_added"}}';
  const headers = { "Content-Type": "application/json" };
  await openRequest(page, bin, await bin.capture({ method: "POST", headers, body }));
  await page.getByRole("button", { name: "Who was it?" }).click();
  const field = page.getByRole("combobox", { name: "Find a provider" });
  await expect(field).toBeFocused();
  expect(await findViolations(page, "sender")).toEqual([]);
  await field.fill("slack");
  await field.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(rows(page).getByText("reaction_added")).toBeVisible();
  const article = page.getByRole("article");
  await expect(article.getByText("Ev7", { exact: true })).toBeVisible();

  await article.getByRole("button", { name: "Chosen by hand" }).click();
  await field.fill("as rec");
  await field.press("Enter");
  await expect(article.getByText("The sender is not recognised.")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the sender is one line, so that the body is high up, and unfolds by a tap and by a key", async ({
    page,
    server,
  }) => {
    const bin = await newBin(server.origin);
    const client = createApiClient({ origin: server.origin, key: bin.key });
    await createSecretClient(client).add(bin.id, {
      provider: "slack",
      secret: "8f742231b10e8888abcd99yyyzzz85a5",
    });
    await bin.capture(slack(0, "hello"));
    const second = await bin.capture(slack(1, "hello"));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route(`**/requests/${second}`, async (route) => {
      await released;
      await route.fallback();
    });
    await openRequest(page, bin, second);
    const article = page.getByRole("article");
    const tabs = article.getByRole("tablist", { name: "Parts of the request" });
    const sender = article.getByRole("button", { name: "Slack app_mention" });
    await expect(sender).toHaveAttribute("aria-expanded", "false");
    // The page slides in.
    await expect.poll(async () => (await tabs.boundingBox())?.x).toBe(0);
    const early = await tabs.boundingBox();
    release();
    const first = article.getByRole("tabpanel").getByText("{").first();
    await expect(first).toBeVisible();
    await expect(article.getByText("HTTP/1.1")).toBeAttached();
    expect(await tabs.boundingBox()).toEqual(early);
    expect((await first.boundingBox())?.y).toBeLessThan(0.4 * 844);

    await expect(article.getByRole("button", { name: "2nd of 2 deliveries" })).toBeInViewport();
    await expect(article.getByRole("button", { name: "✕ signature failed" })).toBeInViewport();
    await expect(article.getByText("Ev1", { exact: true })).toBeHidden();
    await sender.tap();
    await expect(sender).toHaveAttribute("aria-expanded", "true");
    await expect(article.getByText("Ev1", { exact: true })).toBeVisible();
    expect(await findViolations(page, "unfolded")).toEqual([]);
    expect(await findSmallTargets(page, "unfolded")).toEqual([]);
    await sender.press("Enter");
    await expect(article.getByText("Ev1", { exact: true })).toBeHidden();
    await sender.press("Space");
    await article.getByRole("button", { name: "Not them?" }).tap();
    await expect(page.getByRole("dialog", { name: "Who sent it?" })).toBeVisible();
  });
});

test("a sample is found by typing, sent, and opened with the secret that signed it at hand", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  await page.goto(`/b/${bin.id}#key=${bin.key}`);
  await page.getByRole("button", { name: "Send a sample" }).click();
  const field = page.getByRole("combobox", { name: "Find an event or a provider" });
  await expect(field).toBeFocused();
  expect(await findViolations(page, "samples")).toEqual([]);
  await field.fill("slack slash");
  await field.press("Enter");
  const dialog = page.getByRole("dialog", { name: "/refund was sent" });
  await expect(dialog.getByText(/^sample_[0-9a-f]{64}$/)).toBeVisible();
  expect(await findViolations(page, "sample sent")).toEqual([]);
  await dialog.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByRole("article", { name: "Request 1" })).toContainText("/refund");
});
