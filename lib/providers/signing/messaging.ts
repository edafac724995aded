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
  token,
} from "./forms.ts";

/** docs.slack.dev/authentication/verifying-requests-from-slack */
export const slack: Scheme[] = [
  hmac({
    id: "slack-v0",
    message: ["v0:{time}:{body}"],
    signature: hexIn("X-Slack-Signature", "v0="),
    time: timeIn("header:X-Slack-Request-Timestamp", "s", 300),
    secret: ofAccount("Signing secret", "the app > Basic Information > App Credentials"),
  }),
];

/** core.telegram.org/bots/api#setwebhook */
export const telegram: Scheme[] = [
  token(
    "telegram-token",
    "header:X-Telegram-Bot-Api-Secret-Token",
    ofWebhook("secret_token", "what was given to setWebhook"),
  ),
];

/** developers.zoom.us/docs/api/webhooks/#verify-with-zooms-header */
export const zoom: Scheme[] = [
  hmac({
    id: "zoom-v0",
    message: ["v0:{time}:{body}"],
    signature: hexIn("x-zm-signature", "v0="),
    time: timeIn("header:x-zm-request-timestamp", "s"),
    secret: ofWebhook("Secret token", "App Marketplace > the app > Features > Access"),
  }),
];

/** developers.ringcentral.com/guide/notifications/webhooks/creating-webhooks */
export const ringcentral: Scheme[] = [
  token(
    "ringcentral-token",
    "header:Verification-Token",
    ofWebhook("verificationToken", "what was given when the subscription was created"),
  ),
];

/** developers.intercom.com/docs/webhooks/webhook-notifications#signed-notifications */
export const intercom: Scheme[] = [
  bodyHmac(
    "intercom-sha1",
    hexIn("X-Hub-Signature", "sha1="),
    ofAccount("Client secret", "Developer Hub > the app > Basic information"),
    "SHA-1",
  ),
];

const metaSecret = ofAccount("App secret", "App Dashboard > App settings > Basic");

/** developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads */
export const meta: Scheme[] = [
  outranking(
    hmac({
      id: "meta-sha256",
      message: ["{body}", "{body-escaped}"],
      signature: hexIn("X-Hub-Signature-256", "sha256="),
      secret: metaSecret,
    }),
    "meta-sha1",
  ),
  hmac({
    id: "meta-sha1",
    hash: "SHA-1",
    message: ["{body}", "{body-escaped}"],
    signature: hexIn("X-Hub-Signature", "sha1="),
    secret: metaSecret,
  }),
];

/** github.com/twitterdev/autohook, index.js: base64, not hex, behind sha256=. */
export const x: Scheme[] = [
  bodyHmac(
    "x-sha256",
    base64In("x-twitter-webhooks-signature", "sha256="),
    ofAccount("API key secret", "Developer Portal > the app > Keys and tokens"),
  ),
];

/** dev.twitch.tv/docs/eventsub/handling-webhook-events#verifying-the-event-message; it advises ten minutes. */
export const twitch: Scheme[] = [
  hmac({
    id: "twitch-sha256",
    message: ["{header:Twitch-Eventsub-Message-Id}{time}{body}"],
    signature: hexIn("Twitch-Eventsub-Message-Signature", "sha256="),
    time: timeIn("header:Twitch-Eventsub-Message-Timestamp", "iso", 600),
    secret: ofWebhook("Secret", "what was given when the subscription was created"),
  }),
];

/** pusher.com/docs/channels/server_api/webhooks#authentication */
export const pusher: Scheme[] = [
  bodyHmac(
    "pusher-sha256",
    hexIn("X-Pusher-Signature"),
    ofAccount("App secret", "the app > App Keys; the one of X-Pusher-Key"),
  ),
];

/** docs.mux.com/core/verify-webhook-signatures */
export const mux: Scheme[] = [
  hmac({
    id: "mux-v1",
    message: ["{time}.{body}"],
    signature: itemsIn("Mux-Signature", "v1="),
    time: timeIn("item:t=", "s", 300),
    secret: ofWebhook("Signing secret", "Settings > Webhooks > the webhook"),
  }),
];

/** elevenlabs.io/docs/product-guides/administration/webhooks; half an hour in its example. */
export const elevenlabs: Scheme[] = [
  hmac({
    id: "elevenlabs-v0",
    message: ["{time}.{body}"],
    signature: itemsIn("ElevenLabs-Signature", "v0="),
    time: timeIn("item:t=", "s", 1_800),
    secret: ofWebhook("Shared secret", "shown once when the webhook is created"),
  }),
];

/** docs.retellai.com/features/secure-webhook: keyed with the API key. */
export const retell: Scheme[] = [
  hmac({
    id: "retell-sha256",
    message: ["{body}{time}"],
    signature: itemsIn("x-retell-signature", "d="),
    time: timeIn("item:v=", "ms", 300),
    secret: ofAccount("API key", "System Settings > API Keys, the one with the webhook badge"),
  }),
];
