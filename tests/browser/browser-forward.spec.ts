import { createHash } from "node:crypto";
import { chromium, type Locator, type Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { CHROMIUM_ARGS, installedChromium } from "#tests/helpers/chromium.ts";
import { tapLive } from "#tests/helpers/live-socket.ts";
import {
  type LocalShop,
  SHOP_SECRET,
  signAsStripe,
  startLocalShop,
} from "#tests/helpers/local-shop.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";
import { freePort } from "#tests/helpers/server.ts";
import { findViolations } from "./axe.ts";
import { mintByClick } from "./bin-page.ts";

const YEAR_S = 365 * 24 * 3_600;
const payload = '{\n  "id": "evt_1Qbrowser",  "object": "event",\r\n  "n": 20.0, "note": "ü 😀"\n}';
const sha256 = createHash("sha256").update(payload).digest("hex");
const captured = (agoSeconds = 0) => ({
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "Stripe-Signature": signAsStripe(payload, agoSeconds),
    "User-Agent": "Stripe/1.0",
    Cookie: "a=1",
  },
  body: payload,
});

let shop: LocalShop;
test.beforeAll(async ({ server }) => {
  shop = await startLocalShop(`http://localhost:${server.port}`);
});
test.afterAll(() => shop.close());

const newest = (page: Page): Locator =>
  page.getByRole("list", { name: "Forwards, newest first" }).locator("> li").first();
const panelOf = (page: Page) => page.getByRole("region", { name: "Sent by this browser" });

async function chooseBrowser(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByText("this browser, to localhost").click();
}

async function sendTo(page: Page, to: string): Promise<void> {
  await page.getByLabel("Forward to").fill(to);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function lastAttempt(bin: WatchedBin, id: string) {
  const [forward] = (await bin.list(id)).items;
  return { forward, attempt: forward?.attempts[0] };
}

test("this page delivers to localhost what Stripe's package verifies, and says beforehand what it can't keep", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const id = await bin.capture(captured());
  const watching = await tapLive(server.origin, { bin: bin.id, key: bin.key });
  await openRequest(page, bin, id);
  await chooseBrowser(page);
  const panel = panelOf(page);
  await expect(panel).toContainText("A listener changes no byte");
  await page.getByLabel("Forward to").fill(`${shop.origin}/open/webhooks`);
  await expect(panel).toContainText(
    "The body goes byte for byte. So do the headers of Stripe’s signature",
  );
  await panel.getByText("What a browser makes of the rest").click();
  const differences = panel.getByRole("list", { name: "What will differ" });
  await expect(differences).toContainText("a=1a page may not set it");
  await panel.getByText("Let this page in (CORS)").click();
  expect(await findViolations(page, "sent by this browser")).toEqual([]);

  shop.taken();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(newest(page).getByText("✓ 200")).toBeVisible();
  await expect(newest(page)).toContainText("evt_1Qbrowser");
  await expect(newest(page)).toContainText("by a browser");
  await expect(newest(page)).toContainText("byte for byte (same SHA-256)");
  expect(shop.taken()).toEqual(["OPTIONS /open/webhooks", "POST /open/webhooks"]);
  const { forward, attempt } = await lastAttempt(bin, id);
  expect(forward).toMatchObject({ byBrowser: true, state: "delivered" });
  expect(attempt).toMatchObject({ status: 200, bodySha256Sent: sha256, error: null });
  expect(attempt?.headers).toContainEqual(["x-shop", "real"]);
  expect(attempt?.timing.firstByteMs).toBeGreaterThanOrEqual(0);
  const told = watching.all("forward").map(({ state }) => state);
  expect(told).toEqual(["pending", "delivered"]);
  watching.close();

  await page.reload();
  await page.getByRole("tab", { name: "Forwards" }).click();
  await expect(page.getByRole("radio", { name: "this browser" })).toBeChecked();
  await expect(newest(page).getByText("✓ 200")).toBeVisible();
});

test("what keeps a page out is told apart as far as a browser tells it", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const id = await bin.capture(captured());
  await openRequest(page, bin, id);
  await chooseBrowser(page);
  const panel = panelOf(page);

  shop.taken();
  await sendTo(page, `${shop.origin}/webhooks`);
  await expect(newest(page).getByText("✕ cors")).toBeVisible();
  expect(shop.taken()).toEqual(["OPTIONS /webhooks", "HEAD /"]);
  await expect(panel.getByRole("button", { name: /^Copy the code for Express/ })).toContainText(
    `"Access-Control-Allow-Origin": "http://localhost:${server.port}"`,
  );
  await panel.getByRole("button", { name: "FastAPI" }).click();
  await expect(panel.getByRole("button", { name: /^Copy the code for FastAPI/ })).toContainText(
    `allow_origins=["http://localhost:${server.port}"]`,
  );

  const port = await freePort();
  await sendTo(page, `http://127.0.0.1:${port}/webhooks`);
  await expect(newest(page).getByText("✕ blocked")).toBeVisible();
  await expect(newest(page)).toContainText("most likely nothing listens there");

  await sendTo(page, `${shop.origin}/open/moved`);
  await expect(newest(page).getByText("answer unseen")).toBeVisible();
  await expect(newest(page)).toContainText("answered with a redirect");

  await sendTo(page, `${shop.origin}/open/cut`);
  await expect(newest(page).getByText("✕ 200")).toBeVisible();
  await expect(newest(page)).toContainText("in the middle of its answer");

  await panel.getByRole("switch", { name: "Fire only, without CORS" }).click();
  await page.getByLabel("Forward to").fill(`${shop.origin}/webhooks`);
  await expect(panel).toContainText("Stripe-Signature does not arrive as it was");
  shop.taken();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(newest(page)).toContainText("Without CORS a page sees nothing of an answer");
  expect(shop.taken()).toEqual(["POST /webhooks"]);
  const { forward, attempt } = await lastAttempt(bin, id);
  expect(forward?.state).toBe("failed");
  expect(attempt).toMatchObject({ status: null, bodySha256Sent: sha256 });

  await page.getByLabel("Forward to").fill("http://192.168.1.5/webhooks");
  await expect(panel).toContainText("A page reaches only its own machine");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("reaches only its own machine")).toHaveCount(2);
  expect((await bin.list(id)).items).toHaveLength(5);
});

test("an old event is edited, signed again by the server and sent by the page; a page that is left says so", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  await fetch(`${server.origin}/api/bins/${bin.id}/secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ provider: "stripe", secret: SHOP_SECRET }),
  });
  const id = await bin.capture(captured(YEAR_S));
  await openRequest(page, bin, id);
  await chooseBrowser(page);
  await sendTo(page, `${shop.origin}/open/webhooks`);
  await expect(newest(page).getByText("✕ 400")).toBeVisible();

  await page.getByText("Edit before sending").click();
  const editor = page.getByRole("region", { name: "Edit before sending" });
  await editor.getByRole("button", { name: "Bytes" }).click();
  await editor.getByRole("textbox", { name: "Body as bytes" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(Buffer.from('{"id":"evt_edited"}').toString("hex"));
  await page.getByRole("switch", { name: "Sign again" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(newest(page).getByText("✓ 200")).toBeVisible();
  await expect(newest(page)).toContainText("evt_edited");
  await expect(newest(page)).toContainText("edited, signed again");

  await editor.getByLabel("Method").fill("GET");
  await expect(panelOf(page)).toContainText("A browser sends no body with GET");
  await editor.getByLabel("Method").fill("POST");
  await sendTo(page, `${shop.origin}/open/silent`);
  await expect(newest(page).getByText("sending …")).toBeVisible();
  expect((await lastAttempt(bin, id)).forward).toMatchObject({ state: "pending", attempts: [] });
  await expect.poll(() => shop.taken()).toContain("POST /open/silent");
  await page.goto("about:blank");
  await expect
    .poll(async () => (await lastAttempt(bin, id)).attempt?.error?.message)
    .toContain("The attempt may have been made");
});

test("who makes a bin and goes on by links reaches this machine at once; a share and all else never do", async ({
  page,
  server,
}) => {
  await mintByClick(page);
  await page.getByRole("button", { name: "Send a test request" }).click();
  await page.locator("#request-1").click();
  await chooseBrowser(page);
  await sendTo(page, `${shop.origin}/open/webhooks`);
  await expect(newest(page).getByText("✕ 400")).toBeVisible();

  const bin = new URL(page.url()).pathname;
  const policyOf = async (path: string) => {
    const { headers } = await fetch(`${server.origin}${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).not.toContain("upgrade-insecure-requests");
    return /connect-src [^;]*/.exec(policy)?.[0];
  };
  const own = "http://localhost:* http://*.localhost:* http://127.0.0.1:*";
  for (const path of ["/", bin, `${bin}/settings`, `${bin}/destinations`])
    expect(await policyOf(path)).toBe(`connect-src 'self' ${own}`);
  for (const path of ["/s/x", "/s/x?/b/", "/b", "/elsewhere"])
    expect(await policyOf(path)).toBe("connect-src 'self'");
});

test("from a public address the browser asks for leave: a no is told, and a yes delivers", async ({
  server,
}) => {
  const address = "203.0.113.7";
  const origin = `http://${address}:${server.port}`;
  const executablePath = installedChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      ...CHROMIUM_ARGS,
      `--host-resolver-rules=MAP ${address} 127.0.0.1`,
      `--ip-address-space-overrides=127.0.0.1:${server.port}=public`,
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ],
  });
  const open = await startLocalShop(origin);
  const bin = await newBin(server.origin);
  const id = await bin.capture(captured());
  const page = await browser.newPage({ baseURL: origin });
  const devTools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devTools.send("Target.getTargets");
  const browserContextId = targetInfos.find(({ type }) => type === "page")?.browserContextId ?? "";
  const permission = { name: "loopback-network" };
  const permit = (setting: "granted" | "denied") =>
    devTools.send("Browser.setPermission", { permission, setting, origin, browserContextId });
  await openRequest(page, bin, id);
  await chooseBrowser(page);
  const panel = panelOf(page);
  await expect(panel).toContainText("The browser will ask");

  await permit("denied");
  await expect(panel).toContainText("This site may not reach apps on this device");
  await sendTo(page, `${open.origin}/open/webhooks`);
  await expect(newest(page).getByText("✕ not_permitted")).toBeVisible();
  expect(open.taken()).toEqual([]);

  await permit("granted");
  await expect(panel).toContainText("This site may reach apps on this device.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(newest(page).getByText("✓ 200")).toBeVisible();
  expect(open.taken()).toEqual(["OPTIONS /open/webhooks", "POST /open/webhooks"]);
  await browser.close();
  await open.close();
});
