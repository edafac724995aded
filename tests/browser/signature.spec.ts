import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { codeSigners } from "#tests/fixtures/code-signers.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const SECRET = "it's a secret to everybody";
const BODY = '{"ref":"refs/heads/main","commits":[]}';

/** As GitHub signs `signed`, while `sent` is what arrives. */
const push = (bin: WatchedBin, { signed = BODY, sent = BODY, secret = SECRET } = {}) =>
  bin.capture({
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "GitHub-Hookshot/044aadd",
      "X-GitHub-Event": "push",
      "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-Hub-Signature-256": `sha256=${createHmac("sha256", secret).update(signed).digest("hex")}`,
    },
    body: sent,
  });

let bin: WatchedBin;
test.beforeEach(async ({ server }) => {
  bin = await newBin(server.origin);
});

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Signature" });
const button = (page: Page, name: string) => panel(page).getByRole("button", { name, exact: true });

test("a secret is added, fails, the doctor names the mistake, it is set right, and verifies", async ({
  page,
}) => {
  await openRequest(page, bin, await push(bin));
  await page.keyboard.press("8");
  await expect(panel(page)).toContainText("Not checked");
  await expect(panel(page).getByRole("group", { name: "Signed bytes", exact: true })).toContainText(
    "refs/heads",
  );
  expect(await findViolations(page, "signature unchecked")).toEqual([]);

  await panel(page).getByLabel("GitHub secret").fill(`"${SECRET}"`);
  await button(page, "Keep on the server").click();
  await expect(panel(page)).toContainText("It does not match");
  const wrong = panel(page).getByRole("region", { name: "What is wrong" });
  await expect(wrong).toContainText("The secret was kept with quotes around it");
  await expect(wrong).toContainText("with this change the signature matches");
  await expect(panel(page)).toContainText("differs from character");
  await expect(page.getByRole("option").first()).toContainText("signature failed");
  expect(await findViolations(page, "signature failed")).toEqual([]);

  await panel(page).getByText("Try another secret").click();
  await panel(page).getByLabel("GitHub secret").fill(SECRET);
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("It matches");
  await expect(wrong).toHaveCount(0);
  await expect(page.getByRole("option").first()).toContainText("signature verified");
  await page.keyboard.press("1");
  await page.getByRole("button", { name: "✓ signature verified" }).click();
  await expect(panel(page)).toContainText("It matches");
});

test("a check in the browser sends no byte of the secret", async ({ page }) => {
  await openRequest(page, bin, await push(bin, { signed: `${BODY}\n` }));
  await page.keyboard.press("8");
  await expect(panel(page)).toContainText("Not checked");
  const sent: string[] = [];
  page.on("request", (request) => {
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`);
  });
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => sent.push(String(payload))),
  );
  await panel(page).getByLabel("GitHub secret").fill(SECRET);
  await button(page, "Check here only").click();
  await expect(panel(page)).toContainText("Checked in this browser only");
  await expect(panel(page)).toContainText(
    "A newline at the body's end was signed and did not arrive",
  );
  const loud = sent.filter((line) => /secret|everybody/i.test(line.replaceAll("%20", " ")));
  expect(loud).toEqual([]);
  expect(sent.filter((line) => !line.startsWith("GET ") && !/^[\d"]/.test(line))).toEqual([]);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toContain("everybody");

  await button(page, "Forget it").click();
  await expect(panel(page)).toContainText("Not checked");
});

test("a certificate is pasted with its lines, and the id above it counts", async ({ page }) => {
  const signer = codeSigners.find(({ scheme }) => scheme === "paypal-rsa");
  if (!signer) throw new Error("PayPal");
  const { headers, body } = signer.send(Date.now());
  const sent = { method: "POST", headers: Object.fromEntries(headers), body };
  await openRequest(page, bin, await bin.capture(sent));
  await page.keyboard.press("8");
  const field = panel(page).getByLabel("PayPal secret");
  await field.fill(signer.secret.replace("1JE4807973214180M", "ANOTHER"));
  await button(page, "Check here only").click();
  await expect(panel(page)).toContainText("It does not match");
  await panel(page).getByText("Try another secret").click();
  await field.fill(signer.secret);
  await button(page, "Check here only").click();
  await expect(panel(page)).toContainText("It matches");
});

test("the handler is written for the framework that is picked, and copied", async ({ page }) => {
  await openRequest(page, bin, await push(bin));
  await page.keyboard.press("8");
  await button(page, "FastAPI").click();
  const code = panel(page).getByLabel("The handler's code");
  await expect(code).toContainText("await request.body()");
  await button(page, "Copy the handler").click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toBe(await code.textContent());
  await page.reload();
  await page.getByRole("tab", { name: "Signature" }).click();
  await expect(button(page, "FastAPI")).toHaveAttribute("aria-pressed", "true");
});

test("bytes are shown as text and in hex, a token as what it is, an unsigned sender too", async ({
  page,
}) => {
  await openRequest(page, bin, await push(bin));
  await page.keyboard.press("8");
  await button(page, "Hex").click();
  await expect(panel(page).getByRole("group", { name: "Signed bytes", exact: true })).toContainText(
    "7b 22 72 65",
  );
  await openRequest(page, bin, await bin.capture({ method: "POST", body: "x" }));
  await page.keyboard.press("8");
  await expect(panel(page)).toContainText("Who sent it is not known");
});

test("where the browser lends no cryptography, only the server can check, which is said", async ({
  page,
}) => {
  // As it is on a page that came over plain http from another host.
  await page.addInitScript(() => Reflect.defineProperty(crypto, "subtle", { value: undefined }));
  await openRequest(page, bin, await push(bin));
  await page.keyboard.press("8");
  await expect(panel(page)).toContainText("This page came over plain http");
  await expect(button(page, "Check here only")).toBeDisabled();
  await panel(page).getByLabel("GitHub secret").fill(SECRET);
  await button(page, "Keep on the server").click();
  await expect(panel(page)).toContainText("It matches");
});
