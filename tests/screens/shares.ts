import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { shareCalls } from "#lib/contract/share-client.ts";
import type { ShareMinted } from "#lib/contract/shares.ts";
import type { State } from "./states.ts";
import { mintAnother, openBin, type World } from "./world.ts";

const hide = {
  headers: ["Stripe-Signature", "User-Agent"],
  paths: [],
  cards: true,
  tokens: true,
  emails: true,
  captureUrl: false,
};

const sharesOf = (world: World, key: string) =>
  shareCalls(createApiClient({ origin: world.server.origin, key }));

/** A share of a bin of its own. */
async function share(world: World, label: string) {
  const bin = await mintAnother(world);
  const shares = sharesOf(world, bin.key);
  const made = await shares.create(bin.id, { label, hide, expiresInSeconds: 7 * 24 * 3600 });
  return { bin, shares, made };
}

async function look(page: Page, { link }: ShareMinted): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: /^Live/ }).waitFor();
}

export const shares: readonly State[] = [
  {
    name: "share-dialog",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.keyboard.press("s");
      const dialog = page.getByRole("dialog", { name: "Share" });
      await dialog.getByRole("textbox", { name: "Who or what is it for?" }).fill("For Joe");
      await dialog.getByText(/^In the newest/).waitFor();
    },
  },
  {
    name: "share-viewer",
    show: async (page, world) => {
      const { made } = await share(world, "For Joe");
      await look(page, made);
      await page.getByRole("option").first().click();
      await page.getByRole("article").waitFor();
    },
  },
  {
    name: "share-list",
    show: async (page, world) => {
      const { bin, shares: calls } = await share(world, "For Joe");
      await calls.create(bin.id, { label: "Failed payments", q: "status>=400", hide });
      await openBin(page, bin);
      await page.goto(`${bin.dashboardUrl}/settings`);
      await page.getByRole("button", { name: "Revoke Failed payments" }).waitFor();
      await page.getByRole("heading", { name: "Shares", exact: true }).evaluate((heading) => {
        heading.closest("section")?.scrollIntoView();
      });
    },
  },
  {
    name: "share-revoked",
    show: async (page, world) => {
      const { bin, shares: calls, made } = await share(world, "For Joe");
      await look(page, made);
      await calls.revoke(bin.id, made.id);
      await page.getByText("This share has ended").waitFor();
    },
  },
];
