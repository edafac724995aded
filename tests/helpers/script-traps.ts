import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { providers } from "#lib/providers/providers.ts";

export type Beacon = { origin: string; hits: () => string[]; close: () => Promise<void> };

/** Tells of whatever a payload manages to load or send from the browser. */
export async function startBeacon(): Promise<Beacon> {
  const hits: string[] = [];
  const server = http.createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(204, { "Access-Control-Allow-Origin": "*" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits: () => [...hits],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Markup that runs, loads or submits wherever any of it is taken for HTML or SVG. */
export function hostileMarkup({ origin }: Pick<Beacon, "origin">): string {
  return [
    `'"><script>window.__ran="script";alert(1)</script>`,
    `<script src="${origin}/script"></script>`,
    `<img src="${origin}/image" onerror="window.__ran='error'">`,
    `<svg onload="window.__ran='svg'"><image href="${origin}/svg-image"/></svg>`,
    `<iframe src="javascript:window.top.__ran='frame'"></iframe>`,
    `<form action="${origin}/form"><button autofocus onfocus="window.__ran='focus'">x</button></form>`,
    `<a href="javascript:window.__ran='link'">link</a>`,
    `<style>@import url(${origin}/style);</style><base href="${origin}/">`,
    `<meta http-equiv="refresh" content="0;url=${origin}/refresh">`,
  ].join("");
}

/** Pages that our own rows of facts name. */
const documents = new Set(providers.map(({ docs }) => `https://${docs}`));

/** What ran, asked for attention or was only stopped by the policy, as a list that must stay empty. */
export async function setTraps(page: Page): Promise<() => Promise<string[]>> {
  const sprung: string[] = [];
  page.on("dialog", (dialog) => {
    sprung.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => sprung.push(`popup ${popup.url()}`));
  await page.exposeFunction("__violated", (what: string) => sprung.push(`policy ${what}`));
  await page.addInitScript(() => {
    const page = window as unknown as { __violated: (what: string) => void };
    document.addEventListener("securitypolicyviolation", (event) =>
      page.__violated(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return async () => {
    const ran = await page.evaluate(() => ("__ran" in window ? [`ran ${window.__ran}`] : []));
    const links = await page.locator("a[href]").evaluateAll((all) =>
      all.flatMap((one) => {
        const link = one as HTMLAnchorElement;
        return link.origin === location.origin ? [] : [link.href];
      }),
    );
    const foreign = links.filter((href) => !documents.has(href)).map((href) => `link ${href}`);
    return [...sprung, ...ran, ...foreign];
  };
}
