import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { State } from "./states.ts";
import { openBin, openRequest, type World } from "./world.ts";

const tab = (page: Page) => page.getByRole("tab", { name: /Deliveries/ }).click();

const slack = (attempt: number, more: object = {}) => ({
  target: "/slack/events",
  headers: {
    "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "X-Slack-Request-Timestamp": `${1_795_262_612 + attempt}`,
    "X-Slack-Signature": `v0=${`${attempt}`.repeat(64)}`,
    ...(attempt > 0 && { "X-Slack-Retry-Num": `${attempt}`, "X-Slack-Retry-Reason": "http_error" }),
  },
  body: {
    token: "XXYYZZ",
    team_id: "T0001",
    api_app_id: "A0001",
    event: { type: "app_mention", user: "U061F7AUR", text: "<@U0LAN0Z89> refund A-1042", ...more },
    type: "event_callback",
    event_id: "Ev08MFMKH6",
    event_time: 1_795_262_612,
  },
});

const stripe = (id: string, created: number) => ({
  target: "/stripe",
  headers: { "Stripe-Signature": `t=${created},v1=aa` },
  body: {
    id,
    object: "event",
    account: "acct_1032D82eZvKYlo2C",
    created,
    livemode: true,
    type: "invoice.paid",
  },
});

type Sent = { target: string; headers: Record<string, string>; body: object };

/** A bin whose answer is no good, with tries that came because of it. */
async function tried({ server }: World, ...all: Sent[]): Promise<BinMinted> {
  const bin = await createApiClient({ origin: server.origin }).mint({
    name: "orders-staging",
    response: { status: 500 },
  });
  for (const { target, headers, body } of all) {
    await fetch(bin.url + target, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }
  return bin;
}

export const deliveries: readonly State[] = [
  {
    name: "deliveries",
    show: async (page, world) => {
      const bin = await tried(world, slack(0), slack(1), slack(2, { edited: true }));
      await openRequest(page, bin, "app_mention");
      await tab(page);
      await page.getByRole("group", { name: "Differences" }).waitFor();
    },
  },
  {
    name: "deliveries-order",
    show: async (page, world) => {
      const bin = await tried(
        world,
        stripe("evt_1", 1_795_262_612),
        stripe("evt_2", 1_795_262_600),
      );
      await openRequest(page, bin, "invoice.paid");
      await tab(page);
      await page.getByText("Out of order.").waitFor();
    },
  },
  {
    name: "sender",
    show: async (page, { full }) => {
      await openRequest(page, full, "/soap/orders");
      await page.getByRole("button", { name: "Who was it?" }).click();
      await page.getByRole("combobox", { name: "Find a provider" }).fill("s");
    },
  },
  {
    name: "sample",
    show: async (page, { empty }) => {
      await openBin(page, empty);
      await page.getByRole("button", { name: "Send a sample" }).click();
      await page.getByRole("listbox", { name: "Samples" }).waitFor();
    },
  },
  {
    name: "sample-sent",
    show: async (page, world) => {
      await openBin(page, await tried(world));
      await page.getByRole("button", { name: "Send a sample" }).click();
      await page.getByRole("option").first().click();
      await page.getByRole("button", { name: "Open it" }).waitFor();
    },
  },
];
