import type { Scheme } from "../scheme.ts";
import {
  base64In,
  bodyHmac,
  hexIn,
  hmac,
  itemsIn,
  ofAccount,
  ofWebhook,
  outranking,
  timeIn,
} from "./forms.ts";

/** docs.stripe.com/webhooks#verify-manually; the tolerance is its libraries'. */
export const stripe: Scheme[] = [
  hmac({
    id: "stripe-v1",
    message: ["{time}.{body}"],
    signature: itemsIn("Stripe-Signature", "v1="),
    time: timeIn("item:t=", "s", 300),
    secret: ofWebhook(
      "Signing secret",
      "Workbench > Webhooks > the endpoint > Signing secret",
      /^whsec_/,
    ),
  }),
];

/** developer.squareup.com/docs/webhooks/step3validate: the URL as it was subscribed. */
export const square: Scheme[] = [
  hmac({
    id: "square-sha256",
    message: ["{url}{body}"],
    signature: base64In("x-square-hmacsha256-signature"),
    secret: ofWebhook(
      "Signature key",
      "Developer Console > the application > Webhooks > Subscriptions",
    ),
  }),
];

/**
 * developer.paddle.com/webhooks/signature-verification: any h1 may match. Five seconds in its own library, which reads the
 * last h1 alone (@paddle/paddle-node-sdk 3.10.0).
 */
export const paddle: Scheme[] = [
  hmac({
    id: "paddle-h1",
    message: ["{time}:{body}"],
    signature: itemsIn("Paddle-Signature", "h1=", ";"),
    time: timeIn("item:ts=", "s", 5),
    secret: ofWebhook("Secret key", "Developer tools > Notifications > the destination"),
  }),
];

/** docs.lemonsqueezy.com/help/webhooks/signing-requests */
export const lemonSqueezy: Scheme[] = [
  bodyHmac(
    "lemon-squeezy-sha256",
    hexIn("X-Signature"),
    ofWebhook("Signing secret", "Settings > Webhooks > the webhook"),
  ),
];

/** github.com/coinbase/coinbase-commerce-node, lib/Webhook.js */
export const coinbaseCommerce: Scheme[] = [
  bodyHmac(
    "coinbase-commerce-sha256",
    hexIn("X-CC-Webhook-Signature"),
    ofWebhook("Shared secret", "Settings > Notifications > Webhook subscriptions"),
  ),
];

const cdpSecret = ofWebhook("Subscription secret", "the answer that created the subscription");
const cdpTime = timeIn("item:t=", "s", 300);

/** docs.cdp.coinbase.com/webhooks/verify-signatures: both are sent, v1 binds the headers that `h` names too. */
export const coinbaseCdp: Scheme[] = [
  hmac({
    id: "coinbase-cdp-v0",
    message: ["{time}.{body}"],
    signature: { ...itemsIn("X-Hook0-Signature", "v0="), beside: ["h="] },
    time: cdpTime,
    secret: cdpSecret,
  }),
  outranking(
    hmac({
      id: "coinbase-cdp-v1",
      message: { canonical: "coinbase-cdp" },
      signature: { ...itemsIn("X-Hook0-Signature", "v1="), beside: ["h="] },
      time: cdpTime,
      secret: cdpSecret,
    }),
    "coinbase-cdp-v0",
  ),
];

/** razorpay.com/docs/webhooks/validate-test */
export const razorpay: Scheme[] = [
  bodyHmac(
    "razorpay-sha256",
    hexIn("X-Razorpay-Signature"),
    ofWebhook("Webhook secret", "Account & Settings > Webhooks > the webhook"),
  ),
];

/** paystack.com/docs/payments/webhooks#signature-validation */
export const paystack: Scheme[] = [
  bodyHmac(
    "paystack-sha512",
    hexIn("x-paystack-signature"),
    ofAccount("Secret key", "Settings > API Keys & Webhooks"),
    "SHA-512",
  ),
];

/** developer.gocardless.com/api-reference#webhooks-signing-webhooks */
export const gocardless: Scheme[] = [
  bodyHmac(
    "gocardless-sha256",
    hexIn("Webhook-Signature"),
    ofWebhook("Secret", "Developers > Webhook endpoints > the endpoint"),
  ),
];

/** developer.xero.com/documentation/guides/webhooks/configuring-your-server */
export const xero: Scheme[] = [
  bodyHmac(
    "xero-sha256",
    base64In("x-xero-signature"),
    ofWebhook("Webhooks key", "My Apps > the app > Webhooks"),
  ),
];

/** @metronome/sdk, resources/webhooks: by X-Metronome-Date, five minutes to both sides. Older ones have it in Date. */
export const metronome: Scheme[] = [
  hmac({
    id: "metronome-sha256",
    message: ["{time}\n{body}"],
    signature: hexIn("Metronome-Webhook-Signature"),
    time: {
      at: ["header:X-Metronome-Date", "header:Date"],
      unit: "http",
      toleranceSeconds: 300,
      side: "both",
    },
    secret: ofWebhook("Webhook secret", "Developer > Notifications > Webhooks"),
  }),
];
