import type { Page } from "@playwright/test";
import type { State } from "./states.ts";
import { mintAnother, openBin } from "./world.ts";

const fromMenu = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("button", { name: "Bin menu", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
  await page.getByRole("dialog").waitFor();
};

/** A file of a browser, with an entry that is none. */
const har = JSON.stringify({
  log: {
    version: "1.2",
    entries: [
      "https://shop.example/hooks/orders",
      "https://shop.example/hooks/refunds",
      "ws://x",
    ].map((url) => ({
      startedDateTime: "2026-05-01T12:00:00Z",
      request: { method: "POST", url, httpVersion: "h2", headers: [{ name: ":path", value: "/" }] },
    })),
  },
});

/** Files of many requests, out and in. */
export const transfer: State[] = [
  {
    name: "export",
    show: async (page, { full }) => {
      await openBin(page, full);
      await fromMenu(page, "Export requests");
      await page.getByText(/requests, about/).waitFor();
    },
  },
  {
    name: "export-cut",
    show: async (page, { full }) => {
      await openBin(page, full);
      await page.getByRole("combobox", { name: "Filter requests" }).fill("method:POST");
      await page.getByRole("status").filter({ hasText: " of " }).first().waitFor();
      await fromMenu(page, "Export requests");
      await page.route("**/export?*", (route) =>
        route.fulfill({ body: '{"hooklens":"export"}\n{' }),
      );
      await page.getByRole("dialog").getByRole("button", { name: "Export", exact: true }).click();
      await page.getByText("Cut: the file is not whole").waitFor();
    },
  },
  {
    name: "import",
    show: async (page, { full }) => {
      await openBin(page, full);
      await fromMenu(page, "Import requests");
    },
  },
  {
    name: "import-report",
    show: async (page, world) => {
      await openBin(page, await mintAnother(world));
      await fromMenu(page, "Import requests");
      await page
        .getByLabel("File to import")
        .setInputFiles({ name: "shop.example.har", mimeType: "", buffer: Buffer.from(har) });
      await page.getByText("2 requests imported").waitFor();
    },
  },
  {
    name: "imported",
    show: async (page, world) => {
      await openBin(page, await mintAnother(world));
      await fromMenu(page, "Import requests");
      await page
        .getByLabel("File to import")
        .setInputFiles({ name: "shop.example.har", mimeType: "", buffer: Buffer.from(har) });
      await page.getByText("2 requests imported").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("option").first().click();
      await page.getByText("from a HAR file").waitFor();
    },
  },
];
