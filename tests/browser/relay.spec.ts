import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import type { Delivery, Outcome } from "#lib/contract/relay.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { type Cli, endClis, startCli } from "#tests/helpers/cli.ts";
import { curl } from "#tests/helpers/curl.ts";
import { closeAllListeners, TestListener, tried } from "#tests/helpers/listener.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";
import { mintByClick, row, untilLive } from "./bin-page.ts";
import { findSmallTargets } from "./touch-targets.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

let shop: http.Server;
let local: string;
test.beforeAll(async () => {
  shop = http.createServer((request, response) => {
    response.writeHead(201, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ taken: request.url }));
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  local = `http://localhost:${(shop.address() as AddressInfo).port}/hooks`;
});
test.afterEach(closeAllListeners);
test.afterAll(() => {
  endClis();
  shop.close();
});

/** Runs what the page copied, with the built file in the place of what npx would fetch. */
function paste(command: string): Cli {
  const [, key = "", rest = ""] =
    /^HOOKLENS_KEY=(\S+) npx \S+\/cli-\S+\.tgz (.*)$/.exec(command) ?? [];
  return startCli([...rest.split(" "), "--name", "laptop"], { key });
}

const badge = (page: Page) => page.getByRole("button", { name: /^Listeners: / });
const forwards = (page: Page) =>
  page.getByRole("list", { name: "Forwards, newest first" }).locator("> li");

test("the copied command connects a machine, which takes requests to its localhost and is missed when it is stopped", async ({
  page,
}) => {
  const url = await mintByClick(page);
  await page.getByRole("textbox", { name: "Your code listens on" }).fill(local);
  await page.getByRole("button", { name: "Copy the command" }).click();
  await expect(page.getByText("Waiting for it to connect …")).toBeVisible();
  const cli = paste(await page.evaluate<string>("navigator.clipboard.readText()"));
  const host = new URL(local).host;
  await expect(
    page.getByText(`Connected as laptop, which takes requests to ${host}`),
  ).toBeVisible();
  await expect(badge(page)).toHaveAccessibleName(
    `Listeners: laptop → ${host} , connected , all delivered`,
  );

  await curl(`${url}/orders?n=1`, { body: '{"amount": 20.0}' });
  await row(page, 1).click();
  await expect(page.getByRole("article", { name: "Request 1" })).toBeVisible();
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "Send" })).toBeFocused();
  await expect(forwards(page)).toHaveCount(1);
  const first = forwards(page).first();
  await expect(first).toContainText(`via laptop${local}/orders?n=1`);
  await expect(first).toContainText('"/hooks/orders?n=1"');
  await first.getByText(/^Headers: /).click();
  const differing = first.getByRole("list", { name: "Headers that differ" });
  await expect(differing).toContainText(`Host: ${host}the target's`);
  await expect(differing).toContainText("Hooklens-Forward-Id");
  await expect(first).toContainText("SHA-256 of the sent body, the same");

  await page.getByRole("switch", { name: "Append the captured path and query" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(forwards(page)).toHaveCount(2);
  await expect(forwards(page).first()).toContainText('"/hooks"');

  cli.kill("SIGSTOP");
  expect(await findViolations(page, "forwards through a listener")).toEqual([]);
  await expect(badge(page)).toHaveAccessibleName(/laptop.* (not heard|away) for \d/, {
    timeout: 15_000,
  });
  cli.kill("SIGKILL");
  await expect(badge(page)).toHaveAccessibleName(/, away for /);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("article").getByRole("alert")).toHaveText(
    /^It is away, so this was not sent\./,
  );
  await curl(`${url}/missed`, { body: "x" });
  await expect(badge(page)).toHaveAccessibleName(/, away for .*, 1 wait/);
  await expect(row(page, 2)).toContainText("waits for laptop");
  await expect(row(page, 1)).not.toContainText("waits for laptop");

  await page.getByRole("list", { name: "Forwards, newest first" }).click();
  await page.keyboard.press("l");
  const panel = page.getByRole("dialog", { name: "Listeners" });
  await expect(panel).toContainText("1 request waits for it, from #2 on");
  await panel.getByRole("button", { name: "Remove laptop" }).click();
  await expect(panel).toContainText("1 request will not be delivered to it");
  await panel.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(badge(page)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "To localhost: no listener" })).toBeFocused();
});

test("two listeners are named; a delivery that was cut off and came again shows both attempts", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const failing = (delivery: Delivery): Outcome | null =>
    delivery.attempt === 1 ? null : tried(delivery, { url: `${local}/again` });
  const laptop = new TestListener(server.origin, bin, {
    auth: { name: "laptop", targets: [local], version: "0.1.0" },
    handle: failing,
    reconnects: true,
  });
  await laptop.ready();
  const targets = ["path:/a*=http://localhost:4000/a", "http://localhost:5000"];
  await new TestListener(server.origin, bin, { auth: { name: "ci", targets } }).ready();
  const id = await bin.capture({ method: "POST", body: "hi" }, "/a");
  await openRequest(page, bin, id);
  await untilLive(page);
  await expect(badge(page)).toHaveAccessibleName(
    /^Listeners: ci → localhost:4000 \+1.* connected.* all delivered.*; laptop → .* connected/,
  );

  await page.getByRole("tab", { name: "Forwards" }).click();
  await expect(forwards(page)).toHaveCount(1);
  await expect(badge(page)).toHaveAccessibleName(/laptop → .* connected.* 1 behind$/);
  laptop.drop();
  const cut = forwards(page).filter({ hasText: "via laptop" });
  await expect(cut).toContainText("Attempt 2✓ 200");
  await expect(cut).toContainText("Attempt 1✕ interrupted");
  await expect(cut).toContainText("Its target may have handled the request.");

  await page.getByRole("radio", { name: /^ci/ }).check();
  await expect(page.getByText("the one of its 2 targets that wants it")).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(forwards(page).filter({ hasText: "via ci" })).toHaveCount(2);
  await badge(page).click();
  const items = page.getByRole("dialog", { name: "Listeners" }).getByRole("listitem");
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText("ciconnected→ path:/a*=http://localhost:4000/a");
  expect(await findViolations(page, "two listeners")).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the sender gets localhost's own answer when the settings say so, and the page says whose it was", async ({
    page,
    server,
  }) => {
    const url = await mintByClick(page);
    const id = page.url().slice(-20);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("switch", { name: "Senders get localhost’s own answer" }).click();
    const wait = page.getByRole("textbox", { name: "Wait at most, in seconds" });
    await wait.fill("26");
    const save = page.getByRole("region", { name: "Answer from localhost" }).getByRole("button");
    await save.click();
    await expect(wait).toHaveAccessibleDescription(/From 0.1 to 25 seconds/);
    await wait.fill("12.5");
    await save.click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();

    await page.getByRole("link", { name: "Requests" }).click();
    await page.getByRole("button", { name: "To localhost: no listener" }).click();
    const panel = page.getByRole("dialog");
    await expect(panel).toHaveAccessibleName("Forward to localhost");
    await panel.getByRole("button", { name: "Copy the command" }).click();
    await expect(panel.getByText("Waiting for it to connect …")).toBeVisible();
    const command = await page.evaluate<string>("navigator.clipboard.readText()");
    const key = /HOOKLENS_KEY=(\S+)/.exec(command)?.[1] ?? "";
    const handle = (delivery: Delivery) => tried(delivery, { status: 418 });
    await new TestListener(
      server.origin,
      { id, key },
      { auth: { name: "pocket" }, handle },
    ).ready();
    await expect(panel).toContainText("pocketconnected");
    expect(await findSmallTargets(page, "listeners")).toEqual([]);
    await page.keyboard.press("Escape");
    expect((await curl(url, { body: "x" })).status).toBe(418);
    await expect(row(page, 1)).toContainText("418");
    await row(page, 1).click();
    await expect(page.getByRole("article")).toContainText("answered 418 from localhost in");
  });
});
