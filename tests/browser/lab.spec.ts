import { expect, test } from "#tests/helpers/browser.ts";
import { startHandlers } from "#tests/helpers/handlers.ts";
import { newBin, openRequest } from "#tests/helpers/request-page.ts";
import { findViolations } from "./axe.ts";

const payload = (id: string, type: string) =>
  JSON.stringify({ id, object: "event", type, data: { object: { id: "cus_1", amount: 1200 } } });

test("a handler is tried by keyboard and hand: twice, at once, swapped, with a changed byte", async ({
  page,
  server,
}) => {
  const handlers = await startHandlers("whsec_0123456789abcdef0123456789abcdef");
  const bin = await newBin(server.origin);
  const headers = { "Content-Type": "application/json", "Stripe-Signature": "t=1,v1=00" };
  const send = (id: string, type: string) =>
    bin.capture({ method: "POST", headers, body: payload(id, type) });
  await send("evt_1", "customer.created");
  const id = await send("evt_2", "customer.updated");
  await openRequest(page, bin, id);
  await page.getByRole("tab", { name: "Forwards" }).click();
  const to = page.getByLabel("Forward to");
  const lab = page.getByRole("region", { name: "Try your handler" });
  await page.getByText("Try your handler").focus();
  await page.keyboard.press("Enter");
  await expect(lab.getByText("Write above where it goes.")).toBeVisible();

  await to.fill(`${handlers.origin}/doubles`);
  await lab.getByRole("radio", { name: "Twice" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const verdict = lab.getByRole("status").first();
  await expect(verdict).toContainText("Found");
  await expect(verdict).toContainText("It may have handled the event more than once");
  const sent = lab.getByRole("list", { name: "What was sent" }).getByRole("listitem");
  await expect(sent).toHaveCount(2);
  const pair = lab.getByRole("region", { name: "The answers beside each other" });
  await expect(pair.getByText("$.order.id")).toBeVisible();
  const forwards = page.getByRole("list", { name: "Forwards, newest first" }).locator("> li");
  await expect(forwards).toHaveCount(2);

  await lab.getByRole("radio", { name: "At once" }).check();
  await lab.getByLabel("Times").fill("90");
  await lab.getByLabel("Times").blur();
  await expect(lab.getByLabel("Times")).toHaveValue("20");
  await lab.getByLabel("Times").fill("3");
  await to.fill(`${handlers.origin}/trusting`);
  await lab.getByRole("button", { name: "Try it" }).click();
  await expect(verdict).toContainText("All were answered the same");
  await expect(sent).toHaveCount(3);

  await lab.getByRole("radio", { name: "One byte changed" }).check();
  await lab.getByRole("button", { name: "Try it" }).click();
  await expect(verdict).toContainText("it does not verify");

  await lab.getByRole("radio", { name: "Swapped" }).check();
  await expect(lab.getByLabel("Changes places with")).toContainText("customer.created");
  await to.fill(`${handlers.origin}/ordered`);
  await lab.getByRole("button", { name: "Try it" }).click();
  await expect(verdict).toContainText("It depends on the order");
  await expect(sent).toHaveCount(4);

  expect(await findViolations(page, "lab")).toEqual([]);
  await lab.getByRole("radio", { name: "Late again" }).check();
  await lab.getByRole("button", { name: "Try it" }).click();
  await expect(lab.getByText("1 of 2 answered")).toBeVisible();
  await lab.getByRole("button", { name: "Stop" }).click();
  await expect(lab.getByText("Stopped.")).toBeVisible();
  await expect(sent.nth(1)).toContainText("not sent");
  handlers.close();
});
