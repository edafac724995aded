import type { Scheme } from "../scheme.ts";
import { base64In, bodyHmac, hexIn, hmac, itemsIn, ofAccount, ofWebhook, timeIn } from "./forms.ts";

/** shopify.dev/docs/apps/build/webhooks/verify-deliveries; the newer events leave the X- away. */
export const shopify: Scheme[] = [
  bodyHmac(
    "shopify-sha256",
    {
      at: ["header:X-Shopify-Hmac-Sha256", "header:shopify-hmac-sha256"],
      encoding: "base64",
    },
    ofAccount(
      "Client secret",
      "Dev Dashboard > the app > Settings; for webhooks of the admin: Settings > Notifications > Webhooks",
    ),
  ),
];

/** github.com/woocommerce/woocommerce, class-wc-webhook.php */
export const woocommerce: Scheme[] = [
  bodyHmac(
    "woocommerce-sha256",
    base64In("X-WC-Webhook-Signature"),
    ofWebhook("Secret", "WooCommerce > Settings > Advanced > Webhooks > the webhook"),
  ),
];

/** typeform.com/developers/webhooks/secure-your-webhooks */
export const typeform: Scheme[] = [
  bodyHmac(
    "typeform-sha256",
    base64In("Typeform-Signature", "sha256="),
    ofWebhook("Secret", "Connect > Webhooks > the webhook > Secret"),
  ),
];

/** developer.calendly.com/api-docs/webhook-signatures; three minutes in its example. */
export const calendly: Scheme[] = [
  hmac({
    id: "calendly-v1",
    message: ["{time}.{body}"],
    signature: itemsIn("Calendly-Webhook-Signature", "v1="),
    time: timeIn("item:t=", "s", 180),
    secret: ofWebhook("Signing key", "what was given when the subscription was created"),
  }),
];

/** cal.com/docs/developing/guides/automation/webhooks#verifying-the-authenticity-of-the-received-payload */
export const calCom: Scheme[] = [
  bodyHmac(
    "cal-com-sha256",
    hexIn("X-Cal-Signature-256"),
    ofWebhook("Secret", "Settings > Developer > Webhooks > the webhook"),
  ),
];

/** developers.docusign.com/platform/webhooks/connect/validate: a header for each of the account's keys. */
export const docusign: Scheme[] = [
  bodyHmac(
    "docusign-sha256",
    base64In("X-DocuSign-Signature-*"),
    ofAccount("Connect key", "Settings > Connect > Connect Keys"),
  ),
];

/** developer.box.com/guides/webhooks/v2/signatures-v2: two keys, so that one can be changed. */
export const box: Scheme[] = [
  hmac({
    id: "box-sha256",
    message: ["{body}{time}"],
    signature: {
      at: ["header:BOX-SIGNATURE-PRIMARY", "header:BOX-SIGNATURE-SECONDARY"],
      encoding: "base64",
    },
    time: timeIn("header:BOX-DELIVERY-TIMESTAMP", "iso", 600),
    secret: ofAccount("Primary or secondary key", "Developer Console > the app > Webhooks"),
  }),
];

/** dropbox.com/developers/reference/webhooks#notifications */
export const dropbox: Scheme[] = [
  bodyHmac(
    "dropbox-sha256",
    hexIn("X-Dropbox-Signature"),
    ofAccount("App secret", "App Console > the app > Settings"),
  ),
];

/** customer.io/docs/journeys/webhooks#securely-verify-requests */
export const customerIo: Scheme[] = [
  hmac({
    id: "customer-io-v0",
    message: ["v0:{time}:{body}"],
    signature: hexIn("X-CIO-Signature"),
    time: timeIn("header:X-CIO-Timestamp", "s"),
    secret: ofWebhook("Signing key", "Integrations > Reporting Webhooks > the webhook"),
  }),
];

/** developers.klaviyo.com/en/docs/working_with_system_webhooks */
export const klaviyo: Scheme[] = [
  hmac({
    id: "klaviyo-sha256",
    message: ["{body}{time}"],
    signature: hexIn("Klaviyo-Signature"),
    time: timeIn("header:Klaviyo-Timestamp", "http"),
    secret: ofWebhook("Secret key", "what was given when the webhook was created"),
  }),
];

/** hookdeck.com/docs/authentication#hookdeck-webhook-signature-verification: a second one while the secret changes. */
export const hookdeck: Scheme[] = [
  bodyHmac(
    "hookdeck-sha256",
    { at: ["header:x-hookdeck-signature", "header:x-hookdeck-signature-2"], encoding: "base64" },
    ofAccount("Signing secret", "Project settings > Secrets"),
  ),
];
