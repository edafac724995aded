import type { HeaderPair } from "#lib/contract/headers.ts";
import type { RecognisedProvider } from "#lib/contract/requests.ts";

/** One request of the example: written by us after what these senders really send. */
export type Recorded = {
  method: string;
  target: string;
  headers: HeaderPair[];
  body: string;
  /** Lower-case hex SHA-256 of the body. */
  sha256: string;
  remoteAddress: string;
  provider: RecognisedProvider | null;
};

const json = (value: unknown) => JSON.stringify(value, null, 2);

const stripe = json({
  id: "evt_1SVqk2LkdIwHu7ix0fQm3ZbT",
  object: "event",
  api_version: "2025-10-29.clover",
  created: 1795262604,
  type: "payment_intent.succeeded",
  livemode: false,
  data: {
    object: {
      id: "pi_3SVqk1LkdIwHu7ix1cVwYp8A",
      object: "payment_intent",
      amount: 4200,
      currency: "eur",
      metadata: { order: "A-1042" },
      status: "succeeded",
    },
  },
});

const github = json({
  ref: "refs/heads/main",
  before: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
  after: "59b20b8d5c6ff8d09518454d4dd8b7b30f095ab5",
  repository: { id: 35129377, full_name: "acme/orders", private: true },
  pusher: { name: "anna" },
  commits: [{ id: "59b20b8d", message: "Retry the charge once", modified: ["src/charge.ts"] }],
});

// As text: its ids have more digits than a JavaScript number can hold.
const shopify = `{
  "id": 820982911946154508,
  "email": "jon@example.com",
  "currency": "EUR",
  "total_price": "403.00",
  "line_items": [{ "id": 866550311766439020, "title": "IPod Nano - 8GB", "quantity": 1 }]
}`;

const linear = json({
  action: "update",
  type: "Issue",
  createdAt: "2026-11-21T14:03:24.011Z",
  data: {
    id: "2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9",
    identifier: "ORD-118",
    title: "Late refunds",
  },
  updatedFrom: { stateId: "3fd1c9a2-2f3e-4a38-9f2b-9a8f3e8f0d55" },
});

const slack =
  "token=XXYYZZ&team_id=T0001&channel_name=orders&user_name=anna&command=%2Frefund&text=A-1042+%E2%82%AC42";

const telemetry = json({ sensor: "fridge-3", celsius: 4.25, door: "shut", at: 1795262610 });

/** What most senders leave unsaid. */
const UNSAID = { attempt: null, eventId: null, account: null, mode: null, occurredAt: null };

/** In the order in which they arrive. */
export const recording: readonly Recorded[] = [
  {
    method: "POST",
    target: "/stripe",
    headers: [
      ["Content-Type", "application/json; charset=utf-8"],
      ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
      [
        "Stripe-Signature",
        "t=1795262604,v1=6fcd2a1a5b0f6d8f29b0b4c4e9a7b1a5d3f2e6c1b0a99887766554433221100f",
      ],
    ],
    body: stripe,
    sha256: "e645673cf43b406025b57945fc0e8f2c9c62440354210136342dbdb8c43996b9",
    remoteAddress: "54.187.174.169",
    provider: {
      id: "stripe",
      name: "Stripe",
      event: "payment_intent.succeeded",
      deliveryId: "evt_1SVqk2LkdIwHu7ix0fQm3ZbT",
      ...UNSAID,
      eventId: "evt_1SVqk2LkdIwHu7ix0fQm3ZbT",
      mode: "test",
    },
  },
  {
    method: "POST",
    target: "/github",
    headers: [
      ["User-Agent", "GitHub-Hookshot/044aadd"],
      ["Content-Type", "application/json"],
      ["X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"],
      ["X-GitHub-Event", "push"],
      [
        "X-Hub-Signature-256",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
      ],
    ],
    body: github,
    sha256: "eae02022867bc5a8714bd3b3e815fcabfc6a0543b23930d720e698e226778ae6",
    remoteAddress: "140.82.115.54",
    provider: {
      id: "github",
      name: "GitHub",
      event: "push",
      deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      ...UNSAID,
    },
  },
  {
    method: "PUT",
    target: "/telemetry//fridge-3?unit=C&unit=K",
    headers: [
      ["content-type", "application/json"],
      ["user-agent", "fridge/2.1"],
    ],
    body: telemetry,
    sha256: "7db9c0549d266ab39de9a249ee781568aed635e24d74d45e5ddffe49cb41d3b5",
    remoteAddress: "203.0.113.24",
    provider: null,
  },
  {
    method: "POST",
    target: "/shopify",
    headers: [
      ["User-Agent", "Shopify-Captain-Hook"],
      ["Content-Type", "application/json"],
      ["X-Shopify-Topic", "orders/create"],
      ["X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"],
      ["X-Shopify-Shop-Domain", "acme.myshopify.com"],
      ["X-Shopify-Hmac-Sha256", "XWmrwMey6OsLMeiZKwP4FppHH3cmAiiJJAweH5Jo4bM="],
    ],
    body: shopify,
    sha256: "c5d9be6e7889cb3bad7f643e908e6295a569a649552c0fc8498d0abf823a0316",
    remoteAddress: "34.133.113.228",
    provider: {
      id: "shopify",
      name: "Shopify",
      event: "orders/create",
      deliveryId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
      ...UNSAID,
      account: "acme.myshopify.com",
    },
  },
  {
    method: "POST",
    target: "/slack/refund",
    headers: [
      ["Content-Type", "application/x-www-form-urlencoded"],
      ["User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"],
      ["X-Slack-Request-Timestamp", "1795262612"],
      ["X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"],
    ],
    body: slack,
    sha256: "aee4204878d01256e52e4038a650e01f3bae4d4d5dc86b8289dad2a678ab68f2",
    remoteAddress: "34.203.250.6",
    provider: {
      id: "slack",
      name: "Slack",
      event: "/refund",
      deliveryId: null,
      ...UNSAID,
      account: "T0001",
    },
  },
  {
    method: "POST",
    target: "/linear",
    headers: [
      ["Content-Type", "application/json; charset=utf-8"],
      ["User-Agent", "Linear-Webhook"],
      ["Linear-Delivery", "234d1a4e-b617-4388-90fe-adc3633d6b72"],
      ["Linear-Event", "Issue"],
      ["Linear-Signature", "766e1d90a96e2f5ecec342a99c5552999dd95d49250171b902d703fd674f5086"],
    ],
    body: linear,
    sha256: "1aab673900e39148def70272d33df5d8dff79b0657a13c1f31219fb154797ff4",
    remoteAddress: "35.231.147.226",
    provider: {
      id: "linear",
      name: "Linear",
      event: "Issue.update",
      deliveryId: "234d1a4e-b617-4388-90fe-adc3633d6b72",
      ...UNSAID,
    },
  },
  {
    method: "GET",
    target: "/health?probe=1",
    headers: [["user-agent", "kube-probe/1.33"]],
    body: "",
    sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    remoteAddress: "203.0.113.80",
    provider: null,
  },
];
