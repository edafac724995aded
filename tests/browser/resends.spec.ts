import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

test("all that match are planned, sent by the server, reported, and a resend under way is stopped", async ({
  page,
  server,
}) => {
  const got: string[] = [];
  let isSlow = false;
  const target = http.createServer((request, response) => {
    got.push(request.url ?? "");
    request.resume();
    if (!isSlow) response.writeHead(request.url === "/in/3" ? 500 : 200).end();
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", () => resolve()));
  const to = `http://127.0.0.1:${(target.address() as AddressInfo).port}/in`;
  const bin = await newBin(server.origin);
  for (const path of ["/1", "/2", "/3", "/4"]) {
    await bin.capture({ method: path === "/2" ? "GET" : "POST" }, path);
  }
  await page.goto(`/b/${bin.id}#key=${bin.key}`);
  await page.getByRole("combobox", { name: /filter/i }).fill("method:POST");
  await page.getByRole("button", { name: "Resend all that match" }).click();
  const form = page.getByRole("region", { name: "New resend" });
  await expect(form.getByLabel("Only what matches")).toHaveValue("method:POST");
  await form.getByLabel("Send to").fill("nowhere");
  await form.getByRole("button", { name: "Show the plan" }).click();
  await expect(form.getByLabel("Send to")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("Send to").fill(to);
  await page.keyboard.press("Enter");
  await expect(form.getByText("3 requests, #1 to #4.")).toBeVisible();
  expect(got).toEqual([]);
  await form.getByRole("button", { name: "Send 3 requests" }).click();
  const cards = page.getByRole("list", { name: "Resends" }).getByRole("listitem");
  await expect(page.getByText("Done: 2 of 3 delivered, 1 failed.")).toBeVisible();
  expect(got).toEqual(["/in/1", "/in/3", "/in/4"]);
  const failures = page.getByRole("list", { name: "What did not arrive" });
  await expect(failures.getByText("answered 500")).toBeVisible();
  expect(await findViolations(page, "resends")).toEqual([]);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^hooklens-resend-.*\.csv$/);

  isSlow = true;
  await form.getByLabel("Only what matches").fill("");
  await form.getByRole("button", { name: "Show the plan" }).click();
  await form.getByRole("button", { name: "Send 4 requests" }).click();
  await expect(page.getByText("Sending: 0 of 4 delivered.")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText(/^Stopped: 0 of 4 delivered, 1 still under way, 3/)).toBeVisible();
  target.closeAllConnections();
  await expect(page.getByText(/^Stopped: 0 of 4 delivered, 1 failed, 3 not sent/)).toBeVisible();
  await page.getByRole("button", { name: "Forget this resend" }).first().click();
  await expect(page.getByText(/^Stopped/)).toHaveCount(0);
  await expect(cards.first()).toBeVisible();
  await failures.getByRole("link", { name: "#3" }).click();
  await expect(page).toHaveURL(/request=/);
  await new Promise((resolve) => target.close(resolve));
});
