import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { mintAnother, openBin, type World } from "./world.ts";

const event = (at: number, more: object) => ({
  id: `evt_1P2x9Z${at}`,
  object: "event",
  created: 1_795_262_600 + at,
  livemode: true,
  type: "payment_intent.succeeded",
  data: { object: { id: `pi_3P2x${at}`, amount: 4_200, currency: "eur", ...more } },
});

/** Three events of a kind, the last two compared. */
async function compare(page: Page, world: World): Promise<void> {
  const bin = await mintAnother(world);
  const ids: string[] = [];
  for (const [at, more] of [
    { description: "Order A-1042", charges: [{ id: "ch_1", paid: true }] },
    { description: "Order A-1042", charges: [{ id: "ch_1", paid: true }] },
    { description: "Order A-1043", charges: [{ id: "ch_1", paid: false }], refunded: true },
  ].entries()) {
    const answer = await fetch(`${bin.url}/stripe`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Stripe-Signature": `t=${1_795_262_600 + at},v1=${"5f".repeat(16)}${at}`,
      },
      body: JSON.stringify(event(at, more)),
    });
    ids.push(answer.headers.get("Hooklens-Request-Id") ?? "");
  }
  await openBin(page, bin);
  const { origin, pathname } = new URL(page.url());
  await page.goto(`${origin}${pathname}?compare=${ids.slice(1).join("..")}`);
  await page.getByRole("group", { name: "Differences" }).waitFor();
}

export const comparisons: readonly State[] = [
  { name: "comparison", show: compare },
  {
    name: "comparison-everything",
    show: async (page, world) => {
      await compare(page, world);
      await page.getByRole("button", { name: "Everything" }).click();
      await page.keyboard.press("[");
    },
  },
  {
    name: "comparison-mask",
    show: async (page, world) => {
      await compare(page, world);
      await page.getByRole("button", { name: "Always changes", exact: true }).click();
      await page.getByRole("button", { name: "Learn from requests like these" }).click();
      await page.getByText(/learned from/).waitFor();
    },
  },
];
