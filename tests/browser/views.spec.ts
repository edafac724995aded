import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, crc32, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";
import { doItNow } from "./bin-page.ts";

let bin: WatchedBin;
test.beforeEach(async ({ server }) => {
  bin = await newBin(server.origin);
});

async function open(
  page: Page,
  body: BodyInit,
  type: string,
  path = "",
  headers: Record<string, string> = {},
) {
  const id = await bin.capture(
    { method: "POST", headers: { "Content-Type": type, ...headers }, body },
    path,
  );
  await openRequest(page, bin, id);
  return id;
}

const body = (page: Page) => page.getByRole("tabpanel", { name: "Body" });
const show = (page: Page, view: string) =>
  body(page).getByRole("button", { name: view, exact: true }).click();

test("JSON is printed with its numbers, keys and escapes as sent, and folds", async ({ page }) => {
  await open(
    page,
    '{"z":12345678901234567890,"a":1.0,"a":{"b":["\\u00e9",null]}}',
    "application/json",
  );
  const view = page.getByRole("group", { name: "Body as JSON" });
  await expect(view).toContainText('"z": 12345678901234567890,');
  await expect(view).toContainText('"a": 1.0,');
  await expect(view).toContainText('"\\u00e9"');
  await view.getByRole("button", { name: "Block at line 4" }).click();
  await expect(view).toContainText('"a": {4 lines}');
  await expect(view).not.toContainText("null");
  await view.getByRole("button", { name: "Unfold" }).click();
  await expect(view).toContainText("null");
  await show(page, "Text");
  await expect(page.getByRole("group", { name: "Body as text" })).toContainText(
    '{"z":12345678901234567890,"a":1.0,',
  );
});

test("what is no JSON is shown as text with the place of the mistake", async ({ page }) => {
  await open(page, '{\n  "a": 1,,\n}', "application/json");
  await expect(body(page)).toContainText("Not valid JSON at line 2, column 10");
  await expect(page.getByRole("group", { name: "Body as text" })).toContainText('"a": 1,,');
});

test("a line's path and value are copied by mouse and by keyboard, and levels fold", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await open(page, '{"data":{"object":{"id":"pi_\\u00e9"},"list":[1,2]}}', "application/json");
  const view = page.getByRole("group", { name: "Body as JSON" });
  await view.getByText('"id"').click();
  await expect(body(page).getByText("$.data.object.id")).toBeVisible();
  await body(page).getByRole("button", { name: "Copy the path" }).click();
  expect(await copied()).toBe("$.data.object.id");
  await body(page).getByRole("button", { name: "Copy the value" }).click();
  expect(await copied()).toBe("pi_é");

  await view.focus();
  for (let key = 0; key < 3; key += 1) await page.keyboard.press("ArrowDown");
  await expect(body(page).getByText("$.data.list[0]")).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(view).toContainText('"list": [2 lines]');
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(body(page).getByRole("button", { name: "Copy the path" })).toBeVisible();

  await body(page).getByRole("button", { name: "Open 1 level" }).click();
  await expect(view).toContainText('"data": {7 lines}');
  await body(page).getByRole("button", { name: "Open all levels" }).click();
  await expect(view).toContainText("2");
});

test("a place in the body is found, counted and brought into view, in every view of text", async ({
  page,
}) => {
  const rows = Array.from({ length: 5_000 }, (_, row) => ({ row, note: `Row ${row}` }));
  await open(
    page,
    JSON.stringify({ rows, last: "x".repeat(9_000) + "needle" }),
    "application/json",
  );
  await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText("Row 1");
  await page.keyboard.press("Control+f");
  const field = body(page).getByLabel("Find in the body");
  await expect(field).toBeFocused();
  await page.keyboard.type("row 4321");
  await expect(body(page).getByText("1 of 1")).toBeVisible();
  await expect(page.locator("mark[data-current]")).toHaveText("Row 4321");
  await expect(page.locator("mark[data-current]")).toBeInViewport();
  await expect(body(page).getByText("$.rows[4321].note")).toBeVisible();

  await field.fill("NEEDLE");
  await expect(page.locator("mark[data-current]")).toBeInViewport();
  await field.fill('"row 10');
  await expect(body(page).getByText("1 of 111")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(body(page).getByText("2 of 111")).toBeVisible();
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(body(page).getByText("111 of 111")).toBeVisible();
  await expect(page.locator("mark[data-current]")).toBeInViewport();

  await show(page, "Text");
  await field.fill("needle");
  await expect(page.locator("mark[data-current]")).toBeInViewport();
  await show(page, "Hex");
  await field.fill("NEEDLE");
  await expect(page.locator("mark[data-current]").first()).toBeInViewport();
  await body(page).getByRole("button", { name: "hex", exact: true }).click();
  await field.fill("6e 65 65 64 6c 65");
  await expect(body(page).getByText("1 of 1")).toBeVisible();
  await field.press("Escape");
  await expect(field).toBeHidden();
  await expect(page.getByRole("group", { name: "Body as hexadecimal bytes" })).toBeFocused();
});

test("XML is printed by its elements, and folds", async ({ page }) => {
  await open(page, `<?xml version="1.0"?><a x="1"><b>t &amp; u</b><c><d/></c></a>`, "text/xml");
  const view = page.getByRole("group", { name: "Body as XML" });
  await expect(view).toContainText("<b>t &amp; u</b>");
  await view.getByRole("button", { name: "Block at line 4" }).click();
  await expect(view).toContainText("<c>1 line</c>");
  await open(page, "<a>\n<b></a>", "application/xml");
  await expect(body(page)).toContainText("Not valid XML at line 2, column 4: Expected </b> here");
});

test("HTML is shown as its source, and as a preview that is told to be one", async ({ page }) => {
  const html = `<h1 style="color:rgb(200,0,0)">Grüße</h1><a href="https://example.com/x">link</a>`;
  await open(page, html, "text/html; charset=utf-8");
  await expect(page.getByRole("group", { name: "Body as text" })).toContainText("<h1 style=");
  await show(page, "Preview");
  await expect(body(page)).toContainText("A preview, not what a browser would show");
  const frame = page.frameLocator("iframe[title='Preview of the HTML body']");
  await expect(frame.getByRole("heading", { name: "Grüße" })).toHaveCSS("color", "rgb(200, 0, 0)");
  await expect(frame.getByText("link")).toBeVisible();
  await expect(frame.getByRole("link")).toHaveCount(0);
  await expect(page.locator("iframe")).toHaveAttribute("sandbox", "");
});

test("a form is decoded beside what was sent", async ({ page }) => {
  await open(
    page,
    "text=a+b%20%E2%82%AC&text=%zz&payload=%7B%22a%22%3A1%7D",
    "application/x-www-form-urlencoded",
  );
  const fields = page.getByRole("group", { name: "Fields of the form" });
  await expect(fields).toContainText("a b €");
  await expect(fields).toContainText("text=a+b%20%E2%82%AC");
  await expect(fields).toContainText("broken % escape, left as sent");
  await fields.getByRole("button", { name: "Show as JSON" }).click();
  await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText('"a": 1');
});

test("a part of a multipart body is viewed as a body is, and downloaded byte for byte", async ({
  page,
}) => {
  const sent = randomBytes(70_000);
  const form = new FormData();
  form.append("title", "Größe");
  form.append(
    "meta",
    new File([`{"a":"${"x".repeat(500)}","total":1.10}`], "m", { type: "application/json" }),
  );
  form.append(
    "file",
    new File([sent], "in\u202evoice/../a.bin", { type: "application/octet-stream" }),
  );
  const id = await bin.capture({ method: "POST", body: form });
  await openRequest(page, bin, id);
  await expect(body(page).getByText("Größe")).toBeVisible();
  await body(page).getByRole("button", { name: "View m", exact: true }).click();
  await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText('"total": 1.10');
  const download = page.waitForEvent("download");
  await body(page)
    .getByRole("button", { name: /^Download .*voice/ })
    .click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("invoice_.._a.bin");
  expect(await readFile(await file.path())).toEqual(sent);
});

test("text is read in the charset that it names, and unseen characters are marked", async ({
  page,
}) => {
  await open(page, Buffer.from("Gr\xfc\xdfe \xa0 x", "latin1"), "text/plain; charset=iso-8859-1");
  await expect(body(page)).toContainText("Grüße");
  await expect(body(page)).toContainText("Read as windows-1252");
  await expect(body(page).locator('[data-mark="NBSP"]')).toHaveCount(1);
});

test("an image is shown in its size", async ({ page }) => {
  await open(page, new Uint8Array(png(3, 2)), "image/png");
  await expect(body(page)).toContainText("3 × 2 px");
  await show(page, "Hex");
  await expect(page.getByRole("group", { name: "Body as hexadecimal bytes" })).toContainText(
    "89 50 4e 47",
  );
});

test("a compressed body is shown unfolded, and as sent in Hex", async ({ page }) => {
  const zipped = new Uint8Array(gzipSync('{"zipped":true}'));
  await open(page, zipped, "application/json", "", { "Content-Encoding": "gzip" });
  await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText('"zipped": true');
  await show(page, "Hex");
  await expect(page.getByRole("group", { name: "Body as hexadecimal bytes" })).toContainText(
    "1f 8b 08",
  );
});

const coded: [string, (text: string) => Buffer][] = [
  ["br", brotliCompressSync],
  ["zstd", zstdCompressSync],
  ["gzip, br", (text) => brotliCompressSync(gzipSync(text))],
  ["gzip", (text) => Buffer.concat([gzipSync(text.slice(0, 5)), gzipSync(text.slice(5))])],
];
for (const [coding, encode] of coded) {
  test(`a body in ${coding} is shown unfolded in any browser`, async ({ page }) => {
    const bytes = new Uint8Array(encode('{"coded":true}'));
    await open(page, bytes, "application/json", "", { "Content-Encoding": coding });
    await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText('"coded": true');
    await expect(body(page)).toContainText(`Shown decompressed (${coding})`);
  });
}

test("a bomb is cut, a broken stream is shown as far as it goes", async ({ page }) => {
  const bomb = new Uint8Array(brotliCompressSync(Buffer.alloc(80 * 1024 * 1024)));
  await open(page, bomb, "application/octet-stream", "", { "Content-Encoding": "br" });
  // At its limit of bytes, or on a slow machine at that of time.
  await expect(body(page)).toContainText(/unfolded, (?:cut there|where it took too long)/);
  const text = Array.from({ length: 40_000 }, (_, line) => `line ${line * line}`).join("\n");
  const broken = new Uint8Array(gzipSync(text)).slice(0, -2_000);
  await open(page, broken, "text/plain", "", { "Content-Encoding": "gzip" });
  await expect(body(page)).toContainText("where the compressed bytes break off");
  await expect(body(page)).toContainText("line 1");
});

test("headers, query and the raw message are shown as received", async ({ page }) => {
  await open(page, "x", "text/plain", "/a//b/%F0%9F%98%80?b=2&a=%zz&b=1", { "X-Twice": "Ä" });
  await page.keyboard.press("2");
  const headers = page.getByRole("tabpanel", { name: "Headers" });
  await expect(headers).toContainText("X-Twice");
  await expect(headers.getByRole("button", { name: "Copy the value of X-Twice" })).toBeVisible();
  await page.keyboard.press("3");
  const query = page.getByRole("tabpanel", { name: "Query" });
  await expect(query).toContainText("/a//b/%F0%9F%98%80");
  await expect(query).toContainText("decoded: /a//b/😀");
  await page.keyboard.press("4");
  await expect(page.getByRole("tabpanel", { name: "Timing" })).toContainText("Stored");
  await page.keyboard.press("6");
  await expect(page.getByRole("tabpanel", { name: "Raw" })).toContainText(
    `POST /in/${bin.id}/a//b/%F0%9F%98%80?b=2&a=%zz&b=1 HTTP/1.1`,
  );
});

test("headers are grouped or as sent, explained, and taken apart", async ({ page }) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  await open(page, "x", "text/plain", "", {
    Authorization: `Bearer ${part({ alg: "none" })}.${part({ sub: "<b>ada</b>", exp: 1 })}.x`,
    Cookie: "a=1; b=%E2%82%AC; a=2",
    "X-Hub-Signature-256": "sha256=0",
  });
  await page.keyboard.press("2");
  const headers = page.getByRole("tabpanel", { name: "Headers" });
  await expect(headers.getByRole("heading", { level: 4 })).toHaveText([
    "Signature and provider",
    "Content",
    "Network and proxies",
    "The rest",
  ]);
  await expect(headers.getByRole("list", { name: "Cookies" }).getByRole("listitem")).toHaveText([
    "a = 1",
    "b = %E2%82%ACdecoded: €",
    "a = 2",
  ]);
  await headers.getByRole("button", { name: "Authorization decoded: JWT" }).click();
  await expect(headers).toContainText('"sub": "<b>ada</b>"');
  await expect(headers).toContainText("This token is not signed at all");

  await headers.getByRole("button", { name: "What X-Hub-Signature-256 says" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("HMAC-SHA-256 of the exact body");
  await page.keyboard.press("Escape");
  await expect(
    headers.getByRole("button", { name: "What X-Hub-Signature-256 says" }),
  ).toBeFocused();

  await headers.getByRole("button", { name: "As sent" }).click();
  await expect(headers.getByRole("heading", { level: 4 })).toHaveCount(0);
  await page.reload();
  await page.getByRole("tab", { name: "Headers" }).click();
  await expect(headers.getByRole("button", { name: "As sent" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a body of 10 MiB is read in slices, between which the page goes on", async ({ page }) => {
  const json = `[${"1,".repeat(5_242_000)}2]`;
  const id = await bin.capture({
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: json,
  });
  const other = await bin.capture({ method: "POST", body: "small" });
  await openRequest(page, bin, other);
  await page.evaluate(countTurns);
  await page.getByRole("option").filter({ hasText: "#1" }).click();
  await page.waitForURL(`**request=${id}**`);
  await expect(page.getByRole("group", { name: "Body as JSON" })).toContainText("1,", {
    timeout: 30_000,
  });
  expect(await page.evaluate(() => Reflect.get(window, "turns"))).toBeGreaterThan(3);
  await expect(page.getByText("Rows 1 to 300,000 of 5,242,003")).toBeVisible();
  await show(page, "Hex");
  await expect(page.getByText("00000010")).toBeVisible();
  expect(await page.locator("article *").count()).toBeLessThan(3_000);
});

/** In the page: how many other tasks get their turn while the JSON is being read. */
function countTurns(): void {
  const { port1, port2 } = new MessageChannel();
  let turns = 0;
  port1.onmessage = () => {
    const isReading = document.querySelector("article")?.textContent?.includes("Reading the JSON");
    if (isReading) turns += 1;
    Object.assign(window, { turns });
    setTimeout(() => port2.postMessage(null));
  };
  port2.postMessage(null);
}

test("a request is deleted by its key", async ({ page }) => {
  const id = await open(page, "x", "text/plain");
  await page.keyboard.press("Delete");
  await doItNow(page);
  await expect(page.getByRole("tab", { name: "Body" })).toBeHidden();
  const read = () =>
    page.request.get(`/api/bins/${bin.id}/requests/${id}`, {
      headers: { Authorization: `Bearer ${bin.key}` },
    });
  await expect.poll(async () => (await read()).status()).toBe(404);
});

/** A black PNG (ISO 15948) of this size. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = deflateSync(Buffer.alloc((width + 1) * height));
  const chunks = [chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), data.length + 8);
  return framed;
}
