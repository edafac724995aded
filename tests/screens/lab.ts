import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import type { State } from "./states.ts";
import { mintAnother, openRequest, type World } from "./world.ts";

async function tryIt(page: Page, world: World, kind: string): Promise<void> {
  const bin = await mintAnother(world);
  const api = createApiClient({ origin: world.server.origin, key: bin.key });
  for (const event of ["customer.subscription.created", "payment_intent.succeeded"]) {
    await api.sendSample(bin.id, { provider: "stripe", event });
  }
  await openRequest(page, bin, "payment_intent.succeeded");
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(world.handler);
  await page.getByText("Try your handler").click();
  await page.getByRole("radio", { name: kind }).check();
  await page.getByRole("button", { name: "Try it" }).click();
  const answers = page.getByRole("region", { name: "The answers beside each other" });
  await answers.getByRole("group").or(answers.getByText("difference")).first().waitFor();
  await answers.scrollIntoViewIfNeeded();
}

/** A handler is tried; the one of these pictures counts what it gets, and verifies nothing. */
export const lab: readonly State[] = [
  { name: "lab-twice", show: (page, world) => tryIt(page, world, "Twice") },
  { name: "lab-swapped", show: (page, world) => tryIt(page, world, "Swapped") },
  { name: "lab-changed", show: (page, world) => tryIt(page, world, "One byte changed") },
];
