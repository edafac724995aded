import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

test("a destination is added, fails, says so, and gets all of it once its target is back", async ({
  page,
  server,
}) => {
  const got: string[] = [];
  let status = 500;
  const target = http.createServer((request, response) => {
    if (status === 200) got.push(request.url ?? "");
    request.resume();
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", () => resolve()));
  const { port } = target.address() as AddressInfo;
  const bin = await newBin(server.origin);
  await page.goto(`/b/${bin.id}/destinations#key=${bin.key}`);
  await page.getByRole("button", { name: "Add a destination" }).click();
  const form = page.getByRole("region", { name: "New destination" });
  await form.getByLabel("Send to").fill("nowhere");
  await form.getByLabel("Only what matches").fill("bdy:1");
  await form.getByRole("button", { name: "Add destination" }).click();
  await expect(form.getByText(/^Not saved/)).toBeVisible();
  await expect(form.getByLabel("Send to")).toHaveAttribute("aria-invalid", "true");

  await form.getByLabel("Send to").fill(`http://127.0.0.1:${port}/in`);
  await form.getByLabel("Only what matches").fill("method:POST");
  await form.getByText("Retries, speed, headers").click();
  await form.getByLabel("Attempts at most").fill("2");
  await form.getByLabel("First pause, seconds").fill("0.05");
  await form.getByLabel("Longest pause, seconds").fill("0.05");
  await form.getByRole("button", { name: "Add destination" }).click();
  const card = page.getByRole("list", { name: "Destinations" }).getByRole("listitem").first();
  await expect(card.getByText("Up to date.")).toBeVisible();
  await expect(card.getByText("method:POST")).toBeVisible();

  await bin.capture({ method: "GET" }, "/not");
  await bin.capture({ method: "POST", body: "1" }, "/one");
  await expect(card.getByText("1 not delivered, and not tried any more")).toBeVisible();
  await card.getByText("1 not delivered, and not tried any more").click();
  await expect(card.getByText("tried as often as it may be")).toBeVisible();
  await expect(card.getByRole("link", { name: "#2 POST /one" })).toBeVisible();
  await card.getByLabel("Only what matches").fill("bdy:1");
  await card.getByRole("button", { name: "Send those again" }).click();
  await expect(card.getByText(/^Column 1:/)).toBeVisible();
  await card.getByLabel("Only what matches").fill("path:/other");
  await card.getByLabel("Only what matches").press("Enter");
  await expect(card.getByText("0 on the way again.")).toBeVisible();
  status = 200;
  await card.getByRole("button", { name: "Send again #2" }).click();
  await expect(card.getByText("1 on the way again.")).toBeVisible();
  await expect.poll(() => got).toEqual(["/in/one"]);
  await expect(card.getByText("not tried any more")).toHaveCount(0);

  await card.getByRole("switch").click();
  await expect(card.getByText(/^Off\./)).toBeVisible();
  await bin.capture({ method: "POST", body: "2" }, "/two");
  await expect(card.getByText(/^Off\. 1 request waits/)).toBeVisible();
  await card.getByRole("switch").click();
  await expect.poll(() => got).toEqual(["/in/one", "/in/two"]);

  await card.getByRole("button", { name: "Change its settings" }).click();
  await card.getByText("Retries, speed, headers").click();
  expect(await findViolations(page, "destinations")).toEqual([]);
  await card.getByLabel("Only what matches").fill("");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByText("all requests")).toBeVisible();
  await card.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("button", { name: "Delete destination" }).click();
  await expect(page.getByText("Requests stay here until you send them on")).toBeVisible();
  await new Promise((resolve) => target.close(resolve));
});
