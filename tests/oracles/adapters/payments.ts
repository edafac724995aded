import {
  delivery,
  header,
  hmac,
  json,
  type Oracle,
  passes,
  seconds,
  withHeaders,
} from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

type Stripe = {
  webhooks: {
    generateTestHeaderString: (what: {
      payload: string;
      secret: string;
      timestamp: number;
    }) => string;
    constructEvent: (body: Buffer, header: string, secret: string) => unknown;
  };
};
const stripe = () => {
  const Client = sdk<new (key: string) => Stripe>("stripe");
  return new Client("sk_test_oracle").webhooks;
};
const STRIPE_SECRET = "whsec_b3JhY2xlIG9mIFN0cmlwZQ";

export const stripeV1: Oracle = {
  provider: "stripe",
  scheme: "v1",
  by: "stripe",
  secret: STRIPE_SECRET,
  delivery: delivery(json('"id":"evt_1","object":"event","type":"charge.succeeded"')),
  sign: (given, atMs) => {
    const timestamp = Math.floor(atMs / 1_000);
    const payload = given.body.toString();
    return withHeaders(given, {
      "Stripe-Signature": stripe().generateTestHeaderString({
        payload,
        secret: STRIPE_SECRET,
        timestamp,
      }),
    });
  },
  accepts: (given) =>
    passes(() =>
      stripe().constructEvent(given.body, header(given, "stripe-signature"), STRIPE_SECRET),
    ),
  refusesOld: true,
};

type SquareHelper = {
  WebhooksHelper: {
    isValidWebhookEventSignature: (
      body: string,
      signature: string,
      key: string,
      url: string,
    ) => boolean;
  };
};
const SQUARE_KEY = "sq0-oracle-signature-key";

export const square: Oracle = {
  provider: "square",
  scheme: "url and body",
  by: "square",
  secret: SQUARE_KEY,
  delivery: delivery(json('"merchant_id":"M1","type":"payment.created","event_id":"e1","data":{}')),
  sign: (given) =>
    withHeaders(given, {
      "X-Square-Hmacsha256-Signature": hmac("sha256", SQUARE_KEY, "base64", given.url, given.body),
    }),
  accepts: (given) =>
    sdkFile<SquareHelper>(
      "square",
      "dist/cjs/utilities/webhooksHelper.js",
    ).WebhooksHelper.isValidWebhookEventSignature(
      given.body.toString(),
      header(given, "x-square-hmacsha256-signature"),
      SQUARE_KEY,
      given.url,
    ),
  refusesOld: false,
};

type Paddle = {
  webhooks: {
    isSignatureValid: (body: string, secret: string, header: string) => Promise<boolean>;
  };
};
const PADDLE_SECRET = "pdl_ntfset_oracle_secret";

export const paddle: Oracle = {
  provider: "paddle",
  scheme: "h1",
  by: "@paddle/paddle-node-sdk",
  secret: PADDLE_SECRET,
  delivery: delivery(json('"event_id":"evt_1","notification_id":"ntf_1","event_type":"x.y"')),
  sign: (given, atMs) => {
    const h1 = hmac("sha256", PADDLE_SECRET, "hex", `${seconds(atMs)}:`, given.body);
    return withHeaders(given, { "Paddle-Signature": `ts=${seconds(atMs)};h1=${h1}` });
  },
  accepts: (given) => {
    const { Paddle: Client } = sdk<{ Paddle: new (key: string) => Paddle }>(
      "@paddle/paddle-node-sdk",
    );
    const { webhooks } = new Client("oracle");
    const signature = header(given, "paddle-signature");
    return webhooks.isSignatureValid(given.body.toString(), PADDLE_SECRET, signature);
  },
  refusesOld: true,
};

const RAZORPAY_SECRET = "razorpay oracle";

export const razorpay: Oracle = {
  provider: "razorpay",
  scheme: "body",
  by: "razorpay",
  secret: RAZORPAY_SECRET,
  delivery: delivery(json('"event":"payment.captured"')),
  sign: (given) =>
    withHeaders(given, {
      "X-Razorpay-Signature": hmac("sha256", RAZORPAY_SECRET, "hex", given.body),
    }),
  accepts: (given) =>
    sdkFile<{
      validateWebhookSignature: (body: string, signature: string, secret: string) => boolean;
    }>("razorpay", "dist/utils/razorpay-utils.js").validateWebhookSignature(
      given.body.toString(),
      header(given, "x-razorpay-signature"),
      RAZORPAY_SECRET,
    ),
  refusesOld: false,
};

const GOCARDLESS_SECRET = "gocardless oracle";

export const gocardless: Oracle = {
  provider: "gocardless",
  scheme: "body",
  by: "gocardless-nodejs",
  secret: GOCARDLESS_SECRET,
  delivery: delivery(json('"events":[{"resource_type":"payments","links":{}}]')),
  sign: (given) =>
    withHeaders(given, {
      "Webhook-Signature": hmac("sha256", GOCARDLESS_SECRET, "hex", given.body),
    }),
  accepts: (given) => {
    const { verifySignature } = sdkFile<{
      verifySignature: (body: Buffer, secret: string, signature: string) => void;
    }>("gocardless-nodejs", "cjs/webhooks.js");
    const signature = header(given, "webhook-signature");
    return passes(() => verifySignature(given.body, GOCARDLESS_SECRET, signature));
  },
  refusesOld: false,
};
