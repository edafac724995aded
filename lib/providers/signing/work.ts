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

/** linear.app/developers/webhooks#securing-webhooks: the time stands in the body that is signed. */
export const linear: Scheme[] = [
  {
    ...bodyHmac(
      "linear-sha256",
      hexIn("Linear-Signature"),
      ofWebhook("Signing secret", "Settings > API > Webhooks > the webhook"),
    ),
    time: {
      at: ["json:webhookTimestamp", "header:Linear-Timestamp"],
      unit: "ms",
      toleranceSeconds: 60,
      side: "both",
    },
  },
];

/** developers.notion.com/reference/webhooks#step-3-validating-event-payloads-recommended */
export const notion: Scheme[] = [
  bodyHmac(
    "notion-sha256",
    hexIn("X-Notion-Signature", "sha256="),
    ofWebhook("verification_token", "the first request that the subscription sends"),
  ),
];

/** developers.asana.com/docs/webhooks-guide#security */
export const asana: Scheme[] = [
  bodyHmac(
    "asana-sha256",
    hexIn("X-Hook-Signature"),
    ofWebhook("X-Hook-Secret", "the header of the request that created the webhook"),
  ),
];

/** developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/#webhook-signatures: the URL follows the body. */
export const trello: Scheme[] = [
  hmac({
    id: "trello-sha1",
    hash: "SHA-1",
    message: ["{body}{url}"],
    signature: base64In("X-Trello-Webhook"),
    secret: ofAccount("API secret", "trello.com/power-ups/admin > the Power-Up > API key"),
  }),
];

/** developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks */
export const jira: Scheme[] = [
  bodyHmac(
    "jira-sha256",
    hexIn("X-Hub-Signature", "sha256="),
    ofWebhook("Secret", "System > WebHooks > the webhook"),
  ),
];

/** developer.zendesk.com/documentation/webhooks/verifying */
export const zendesk: Scheme[] = [
  hmac({
    id: "zendesk-sha256",
    message: ["{time}{body}"],
    signature: base64In("X-Zendesk-Webhook-Signature"),
    time: timeIn("header:X-Zendesk-Webhook-Signature-Timestamp", "iso"),
    secret: {
      ...ofWebhook("Signing secret", "Admin Center > Webhooks > the webhook > Reveal secret"),
      ofTests: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
    },
  }),
];

const hubspotSecret = ofAccount("Client secret", "the app > Auth");

/** developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
export const hubspot: Scheme[] = [
  outranking(
    hmac({
      id: "hubspot-v3",
      message: ["{method}{url}{body}{time}", "{method}{url-decoded}{body}{time}"],
      signature: base64In("X-HubSpot-Signature-v3"),
      time: timeIn("header:X-HubSpot-Request-Timestamp", "ms", 300),
      secret: hubspotSecret,
    }),
    "hubspot-v2",
    "hubspot-v1",
  ),
  {
    id: "hubspot-v2",
    proof: { kind: "digest", hash: "SHA-256" },
    message: ["{secret}{method}{url}{body}", "{secret}{method}{url-decoded}{body}"],
    signature: hexIn("X-HubSpot-Signature"),
    marker: { at: "header:X-HubSpot-Signature-Version", value: "v2" },
    secret: hubspotSecret,
  },
  {
    id: "hubspot-v1",
    proof: { kind: "digest", hash: "SHA-256" },
    message: ["{secret}{body}"],
    signature: hexIn("X-HubSpot-Signature"),
    marker: { at: "header:X-HubSpot-Signature-Version", value: "v1" },
    secret: hubspotSecret,
  },
];

/** developer.pagerduty.com/docs/verifying-webhook-signatures: a list, while the secret changes. */
export const pagerduty: Scheme[] = [
  bodyHmac(
    "pagerduty-v1",
    itemsIn("X-PagerDuty-Signature", "v1="),
    ofWebhook("Secret", "shown once when the subscription is created"),
  ),
];

/**
 * workos.com/docs/events/data-syncing/webhooks: milliseconds; three minutes in its library, which hashes the JSON written
 * anew and not the bytes (@workos-inc/node 8.13.0).
 */
export const workos: Scheme[] = [
  hmac({
    id: "workos-v1",
    message: ["{time}.{body}"],
    signature: itemsIn("WorkOS-Signature", "v1=", ", "),
    time: timeIn("item:t=", "ms", 180),
    secret: ofWebhook("Signing secret", "Webhooks > the endpoint"),
  }),
];

/** developer.clickup.com/docs/webhooksignature */
export const clickup: Scheme[] = [
  bodyHmac(
    "clickup-sha256",
    hexIn("X-Signature"),
    ofWebhook("Secret", "the answer that created the webhook"),
  ),
];
