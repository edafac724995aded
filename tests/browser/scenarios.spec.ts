import http from "node:http";
import type { AddressInfo } from "node:net";
import { createApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import { newBin } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

/** An app that takes events, and tells its orders to who has the token. */
function startApp(): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    if (request.url === "/webhooks") return response.end('{"received":true,"order":"o 7"}');
    const isAllowed = request.headers.authorization === "Bearer tok_1";
    response.statusCode = isAllowed ? 200 : 401;
    return response.end(JSON.stringify({ url: request.url, state: "paid" }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

let app: http.Server;
test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => new Promise((resolve) => app.close(resolve)));

test("a scenario is written, corrected, run and kept, with a secret that is never shown again", async ({
  page,
  server,
}) => {
  const bin = await newBin(server.origin);
  await bin.capture({ method: "POST", body: '{"id":1}' });
  const { port } = app.address() as AddressInfo;
  await page.goto(`/b/${bin.id}/scenarios?request=1#key=${bin.key}`);
  const editor = page.getByRole("textbox", { name: "Scenario as YAML" });
  await expect(editor).toContainText("request: 1");
  const write = async (text: string) => {
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
  };
  await write("name: Paid\nsteps:\n  - request: 1\n    too: http://a");
  await page.getByRole("button", { name: "Save and run" }).click();
  await expect(page.getByText(/^Line 3, column 5 \(steps\[0\]\)/)).toBeVisible();

  await write(
    `name: Paid\nsteps:\n  - request: 1\n    to: http://127.0.0.1:${port}/webhooks\n    keep:\n      order: body.order\n  - call: GET {{app}}/orders/{{order}}\n    headers:\n      Authorization: Bearer {{token}}\n    expect:\n      body.state: paid\n      body.url: /orders/o%207\n`,
  );
  await page.getByLabel("New environment").fill("local");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const environment = page.getByRole("form", { name: "Environment local" });
  await environment.getByLabel("Value of variable 1").fill(`http://127.0.0.1:${port}`);
  await environment.getByRole("button", { name: "Add a variable" }).click();
  await environment.getByLabel("Name of variable 2").fill("token");
  await environment.getByLabel("Value of variable 2").fill("tok_wrong");
  await environment.getByRole("switch", { name: "Secret" }).nth(1).click();
  await environment.getByRole("button", { name: "Save" }).click();
  await expect(environment.getByText("Saved")).toBeVisible();
  await expect(environment.getByLabel("Value of variable 2")).toHaveValue("");

  await editor.click();
  await page.keyboard.press("ControlOrMeta+Enter");
  const report = page.getByRole("region", { name: "Report of the run" });
  await expect(report.getByText("1 of 2 failed")).toBeVisible();
  await expect(report.getByText("status should be 2xx, but is 401")).toBeVisible();
  expect(await findViolations(page, "scenarios")).toEqual([]);

  await environment.getByLabel("Value of variable 2").fill("tok_1");
  await environment.getByRole("button", { name: "Save" }).click();
  await expect(environment.getByText("Saved")).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(report.getByText("✓ Passed", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("navigation", { name: "Scenarios" })).toContainText("✓ passed");
  await expect(report.getByText("✓ Passed", { exact: true })).toBeVisible();

  const { items } = await scenarioClient(
    createApiClient({ origin: server.origin, key: bin.key }),
    bin.id,
  ).list();
  expect(items.map(({ name }) => name)).toEqual(["Paid"]);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete scenario" }).click();
  await expect(page.getByRole("button", { name: "Paid" })).toHaveCount(0);
});
