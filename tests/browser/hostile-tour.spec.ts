import { COPY_KINDS } from "#lib/copy-as/kinds.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import {
  newBin,
  openEveryView,
  openRequest,
  type WatchedBin,
} from "#tests/helpers/request-page.ts";
import { type Beacon, hostileMarkup, setTraps, startBeacon } from "#tests/helpers/script-traps.ts";
import { TURNING, turnedTexts } from "#tests/helpers/turned-text.ts";

let beacon: Beacon;
let markup: string;

test.beforeAll(async () => {
  beacon = await startBeacon();
  markup = hostileMarkup(beacon);
});
test.afterAll(() => beacon.close());

const change = (origin: string, { id, key }: WatchedBin, path: string, input: object) =>
  fetch(`${origin}/api/bins/${id}${path}`, {
    method: path === "" ? "PATCH" : "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });

/** One request with something hostile in every place, forwarded twice to a target that answers with the like. */
async function captureHostile(origin: string, bin: WatchedBin): Promise<string> {
  const hostile = `${TURNING}<script>window.__ran=1</script>`;
  const token = [{ alg: "none" }, { sub: markup, [hostile]: hostile }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const path = `/${encodeURIComponent(hostile)}?${encodeURIComponent(hostile)}=${encodeURIComponent(markup)}`;
  const init = {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${token.join(".")}.x`,
      Cookie: `a=${encodeURIComponent(hostile)}; <script>=1`,
      "User-Agent": "Stripe/1.0",
      "Stripe-Signature": "t=1,v1=0",
      "X-Turned": Buffer.from(hostile).toString("latin1"),
    },
    body: JSON.stringify({ id: "evt_1", object: "event", type: hostile, [hostile]: markup }),
  };
  const id = await bin.capture(init, path);
  const target = await newBin(origin);
  for (const answer of [hostile, markup + hostile]) {
    await change(origin, target, "", {
      response: {
        status: 302,
        headers: [
          ["Content-Type", "text/html"],
          ["Location", "javascript:window.__ran=1"],
          ["X-Evil", "<script>alert(1)</script>"],
        ],
        body: answer,
      },
    });
    await bin.forward(id, { to: target.url });
  }
  return id;
}

test("nothing runs or turns the words around it in what is made of a request", async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const bin = await newBin(server.origin);
  const name = `${TURNING}<script>alert(1)</script>`;
  await change(server.origin, bin, "", { name });
  await change(server.origin, bin, "/keys", { label: name });
  const id = await captureHostile(server.origin, bin);
  const sprung = await setTraps(page);
  const look = async (place: string) =>
    expect([place, await sprung(), await turnedTexts(page)]).toEqual([place, [], []]);
  await openRequest(page, bin, id);
  await openEveryView(page, look);

  await page.getByRole("tab", { name: "Headers" }).click();
  await page.getByRole("button", { name: "Authorization decoded: JWT" }).click();
  await expect(page.getByRole("list", { name: "Authorization, decoded" })).toBeVisible();
  await look("claims and cookies");
  await page.getByRole("button", { name: "As sent", exact: true }).click();
  await look("headers as sent");

  await page.getByRole("tab", { name: "Forwards" }).click();
  await expect(page.getByText("Redirects are not followed")).toBeVisible();
  await page.getByText("headers of the answer").first().click();
  await page.getByText("Compare with an earlier answer").first().click();
  await expect(page.getByRole("group", { name: "Differences" })).toBeVisible();
  await look("answers compared");

  await page.getByRole("tab", { name: "Body" }).click();
  const body = page.getByRole("tabpanel", { name: "Body" });
  await body.getByRole("button", { name: "JSON", exact: true }).click();
  await page.keyboard.press("Control+f");
  await expect(body.getByLabel("Find in the body")).toBeFocused();
  await page.keyboard.type("<SCRIPT>");
  await expect(body.locator("mark").first()).toHaveText("<script>");
  await page.keyboard.press("Shift+Enter");
  await expect(body.locator("output")).toContainText('$["');
  await look("found, with its path");
  await page.keyboard.press("Escape");

  for (const kind of Object.values(COPY_KINDS)) {
    await page.getByRole("button", { name: "Copy as" }).click();
    await page.getByRole("menuitem", { name: kind }).click();
    await expect(page.getByRole("status").filter({ hasText: `as ${kind}` })).toBeAttached();
    await look(`copied as ${kind}`);
    await page.keyboard.press("Escape");
  }

  await page.getByLabel("Filter requests").fill('"<script>"');
  await expect(page.getByRole("option").locator("mark").first()).toHaveText("<script>");
  await look("filtered");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await page.keyboard.type(markup.slice(0, 30));
  await expect(page.getByText("No command is named so.")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Bin menu" }).click();
  await look("menu");
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await expect(page.getByRole("heading", { name: /^Delete “.*”\?$/ })).toBeVisible();
  await look("dialog");
  await page.goto(`/b/${bin.id}/settings`);
  await page.getByRole("button", { name: /^Revoke .*script/ }).click();
  await expect(page.getByRole("heading", { name: /^Revoke .*script/ })).toBeVisible();
  await look("settings");
  await page.goto("/");
  await page.getByRole("button", { name: /^Forget .*script/ }).click();
  await expect(page.getByRole("heading", { name: /^Forget .* in this browser\?$/ })).toBeVisible();
  expect(await turnedTexts(page)).toEqual([]);
  expect(beacon.hits()).toEqual([]);
});
