import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { createSecretClient } from "#lib/contract/secret-client.ts";
import type { State } from "./states.ts";
import { mintAnother, openRequest, type World } from "./world.ts";

const SECRET = "whsec_c2lnbmluZyBzZWNyZXQgb2YgdGhlIGV4YW1wbGU";
const BODY =
  '{"id":"evt_1P2x9Z","object":"event","type":"invoice.paid","livemode":false,"data":{"object":{"amount":4200}}}';

/** As Stripe signs it, with a time of so many seconds ago. */
async function send(bin: BinMinted, signed: string, secondsAgo = 1): Promise<void> {
  const time = Math.trunc(Date.now() / 1000) - secondsAgo;
  const signature = createHmac("sha256", SECRET).update(`${time}.${signed}`).digest("hex");
  await fetch(`${bin.url}/signed`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "Stripe-Signature": `t=${time},v1=${signature}`,
    },
    body: BODY,
  });
}

type Case = { signed?: string; secondsAgo?: number; secret?: string | null };

async function open(
  page: Page,
  world: World,
  { signed = BODY, secondsAgo, secret = SECRET }: Case,
) {
  const bin = await mintAnother(world);
  const api = createApiClient({ origin: world.server.origin, key: bin.key });
  if (secret)
    await createSecretClient(api).add(bin.id, { provider: "stripe", secret, label: "test mode" });
  await send(bin, signed, secondsAgo);
  await openRequest(page, bin, "invoice.paid");
  await page.getByRole("tab", { name: "Signature" }).click();
  await page.getByRole("heading", { name: "A handler that checks it" }).waitFor();
}

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Signature" });

/** What is known of a signature, in each of its states. */
export const signatures: readonly State[] = [
  { name: "signature-unchecked", show: (page, world) => open(page, world, { secret: null }) },
  { name: "signature-verified", show: (page, world) => open(page, world, {}) },
  {
    name: "signature-stale",
    show: (page, world) => open(page, world, { secondsAgo: 4000 }),
  },
  {
    name: "signature-failed",
    show: (page, world) => open(page, world, { signed: JSON.stringify(JSON.parse(BODY), null, 2) }),
  },
  {
    name: "signature-here",
    show: async (page, world) => {
      await open(page, world, { secret: null, signed: `${BODY}\n` });
      await panel(page).getByLabel("Stripe secret").fill(SECRET);
      await panel(page).getByRole("button", { name: "Check here only" }).click();
      await panel(page).getByText("Checked in this browser only").waitFor();
    },
  },
  {
    name: "signature-handler",
    show: async (page, world) => {
      await open(page, world, {});
      await panel(page).getByRole("heading", { name: "A handler" }).scrollIntoViewIfNeeded();
      await panel(page).getByLabel("The handler's code").waitFor();
      await panel(page).getByLabel("The handler's code").scrollIntoViewIfNeeded();
    },
  },
];
