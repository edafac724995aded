import type { Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { comparisons } from "./compare.ts";
import { decoded } from "./decoded.ts";
import { deliveries } from "./deliveries.ts";
import { destinations } from "./destinations.ts";
import { resends } from "./resends.ts";
import { browserForwards } from "./browser-forwards.ts";
import { edits } from "./edits.ts";
import { lab } from "./lab.ts";
import { localhost } from "./localhost.ts";
import { scenarios } from "./scenarios.ts";
import { shares } from "./shares.ts";
import { signatures } from "./signatures.ts";
import { transfer } from "./transfer.ts";
import { mintAnother, openBin, openRequest, type World } from "./world.ts";

/** One picture. Each begins anew, so that one can be taken alone. */
export type State = {
  name: string;
  /** Runs in a browser without JavaScript. */
  scriptless?: true;
  show: (page: Page, world: World) => Promise<void>;
};

const TABS = ["Body", "Headers", "Query", "Timing", "Forwards", "Raw"] as const;
const EVENT = "payment_intent.succeeded";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const view = (page: Page, name: string) =>
  page.getByLabel("Show the body as").getByRole("button", { name, exact: true }).click();
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function forward(page: Page, target: string): Promise<void> {
  await tab(page, "Forwards");
  const done = page.getByRole("list", { name: "Forwards, newest first" }).locator("> li");
  const before = await done.count();
  await page.getByLabel("Forward to").fill(target);
  await page.keyboard.press("Enter");
  await done.nth(before).waitFor();
}

const entrance: State[] = [
  {
    name: "landing",
    show: async (page, { origin }) => {
      await page.goto(origin);
      await page.getByRole("article").waitFor();
    },
  },
  {
    name: "landing-example",
    show: async (page, { origin }) => {
      await page.goto(origin);
      await page.getByRole("heading", { name: "What it looks like" }).scrollIntoViewIfNeeded();
      await page.getByRole("article").waitFor();
      await page.getByRole("heading", { name: "What it looks like" }).evaluate((heading) => {
        heading.scrollIntoView();
      });
    },
  },
  {
    name: "landing-bins",
    show: async (page, world) => {
      await openBin(page, world.full);
      await page.goto(world.origin);
      await page.getByText("orders-dev").first().waitFor();
    },
  },
  {
    name: "no-script",
    scriptless: true,
    show: (page, { origin }) => page.goto(origin).then(() => undefined),
  },
];

const list: State[] = [
  { name: "waiting", show: (page, { empty }) => openBin(page, empty) },
  { name: "list", show: (page, { full }) => openBin(page, full) },
  {
    name: "filter",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.getByRole("combobox", { name: "Filter requests" }).fill("order");
      await page.locator("mark").first().waitFor();
    },
  },
  {
    name: "filter-empty",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.getByRole("combobox", { name: "Filter requests" }).fill("invoice.paid");
      await page.getByText("Nothing matches").waitFor();
    },
  },
  {
    name: "filter-mistake",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.getByRole("combobox", { name: "Filter requests" }).fill("method:POST evnt:ping");
      await page.getByText("Column 13: expected a field").waitFor();
    },
  },
  {
    name: "paused",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await openBin(page, bin);
      await button(page, "Pause").click();
      await sendCaptures(bin.url, 3);
      await page.getByText("3 new, paused").waitFor();
    },
  },
  {
    name: "multi-select",
    show: async (page, { full }) => {
      await openBin(page, full);
      const rows = page.getByRole("option");
      for (const at of [1, 2, 4]) await rows.nth(at).click({ modifiers: ["Control"] });
      await page.getByText("3 selected").waitFor();
    },
  },
  {
    name: "undo-toast",
    show: async (page, world) => {
      await openBin(page, await mintAnother(world));
      const rows = page.getByRole("option");
      for (const at of [0, 1]) await rows.nth(at).click({ modifiers: ["Control"] });
      await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
      await button(page, "Undo").waitFor();
    },
  },
];

const request: State[] = [
  ...TABS.map(
    (name): State => ({
      name: `request-${name.toLowerCase()}`,
      show: async (page, { full, handler }) => {
        await openRequest(page, full, EVENT);
        if (name === "Forwards") await forward(page, handler);
        else await tab(page, name);
      },
    }),
  ),
  {
    name: "compare",
    show: async (page, world) => {
      await openRequest(page, await mintAnother(world), EVENT);
      for (const path of ["", "?retry=1"]) await forward(page, world.handler + path);
      await page.getByText("Compare with an earlier answer").first().click();
      await page.getByRole("group", { name: "Differences" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "headers-explained",
    show: async (page, { full }) => {
      await openRequest(page, full, EVENT);
      await tab(page, "Headers");
      await button(page, "What Stripe-Signature says").click();
    },
  },
  {
    name: "copy-card",
    show: async (page, { full }) => {
      await openRequest(page, full, EVENT);
      await button(page, "Copy as").click();
      await page.getByRole("menuitem", { name: /fetch/ }).click();
      await page.getByRole("group", { name: "Copied request" }).waitFor();
    },
  },
  { name: "xml", show: (page, { full }) => openRequest(page, full, "/soap/orders") },
  {
    name: "html-preview",
    show: async (page, { full }) => {
      await openRequest(page, full, "text/html");
      await view(page, "Preview");
    },
  },
  { name: "hex", show: (page, { full }) => openRequest(page, full, "octet-stream") },
  { name: "odd-text", show: (page, { full }) => openRequest(page, full, "text/plain") },
];

const popups: State[] = [
  {
    name: "palette",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("co");
    },
  },
  {
    name: "help",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "switcher",
    show: async (page, world) => {
      await openBin(page, await mintAnother(world));
      await openBin(page, world.full);
      await button(page, "Bin menu").click();
      await page
        .getByRole("menuitem", { name: /orders-staging/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "share",
    show: async (page, { full }) => {
      await openBin(page, full);
      await button(page, "Private link").click();
      await button(page, "Make a private link").waitFor();
    },
  },
];

const sections = ["General", "Answer", "Signing secrets", "Keys", "Removal"];
const settings: State[] = sections.map((section) => ({
  name: section === "General" ? "settings" : `settings-${section.split(" ").at(-1)?.toLowerCase()}`,
  show: async (page, world) => {
    await openBin(page, world.full);
    await page.goto(`${world.full.dashboardUrl}/settings`);
    await page
      .getByRole("button", { name: /^Revoke/ })
      .first()
      .waitFor();
    if (section === "General") return;
    if (section === "Answer") await fillAnswer(page);
    if (section === "Signing secrets") await fillSecrets(page);
    await page.getByRole("heading", { name: section, exact: true }).evaluate((heading) => {
      heading.closest("section")?.scrollIntoView();
    });
  },
}));

/** One that is kept, and one that is none. */
async function fillSecrets(page: Page): Promise<void> {
  const form = page.getByRole("form", { name: "Add a signing secret" });
  const add = async (provider: string, label: string, secret: string) => {
    await form.getByRole("combobox", { name: "Provider" }).selectOption(provider);
    await form.getByRole("textbox", { name: "Label" }).fill(label);
    await form.getByRole("textbox").last().fill(secret);
    await button(page, "Add secret").click();
  };
  if ((await button(page, "Remove the secret of GitHub, repository").count()) === 0) {
    await add("github", "repository", "it's a secret to everybody");
    await button(page, "Remove the secret of GitHub, repository").waitFor();
  }
  await add("stripe", "live", "sk_live_51H");
  await page.getByText("This is not how a secret of Stripe is written").waitFor();
  await form.getByRole("combobox", { name: "Provider" }).selectOption("shopify");
  await form.getByRole("textbox", { name: "Client secret" }).fill("");
}

async function fillAnswer(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Status" }).fill("202");
  for (const [number, name, value] of [
    [1, "Content-Type", "application/json"],
    [2, "Set-Cookie", "seen=1"],
  ] as const) {
    await button(page, "Add a header").click();
    await page.getByRole("textbox", { name: `Name of header ${number}` }).fill(name);
    await page.getByRole("textbox", { name: `Value of header ${number}` }).fill(value);
  }
  await page.getByRole("textbox", { name: "Body" }).fill('{\n  "accepted": true\n}');
}

const troubles: State[] = [
  {
    name: "loading",
    show: async (page, { full }) => {
      await page.route("**/api/bins/**", () => undefined);
      await page.goto(full.dashboardUrl);
      await page.getByText("Opening the bin").waitFor({ state: "attached" });
      await page.waitForTimeout(500); // its rows come late
    },
  },
  {
    name: "disconnected",
    show: async (page, { full, proxy }) => {
      await openBin(page, full, proxy.origin);
      proxy.stall();
      proxy.cut();
      await page.getByText("This list may be behind").waitFor();
    },
  },
  {
    name: "offline",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.context().setOffline(true);
      await page.getByText("This machine is offline").waitFor();
    },
  },
  {
    name: "behind",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await openBin(page, bin, world.proxy.origin);
      world.proxy.stall();
      world.proxy.cut();
      await sendCaptures(bin.url, 1_100);
      await page.route("**/requests?*", () => undefined);
      world.proxy.flow();
      await page.getByRole("button", { name: /^Behind/ }).waitFor();
    },
  },
  {
    name: "gone",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await openBin(page, bin);
      await apiOf(world, bin.key).deleteBin(bin.id);
      await page.getByText("This bin is gone").waitFor();
    },
  },
  {
    name: "revoked",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      const api = apiOf(world, bin.key);
      const anna = await api.mintKey(bin.id, "Anna");
      await openBin(page, { ...bin, key: anna.key });
      await api.revokeKey(bin.id, anna.id);
      await page.getByText("The key that opened it here was revoked").waitFor();
    },
  },
  {
    name: "no-access",
    show: async (page, world) => {
      await page.goto((await mintAnother(world)).dashboardUrl);
      await page.getByText("This browser has no access").waitFor();
    },
  },
  {
    name: "unknown-bin",
    show: async (page, { origin }) => {
      await page.goto(`${origin}/b/${"a".repeat(20)}`);
      await page.getByText("There is no such bin").or(page.getByText("no access")).waitFor();
    },
  },
  {
    name: "server-away",
    show: async (page, { full }) => {
      await page.route("**/api/**", (route) => route.abort());
      await page.goto(full.dashboardUrl);
      await page.getByText("The server does not answer").waitFor();
    },
  },
  {
    name: "no-page",
    show: async (page, { origin }) => {
      await page.goto(`${origin}/nowhere`);
    },
  },
];

const apiOf = ({ server }: World, key: string) => createApiClient({ origin: server.origin, key });

export const states: readonly State[] = [
  ...entrance,
  ...list,
  ...request,
  ...decoded,
  ...signatures,
  ...comparisons,
  ...deliveries,
  ...destinations,
  ...resends,
  ...browserForwards,
  ...edits,
  ...lab,
  ...scenarios,
  ...localhost,
  ...popups,
  ...transfer,
  ...shares,
  ...settings,
  ...troubles,
];
