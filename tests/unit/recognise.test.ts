import { expect, test } from "vitest";
import { providers } from "#lib/providers/providers.ts";
import { readAs, recognise } from "#lib/providers/recognise.ts";
import { sent } from "#tests/fixtures/senders.ts";
import { recogniseSent } from "#tests/helpers/recognise-sent.ts";

const named = sent.map(
  (each) => [each.provider ?? "nobody", JSON.stringify(each).slice(0, 100), each] as const,
);

test.each(named)("%s is who sent %s", (_, __, { event, deliveryId, attempt, ...request }) => {
  const found = recogniseSent(request);
  expect(found?.id ?? null).toBe(request.provider);
  if (!found) return;
  expect(found).toMatchObject({
    id: request.provider,
    event: event ?? null,
    deliveryId: deliveryId ?? null,
    attempt: attempt ?? null,
  });
});

test("every provider is sent by somebody here", () => {
  const known = new Set(sent.map(({ provider }) => provider));
  expect(providers.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
});

test("ids are given once, in kebab-case", () => {
  const ids = providers.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test("two providers' headers together are nobody's", () => {
  const both = { "Stripe-Signature": "t=1,v1=aa", "X-Slack-Signature": "v0=aa" };
  expect(recogniseSent({ provider: null, headers: both, json: {} })).toBeNull();
});

test.each([
  ["X-Hub-Signature-256", "sha256=00", null],
  ["Webhook-Signature", "0".repeat(64), null],
  ["X-Signature", "00", null],
  ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)", null],
  ["Stripe-Signature", "t=1,v1=aa", "stripe"],
])("a header speaks once, however often it is there: %s", (name, value, provider) => {
  const headers = Array.from({ length: 9 }, () => [name, value] as [string, string]);
  expect(recognise(headers, "", Buffer.from("{}"))?.id ?? null).toBe(provider);
});

test("a stranger's values are cut and can be stored", () => {
  const json = { id: `evt_${"x".repeat(1_000)}`, type: "a\0b\ud800" };
  const found = recogniseSent({ provider: "stripe", headers: { "Stripe-Signature": "x" }, json });
  expect(found?.event).toBe("a\ufffdb\ufffd");
  expect(found?.deliveryId).toHaveLength(256);
});

test("a provider that a person names is read as such, whatever speaks for another", () => {
  const body = Buffer.from('{"id":"evt_1","type":"ping","event_id":"Ev1"}');
  expect(readAs("stripe", [["X-Slack-Signature", "v0=a"]], "", body)?.deliveryId).toBe("evt_1");
  expect(readAs("slack", [], "", body)).toMatchObject({ event: "ping", eventId: "Ev1" });
  expect(readAs("nobody", [], "", body)).toBeNull();
});

test("keys that an object inherits are none of the body's", () => {
  const json = '{"update_id":1,"__proto__":{"message":1}}';
  expect(recognise([["Content-Type", "application/json"]], "", Buffer.from(json))).toBeNull();
});

test.each(["{", "[".repeat(100_000), '"update_id"', "null", "\u0000", '{"update_id":'])(
  "a body that is no shape is nobody's: %.20s",
  (body) => expect(recognise([], "?a=%zz&&=", Buffer.from(body))).toBeNull(),
);
