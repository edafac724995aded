import http from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { freePort } from "#tests/helpers/server.ts";
import { findViolations } from "./axe.ts";

const SECRET = "whsec_0123456789abcdef0123456789abcdef";
const stripe = new Stripe("sk_test_unused");
const payload = JSON.stringify(
  {
    id: "evt_1Qforwarded",
    object: "event",
    type: "payment_intent.succeeded",
    data: { amount: 20.0, note: "ü 😀" },
  },
  null,
  2,
);

/** An application as Stripe's documentation writes it: the official package verifies the raw body. */
function startShop(): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      if (request.url?.startsWith("/echo")) {
        const { method, url, rawHeaders } = request;
        const body = Buffer.concat(pieces).toString("latin1");
        return response.end(JSON.stringify({ method, url, rawHeaders, body }));
      }
      if (request.url?.startsWith("/found")) {
        return response.writeHead(302, { Location: elsewhere() }).end();
      }
      if (request.url?.startsWith("/moved")) {
        return response.writeHead(307, { Location: "/webhooks?moved=1" }).end();
      }
      try {
        const signature = request.headers["stripe-signature"] ?? "";
        const event = stripe.webhooks.constructEvent(Buffer.concat(pieces), signature, SECRET);
        response.writeHead(200, { "Content-Type": "application/json" });
        return response.end(JSON.stringify({ received: event.id, at: request.url }));
      } catch (error) {
        return response.writeHead(400).end(`Webhook Error: ${(error as Error).message}`);
      }
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

let shop: http.Server;
let origin: string;
/** The same handler by another name, which makes it another origin. */
const elsewhere = () => `${origin.replace("127.0.0.1", "localhost")}/echo`;
test.beforeAll(async () => {
  shop = await startShop();
  origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise((resolve) => shop.close(resolve)));

test.beforeEach(async ({ page, server }) => {
  const bin = await newBin(server.origin);
  const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
  const headers = {
    "Content-Type": "application/json",
    "Stripe-Signature": signature,
    Cookie: "session=1",
  };
  const id = await bin.capture({ method: "POST", headers, body: payload }, "/stripe?src=test");
  await openRequest(page, bin, id);
});

test("a signed event is forwarded from the page and still verifies", async ({ page }) => {
  await page.keyboard.press("f");
  await expect(page.getByLabel("Forward to")).toBeFocused();
  await page.keyboard.type(`${origin}/webhooks`);
  await expect(page.getByText(`POST ${origin}/webhooks`, { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");

  const newest = page
    .getByRole("list", { name: "Forwards, newest first" })
    .getByRole("listitem")
    .first();
  await expect(newest.getByText("✓ 200")).toBeVisible();
  await expect(newest.getByText('"evt_1Qforwarded"')).toBeVisible();
  await expect(newest.getByText("byte for byte (same SHA-256)")).toBeVisible();
  await expect(newest.getByText("First byte")).toBeVisible();
});

test("an event of last year is signed again where its app wants it fresh", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const secret = { provider: "stripe", secret: SECRET };
  await fetch(`${server.origin}/api/bins/${bin.id}/secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/json" },
    body: JSON.stringify(secret),
  });
  const timestamp = Math.floor(Date.now() / 1_000) - 365 * 24 * 3_600;
  const signature = stripe.webhooks.generateTestHeaderString({ payload, ...secret, timestamp });
  const headers = { "Content-Type": "application/json", "Stripe-Signature": signature };
  const id = await bin.capture({ method: "POST", headers, body: payload });
  await openRequest(page, bin, id);
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(`${origin}/webhooks`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("✕ 400")).toBeVisible();

  await page.getByRole("switch", { name: "Sign again" }).click();
  await expect(
    page.getByText("As Stripe would sign it now, with the time of sending."),
  ).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  const newest = page.getByRole("list", { name: "Forwards, newest first" }).locator("> li").first();
  await expect(newest.getByText("✓ 200")).toBeVisible();
  await expect(newest.getByText("signed again", { exact: true })).toBeVisible();
  await newest.getByText(/^Headers: \d+ changed/).click();
  await expect(newest.getByRole("list", { name: "Headers that differ" })).toContainText(
    "signed again",
  );
});

test("the captured path and query are appended when asked for, as the preview says", async ({
  page,
}) => {
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(`${origin}/hook?k=1`);
  await page.getByRole("switch", { name: "Append the captured path and query" }).click();
  await expect(
    page.getByText(`POST ${origin}/hook/stripe?k=1&src=test`, { exact: true }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText('"/hook/stripe?k=1&src=test"')).toBeVisible();
  // The forward may be told by the socket before its own answer has come; the target is remembered with that.
  await expect(page.getByRole("button", { name: /^Send/ })).toBeEnabled();

  await page.reload();
  await page.getByRole("tab", { name: "Forwards" }).click();
  await expect(page.getByLabel("Forward to")).toHaveValue(`${origin}/hook?k=1`);
  await expect(page.getByText("✓ 200")).toBeVisible();
});

test("a request is edited before it is sent on, and nothing else of it changes", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  const body = '{"amount":20.00,\r\n"id":12345678901234567890}\r\n';
  const headers = { "Content-Type": "application/json", "X-First": "1", "X-Second": "2" };
  const id = await bin.capture({ method: "POST", headers, body }, "/orders");
  await openRequest(page, bin, id);
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(`${origin}/echo`);
  await page.getByText("Edit before sending").click();
  const editor = page.getByRole("region", { name: "Edit before sending" });
  const text = editor.getByRole("textbox", { name: "Body as text" });
  await expect(text).toContainText("12345678901234567890");
  await expect(editor.getByText("Valid JSON.")).toBeVisible();

  await editor.getByLabel("Method").fill("PUT");
  await editor.getByLabel("Path and query").fill("/orders/ü");
  await expect(page.getByText("HTTP can’t carry what was edited")).toBeVisible();
  await editor.getByLabel("Path and query").fill("/orders//7?x");
  await expect(page.getByText(`PUT ${origin}/echo/orders//7?x`, { exact: true })).toBeVisible();
  const second = editor
    .locator('input[data-part="name"]')
    .evaluateAll((fields) =>
      fields.findIndex((field) => (field as HTMLInputElement).value.toLowerCase() === "x-second"),
    );
  const number = (await second) + 1;
  await editor.getByLabel(`Name of header ${number}`).press("Alt+ArrowUp");
  await editor.getByRole("button", { name: "Add a header" }).click();
  await page.keyboard.type("X-Mine");
  await page.keyboard.press("Tab");
  await page.keyboard.type("yes");
  await text.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type('"new":,');
  await expect(editor.getByText(/^No valid JSON, line 1, column 8/)).toBeVisible();
  expect(await findViolations(page, "editor")).toEqual([]);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("1");
  await expect(editor.getByText("Valid JSON.")).toBeVisible();
  await expect(page.getByText("Edited: method, path, headers, body")).toBeVisible();

  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("The body was sent as edited")).toBeVisible();
  const [sent] = (await bin.list(id)).items;
  const echoed = JSON.parse(
    Buffer.from(sent?.attempts[0]?.bodyBase64 ?? "", "base64").toString(),
  ) as { method: string; url: string; rawHeaders: string[]; body: string };
  expect(echoed).toMatchObject({ method: "PUT", url: "/echo/orders//7?x" });
  expect(echoed.body).toBe('{"new":1,"amount":20.00,\r\n"id":12345678901234567890}\r\n');
  const names = echoed.rawHeaders.filter((_, index) => index % 2 === 0);
  expect(names.indexOf("X-Second")).toBe(names.indexOf("X-First") - 1);
  expect(echoed.rawHeaders).toContain("X-Mine");

  await editor.getByRole("button", { name: "All as captured" }).click();
  await editor.getByRole("button", { name: "Bytes" }).click();
  const digits = editor.getByRole("textbox", { name: "Body as bytes" });
  await digits.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("00 ff");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("The body was sent as edited").first()).toBeVisible();
  await expect.poll(async () => (await bin.list(id)).items.length).toBe(2);
  const [bytes] = (await bin.list(id)).items;
  const answer = Buffer.from(bytes?.attempts[0]?.bodyBase64 ?? "", "base64").toString();
  expect(JSON.parse(answer)).toMatchObject({ method: "POST", body: "\u0000\u00ff" });
});

test("two answers to the same request are compared", async ({ page }) => {
  await page.getByRole("tab", { name: "Forwards" }).click();
  for (const path of ["/webhooks?n=1", "/webhooks?n=2"]) {
    await page.getByLabel("Forward to").fill(`${origin}${path}`);
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByText(`"${path}"`)).toBeVisible();
  }
  const newest = page.getByRole("list", { name: "Forwards, newest first" }).locator("> li").first();
  await newest.getByText("Compare with an earlier answer").click();
  const differences = newest.getByRole("group", { name: "Differences" });
  await expect(differences).toContainText("Statusthe same");
  await expect(differences).toContainText(
    '$.atchanged−before: "/webhooks?n=1"+now: "/webhooks?n=2"',
  );
});

test("a redirect is shown, and followed by a click alone, as the button says", async ({ page }) => {
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(`${origin}/moved`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Redirects are not followed")).toBeVisible();
  await page.getByRole("button", { name: "Follow: POST as it came" }).click();
  const newest = page.getByRole("list", { name: "Forwards, newest first" }).locator("> li").first();
  await expect(newest.getByText('"/webhooks?moved=1"')).toBeVisible();

  await page.getByLabel("Forward to").fill(`${origin}/found`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(newest.getByText("Another origin: Cookie is left out.")).toBeVisible();
  await newest.getByRole("button", { name: "Use as target" }).click();
  await expect(page.getByLabel("Forward to")).toHaveValue(elsewhere());
  await newest.getByRole("button", { name: "Follow: GET without body" }).click();
  await expect(newest.getByText('"method": "GET"')).toBeVisible();
  await expect(newest.getByText("Content-Type")).toHaveCount(0);
});

test("why a forward failed is said in the server's words", async ({ page }) => {
  const port = await freePort();
  await page.getByRole("tab", { name: "Forwards" }).click();
  await page.getByLabel("Forward to").fill(`http://127.0.0.1:${port}/webhooks`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText(`Nothing listens on 127.0.0.1:${port}`)).toBeVisible();
  await expect(page.getByText("✕ refused")).toBeVisible();

  await page.getByLabel("Forward to").fill("http://10.0.0.1/webhooks");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("10.0.0.1 is a private address")).toBeVisible();

  await page.getByLabel("Forward to").fill("ftp://example.com/webhooks");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(
    page.getByText("Only http:// and https:// targets can be forwarded to"),
  ).toBeVisible();
});
