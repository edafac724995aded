import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import { sampleRequests } from "#tests/fixtures/sample-requests.ts";
import type { State } from "./states.ts";
import { mintAnother, type World } from "./world.ts";

const DEAD_URL = "http://127.0.0.1:9/webhooks";

async function openPage(page: Page, world: World, isEmpty: boolean): Promise<void> {
  const bin = await mintAnother(world);
  if (!isEmpty) {
    const client = createDestinationClient(
      createApiClient({ origin: world.server.origin, key: bin.key }),
    );
    const retry = { maxAttempts: 2, firstDelaySeconds: 0.05, maxDelaySeconds: 0.05 };
    await client.add(bin.id, { url: world.handler, q: "provider:stripe", resign: true, from: 1 });
    await client.add(bin.id, { url: DEAD_URL, retry, breaker: { failures: 0 }, from: 1 });
    await client.add(bin.id, {
      url: `${DEAD_URL}/ordered`,
      ordered: true,
      from: 1,
      breaker: { failures: 2 },
    });
    await client.add(bin.id, { url: "https://staging.example.com/hooks", enabled: false, from: 1 });
  }
  await page.goto(`${new URL(bin.dashboardUrl).origin}/b/${bin.id}/destinations#key=${bin.key}`);
}

/** Where requests go by themselves. */
export const destinations: readonly State[] = [
  {
    name: "destinations-none",
    show: async (page, world) => {
      await openPage(page, world, true);
      await page.getByText("Requests stay here").waitFor();
    },
  },
  {
    name: "destinations",
    show: async (page, world) => {
      await openPage(page, world, false);
      const dead = page.getByText(`${Math.min(sampleRequests.length, 4)} not delivered`);
      await dead.waitFor();
      await dead.click();
      await page.getByText("tried as often as it may be").first().waitFor();
    },
  },
  {
    name: "destination-new",
    show: async (page, world) => {
      await openPage(page, world, true);
      await page.getByRole("button", { name: "Add a destination" }).click();
      await page.getByText("Retries, speed, headers").click();
    },
  },
];
