import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import type { State } from "./states.ts";
import { mintAnother, type World } from "./world.ts";

const source = (handler: string, wanted: number) => `name: A payment arrives
environments:
  local:
    app: ${handler}
steps:
  - sample: stripe payment_intent.succeeded
    to: "{{app}}"
    expect:
      status: 200
      body.received: true
    keep:
      order: body.order
  - call: GET {{app}}?order={{order}}
    within: 1s
    expect:
      status: 200
      body.order: ${wanted}
`;

async function open(page: Page, bin: BinMinted): Promise<void> {
  await page.goto(`${new URL(bin.dashboardUrl).origin}/b/${bin.id}/scenarios#key=${bin.key}`);
  await page.getByRole("textbox", { name: "Scenario as YAML" }).waitFor();
}

async function run(page: Page, world: World, wanted: number): Promise<void> {
  const bin = await mintAnother(world);
  const api = createApiClient({ origin: world.server.origin, key: bin.key });
  const client = scenarioClient(api, bin.id);
  await client.add(source(world.handler, wanted));
  await client.putEnvironment("staging", {
    variables: [
      { name: "app", value: "https://staging.example.com" },
      { name: "token", value: "tok_1", secret: true },
    ],
  });
  await open(page, bin);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText(/✓ Passed|of 2 failed/).waitFor();
}

/** Events sent, answers checked, calls made. */
export const scenarios: readonly State[] = [
  { name: "scenario-new", show: async (page, world) => open(page, await mintAnother(world)) },
  { name: "scenario-passed", show: (page, world) => run(page, world, 10023) },
  {
    name: "scenario-failed",
    show: async (page, world) => {
      await run(page, world, 9);
      await page.getByText("1 of 2 failed").scrollIntoViewIfNeeded();
    },
  },
];
