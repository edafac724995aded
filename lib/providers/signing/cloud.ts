import type { Scheme } from "../scheme.ts";
import { hmac, itemsIn, ofWebhook, timeIn, token } from "./forms.ts";

/** learn.microsoft.com/graph/change-notifications-delivery-webhooks: each notification of a batch has its own. */
export const microsoftGraph: Scheme[] = [
  token(
    "microsoft-graph-client-state",
    "json:value[*].clientState",
    ofWebhook("clientState", "what was given when the subscription was created"),
  ),
];

/** developers.google.com/workspace/calendar/api/guides/push#making-watch-requests */
export const googleChannels: Scheme[] = [
  token(
    "google-channel-token",
    "header:X-Goog-Channel-Token",
    ofWebhook("token", "what was given to the watch request"),
  ),
];

/** developer.okta.com/docs/concepts/event-hooks: a header of one's own, Authorization unless another was named. */
export const okta: Scheme[] = [
  token(
    "okta-authorization",
    "header:Authorization",
    ofWebhook("Authentication secret", "Workflow > Event Hooks > the hook"),
  ),
];

/** auth0.com/docs/customize/log-streams/custom-log-streams */
export const auth0: Scheme[] = [
  token(
    "auth0-authorization",
    "header:Authorization",
    ofWebhook("Authorization token", "Monitoring > Streams > the stream"),
  ),
];

/** developers.cloudflare.com/stream/manage-video-library/using-webhooks#verify-webhook-authenticity */
export const cloudflareStream: Scheme[] = [
  hmac({
    id: "cloudflare-stream-sig1",
    message: ["{time}.{body}"],
    signature: itemsIn("Webhook-Signature", "sig1="),
    time: timeIn("item:time=", "s"),
    secret: ofWebhook("secret", "the answer that created the webhook"),
  }),
];
