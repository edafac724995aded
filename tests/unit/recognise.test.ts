import { expect, test } from "vitest";
import { providers } from "#lib/providers/providers.ts";
import { readAs, recognise } from "#lib/providers/recognise.ts";
import { type Sent, sent } from "#tests/fixtures/senders.ts";
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

/** A proxy may take it out, or nobody has set a secret: then that it is missing can be said of somebody's only. */
test.each<[string, Omit<Sent, "provider">]>([
  ["slack", { headers: { "X-Slack-Request-Timestamp": "1" }, form: { command: "/x" } }],
  ["slack", { json: { type: "event_callback", api_app_id: "A", team_id: "T", event_id: "E" } }],
  [
    "twilio",
    { headers: { "User-Agent": "TwilioProxy/1.1" }, form: { AccountSid: "A", CallSid: "C" } },
  ],
  ["twilio", { headers: { "I-Twilio-Idempotency-Token": "i" }, json: {} }],
  ["mailgun", { json: { "event-data": { event: "opened", id: "1" } } }],
  ["mailgun", { form: { timestamp: "1", token: "t", signature: "s", recipient: "r" } }],
  ["svix", { headers: { "svix-id": "m", "svix-timestamp": "1" }, json: { type: "a" } }],
  ["standard-webhooks", { headers: { "webhook-id": "m", "webhook-timestamp": "1" }, json: {} }],
  ["braintree", { form: { bt_payload: "x" } }],
  [
    "lemon-squeezy",
    { headers: { "X-Event-Name": "order_created", "X-Signature": "aa" }, json: { meta: {} } },
  ],
  ["adyen", { json: { type: "balancePlatform.transfer.created", environment: "test", data: {} } }],
  [
    "coinbase-commerce",
    { json: { scheduled_for: "x", event: { id: "1", type: "charge:created", data: {} } } },
  ],
  ["zoom", { headers: { "x-zm-request-timestamp": "1" }, json: { event: "a" } }],
  [
    "meta",
    {
      headers: { "User-Agent": "facebookexternalua" },
      json: { object: "page", entry: [{ id: "1" }] },
    },
  ],
  [
    "discord",
    {
      headers: { "User-Agent": "Discord-Interactions/1.0", "X-Signature-Timestamp": "1" },
      json: { type: 2 },
    },
  ],
  ["pusher", { headers: { "X-Pusher-Key": "k" }, json: {} }],
  ["mux", { json: { type: "video.x", object: { type: "a", id: "1" }, environment: { id: "e" } } }],
  ["fal-ai", { headers: { "X-Fal-Webhook-Request-Id": "1" }, json: {} }],
  ["customer-io", { headers: { "x-cio-timestamp": "1" }, json: {} }],
  ["klaviyo", { headers: { "Klaviyo-Timestamp": "x" }, json: {} }],
  ["razorpay", { headers: { "x-razorpay-event-id": "1" }, json: {} }],
  ["xero", { json: { events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: "S" } }],
  ["netlify", { headers: { "X-Netlify-Event": "x", "X-Webhook-Signature": "eyJ.a.b" }, json: {} }],
  [
    "vercel",
    { json: { type: "deployment.created", createdAt: 1, payload: { deployment: { id: "d" } } } },
  ],
  ["launchdarkly", { json: { _links: {}, _id: "1", accesses: [], kind: "flag" } }],
  ["webflow", { headers: { "x-webflow-timestamp": "1" }, json: {} }],
  ["cloudflare-stream", { json: { uid: "u", readyToStream: true, status: { state: "ready" } } }],
])("%s is known without its signature %#", (provider, request) => {
  expect(recogniseSent({ ...request, provider })?.id ?? null).toBe(provider);
});

test("what happened is read where it is the name of a member, or XML in base64", () => {
  const telegram = { update_id: 1, edited_channel_post: { text: "hi" } };
  expect(recogniseSent({ provider: "telegram", json: telegram })?.event).toBe(
    "edited_channel_post",
  );
  const headers = { "x-twitter-webhooks-signature": "sha256=aa=" };
  const x = { for_user_id: "1", tweet_create_events: [{}] };
  expect(recogniseSent({ provider: "x", headers, json: x })?.event).toBe("tweet_create_events");
  const xml =
    '<notification><timestamp type="datetime">2026-11-21T14:03:22Z</timestamp><kind>check</kind></notification>';
  const form = { bt_signature: "p|a", bt_payload: Buffer.from(xml).toString("base64") };
  expect(recogniseSent({ provider: "braintree", form })).toMatchObject({
    event: "check",
    occurredAtUs: Date.UTC(2026, 10, 21, 14, 3, 22) * 1_000,
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
