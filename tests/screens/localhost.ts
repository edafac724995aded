import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { BinMinted } from "#lib/contract/bins.ts";
import { sendCaptures } from "#tests/helpers/captures.ts";
import { startCli } from "#tests/helpers/cli.ts";
import { TestListener } from "#tests/helpers/listener.ts";
import type { State } from "./states.ts";
import { mintAnother, openBin, openRequest, type World } from "./world.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const listeners = (page: Page) => button(page, /^Listeners: /);

/** A machine that listens and answers, with what it said of itself. */
async function connect(
  { server }: World,
  bin: BinMinted,
  name: string,
  targets = ["http://localhost:3000/webhooks"],
) {
  const auth = { name, targets, version: "0.1.0", instance: randomUUID() };
  const listener = new TestListener(server.origin, bin, { auth, reconnects: true });
  await listener.ready();
  return listener;
}

/** One that was there and left. */
async function leave(world: World, bin: BinMinted, name: string, targets?: string[]) {
  (await connect(world, bin, name, targets)).close();
}

export const localhost: readonly State[] = [
  {
    name: "localhost-none",
    show: async (page, { empty }) => {
      await openBin(page, empty);
      await button(page, "To localhost: no listener").click();
      await page.getByRole("dialog").getByRole("button", { name: "Copy the command" }).click();
      await page.getByText("Waiting for it to connect …").waitFor();
    },
  },
  {
    name: "localhost-connected",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await connect(world, bin, "anna-mbp");
      await openBin(page, bin);
      await listeners(page).click();
      await page.getByText("All delivered, up to").waitFor();
    },
  },
  {
    name: "localhost-behind",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      (await connect(world, bin, "anna-mbp")).handle(() => null);
      await sendCaptures(bin.url, 17);
      await openBin(page, bin);
      await button(page, /17 behind/).click();
    },
  },
  {
    name: "localhost-two",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await leave(world, bin, "ci", ["path:/stripe*=http://localhost:4000/a", "http://[::1]:5000"]);
      await connect(world, bin, "anna-mbp");
      // Another process of that name.
      await connect(world, bin, "anna-mbp");
      await sendCaptures(bin.url, 3);
      await openBin(page, bin);
      await button(page, /3 wait/).click();
      await page.getByRole("dialog").getByText("Connect another machine").click();
    },
  },
  {
    name: "localhost-forward",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      const args = ["listen", bin.url, "--to", world.handler, "--name", "anna-mbp"];
      const first = startCli(args, { key: bin.key });
      await first.says("Connected.");
      first.kill("SIGSTOP");
      await sendCaptures(bin.url, 1);
      await openRequest(page, bin, "#5");
      await page.getByRole("tab", { name: "Forwards" }).click();
      await button(page, "Send").waitFor();
      first.kill("SIGKILL");
      await page.getByText("interrupted").first().waitFor();
      await startCli([...args, "--missed", "deliver"], { key: bin.key }).says("Caught up");
      await page.getByText("Attempt 2").waitFor();
      await page
        .getByText(/^Headers: /)
        .first()
        .click();
    },
  },
  {
    name: "localhost-sent",
    show: async (page, world) => {
      await openRequest(page, world.full, "payment_intent.succeeded");
      await page.getByRole("tab", { name: "Forwards" }).click();
      await page.getByLabel("Forward to").fill(world.handler);
      await page.keyboard.press("Enter");
      await page
        .getByText(/^Headers: /)
        .first()
        .click();
    },
  },
  {
    name: "localhost-away",
    show: async (page, world) => {
      const bin = await mintAnother(world);
      await leave(world, bin, "anna-mbp");
      await sendCaptures(bin.url, 2);
      await openRequest(page, bin, "#6");
      await page.getByRole("tab", { name: "Forwards" }).click();
      await page.getByRole("radio", { name: /anna-mbp/ }).check();
      await button(page, "Send").click();
      await page.getByText("so this was not sent").waitFor();
    },
  },
  {
    name: "settings-localhost",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.goto(`${full.dashboardUrl}/settings`);
      await page.getByRole("switch", { name: "Senders get localhost’s own answer" }).click();
      await page.getByRole("heading", { name: "Answer from localhost" }).evaluate((heading) => {
        heading.closest("section")?.scrollIntoView();
      });
    },
  },
];
