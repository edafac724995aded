import { expect, test } from "#tests/helpers/browser.ts";
import { newBin, openEveryView, openRequest, untilShown } from "#tests/helpers/request-page.ts";
import { row } from "./bin-page.ts";

/** What is drawn of a body of any size: windows of rows, each of bounded parts. */
const ELEMENTS_MAX = 3_000;

type Body = { type?: string; path?: string; headers?: Record<string, string>; body: string };

const RLO = "\u202e";
const many = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join("");
const part = (head: string, content: string) => `--b\r\n${head}\r\n\r\n${content}\r\n`;
const MULTIPART = "multipart/form-data; boundary=b";
const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

const bodies: Record<string, Body> = {
  "100,000 nested brackets around a string of 1 MB": {
    type: JSON_TYPE,
    body: `${"[".repeat(100_000)}"${"x".repeat(1_000_000)}"${"]".repeat(100_000)}`,
  },
  "XML 100,000 deep": { type: "text/xml", body: "<a>".repeat(100_000) + "</a>".repeat(100_000) },
  "XML with thousands of attributes in each tag": {
    type: "text/xml",
    body: `<a>${many(100, () => `<a ${many(2_000, (index) => `b${index}='' `)}/>`)}</a>`,
  },
  "10,000 parts": {
    type: MULTIPART,
    body: `${many(10_000, (index) => part(`A: ${index}\r\n`, "x"))}--b--\r\n`,
  },
  "parts of 10,000 headers, and with a crowd of overrides in their names": {
    type: MULTIPART,
    body: `${many(30, () =>
      part(`Content-Disposition: form-data; name="${`a${RLO}`.repeat(500)}"\r\n`, RLO),
    )}${many(20, () => part("A: b\r\n".repeat(10_000), ""))}--b--\r\n`,
  },
  "lines of nothing but overrides, of heaped marks and of ESC": {
    type: "text/plain",
    body: many(
      100,
      () =>
        `${RLO.repeat(1_500)}\na${"\u0301".repeat(1_500)}\n${`${RLO}a`.repeat(750)}\n${"\x1b[31m".repeat(300)}\n`,
    ),
  },
  "the same in a line of 1 MB of JSON": {
    type: JSON_TYPE,
    body: JSON.stringify(Array.from({ length: 100 }, () => `${RLO}b`.repeat(2_500))),
  },
  "a field of 1 MB of escapes, among many": {
    type: FORM,
    body: `${many(1_000, () => `${"%E2%80%AE".repeat(100)}=&`)}v=${"a%41".repeat(250_000)}`,
  },
  "HTML of a thousand nested tables": {
    type: "text/html",
    body: `${"<table><tr><td>".repeat(1_000)}${"<b a>".repeat(1_000)}${"<p>".repeat(1_000)}`,
  },
  "200 headers of 200 characters": {
    headers: Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`X-${index}`, "\x85".repeat(200)]),
    ),
    body: "x",
  },
  "a path and a query of emoji and right-to-left words": {
    path: `/${"👩‍👩‍👧‍👦".repeat(50)}/שלום?${"😀".repeat(100)}=${RLO.repeat(300)}`,
    body: "x",
  },
};

test("whatever is made to hold the page is drawn in bounded parts, and keys go on working", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  let id = "";
  for (const { type = "text/plain", path = "", headers = {}, body } of Object.values(bodies)) {
    const init = { method: "POST", headers: { "Content-Type": type, ...headers }, body };
    id = await bin.capture(init, encodeURI(path));
  }
  await openRequest(page, bin, id);
  for (const [index, name] of Object.keys(bodies).entries()) {
    await row(page, index + 1).click();
    await page.getByRole("article", { name: `Request ${index + 1}`, exact: true }).waitFor();
    await openEveryView(page, async (place) => {
      const count = await page.locator("main *").count();
      expect(count, `${name}, ${place}`).toBeLessThan(ELEMENTS_MAX);
    });
    await page.keyboard.press("2");
    await expect(page.getByRole("tab", { name: "Headers" }), name).toHaveAttribute(
      "aria-selected",
      "true",
    );
  }
});

test("of a long line, found places and all of it are drawn in parts", async ({ page, server }) => {
  const bin = await newBin(server.origin);
  const lines = `${"ab".repeat(1_000)}\n`.repeat(500) + `${"ab".repeat(500_000)}needle`;
  await openRequest(page, bin, await bin.capture({ method: "POST", body: lines }));
  const body = page.getByRole("tabpanel", { name: "Body" });
  await untilShown(body);
  await page.keyboard.press("Control+f");
  const field = body.getByLabel("Find in the body");
  // The field comes with the text: while that is still being read, a letter would have no place.
  await expect(field).toBeFocused();
  await page.keyboard.type("A");
  await expect(body.getByText("1 of more than 100,000")).toBeVisible();
  expect(await page.locator("mark").count()).toBeLessThan(6_000);
  await page.keyboard.press("Shift+Enter");
  await expect(page.locator("mark[data-current]")).toBeInViewport();
  await field.fill("needle");
  await expect(body.getByText("1 of 1", { exact: true })).toBeVisible();
  await expect(page.locator("mark[data-current]")).toBeInViewport();
  expect(await page.locator("main *").count()).toBeLessThan(ELEMENTS_MAX);
});
