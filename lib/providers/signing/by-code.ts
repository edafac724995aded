import type { Scheme, SecretFacts } from "../scheme.ts";

const hmacSha1 = { kind: "hmac", hash: "SHA-1", key: "text" } as const;

const twilioToken: SecretFacts = {
  label: "Auth token",
  where: "Console > Account Info",
  sensitivity: "account",
};

/** twilio.com/docs/usage/webhooks/webhooks-security; the form's part is lib/signatures/canonical/url-and-form.ts. */
export const twilio: Scheme[] = [
  {
    id: "twilio-form",
    proof: hmacSha1,
    message: { canonical: "twilio-form" },
    signature: { at: ["header:X-Twilio-Signature"], encoding: "base64" },
    secret: twilioToken,
  },
  {
    id: "twilio-body-hash",
    proof: hmacSha1,
    message: ["{url}", "{url-with-port}", "{url-without-port}"],
    signature: { at: ["header:X-Twilio-Signature"], encoding: "base64" },
    bodyDigest: { at: "query:bodySHA256", encoding: "hex" },
    secret: twilioToken,
  },
];

/** lib/signatures/canonical/url-and-form.ts */
export const mandrill: Scheme[] = [
  {
    id: "mandrill-form",
    proof: hmacSha1,
    message: { canonical: "mandrill" },
    signature: { at: ["header:X-Mandrill-Signature"], encoding: "base64" },
    secret: {
      label: "Webhook key",
      where: "Settings > Webhooks > View key",
      sensitivity: "webhook",
    },
  },
];

/** lib/signatures/canonical/braintree.ts; the key is SHA-1 of the private key (braintree 3.40.0, lib/braintree/digest.js). */
export const braintree: Scheme[] = [
  {
    id: "braintree-sha1",
    proof: { kind: "hmac", hash: "SHA-1", key: "second-of-pair", keyHash: "SHA-1" },
    message: { canonical: "braintree" },
    signature: { at: ["form:bt_signature"], encoding: "hex" },
    secret: {
      label: "Public and private key",
      where: "Settings > API, as PUBLIC_KEY:PRIVATE_KEY",
      sensitivity: "account",
      pattern: /^[^:|\s]+[:|][^:|\s]+$/,
    },
  },
];

const adyenKey: SecretFacts = {
  label: "HMAC key",
  where: "Customer Area > Developers > Webhooks > the webhook > Security",
  sensitivity: "webhook",
  pattern: /^(?:[0-9a-f]{2})+$/i,
};
const hmacByHexKey = { kind: "hmac", hash: "SHA-256", key: "hex" } as const;

/** docs.adyen.com/development-resources/webhooks/verify-hmac-signatures: payments in the body, platforms in a header. */
export const adyen: Scheme[] = [
  {
    id: "adyen-items",
    proof: hmacByHexKey,
    message: { canonical: "adyen-items" },
    signature: {
      at: ["json:notificationItems[*].NotificationRequestItem.additionalData.hmacSignature"],
      encoding: "base64",
    },
    secret: adyenKey,
  },
  {
    id: "adyen-header",
    proof: hmacByHexKey,
    message: ["{body}"],
    signature: { at: ["header:HmacSignature"], encoding: "base64" },
    secret: adyenKey,
  },
];

/** lib/signatures/canonical/contentful.ts; the tolerance is its package's. */
export const contentful: Scheme[] = [
  {
    id: "contentful-canonical",
    proof: { kind: "hmac", hash: "SHA-256", key: "text" },
    message: { canonical: "contentful" },
    signature: { at: ["header:X-Contentful-Signature"], encoding: "hex" },
    time: { at: ["header:X-Contentful-Timestamp"], unit: "ms", toleranceSeconds: 30, side: "old" },
    marker: {
      at: "header:X-Contentful-Signed-Headers",
      value: "x-contentful-signed-headers,x-contentful-timestamp",
      isDefault: true,
    },
    secret: {
      label: "Signing secret",
      where: "the app's definition > Security > Request verification",
      sensitivity: "webhook",
    },
  },
];
