import { createHmac } from "node:crypto";
import type { Content } from "../content.ts";
import { at, empty, isReflectable, json, type Row, secretsOf, string, text } from "./row.ts";

const isAlone = ({ json: value }: Content) => Object.keys(Object(value)).length === 1;

/** Told by what their bodies hold; the key is a word that stands in every such body. */
export const byBody: [word: string, Row][] = [
  [
    '"url_verification"',
    {
      // docs.slack.dev/reference/events/url_verification
      id: "slack",
      answer: (_, content) =>
        at(content, "type") === "url_verification" ? text(string(at(content, "challenge"))) : null,
    },
  ],
  [
    '"endpoint.url_validation"',
    {
      // developers.zoom.us/docs/api/webhooks#validate-your-webhook-endpoint
      id: "zoom",
      answer: (asked, content) => {
        const [secret] = secretsOf(asked, "zoom");
        const plainToken = string(at(content, "payload.plainToken"));
        const isAsked = at(content, "event") === "endpoint.url_validation";
        if (!isAsked || secret === undefined || !isReflectable(plainToken)) return null;
        const encryptedToken = createHmac("sha256", secret).update(plainToken).digest("hex");
        return json({ plainToken, encryptedToken });
      },
    },
  ],
  [
    "Microsoft.EventGrid.SubscriptionValidationEvent",
    {
      // learn.microsoft.com/azure/event-grid/webhook-event-delivery: 200 exactly, 202 is refused
      id: "azure-event-grid",
      answer: (_, content) => {
        const isAsked =
          at(content, "[0].eventType") === "Microsoft.EventGrid.SubscriptionValidationEvent";
        const code = string(at(content, "[0].data.validationCode"));
        return isAsked && isReflectable(code) ? json({ validationResponse: code }) : null;
      },
    },
  ],
  [
    '"NotificationRequestItem"',
    {
      // docs.adyen.com/development-resources/webhooks#accept-webhooks: each delivery wants it
      id: "adyen",
      isDelivery: true,
      answer: (_, content) =>
        at(content, "notificationItems[0].NotificationRequestItem") === undefined
          ? null
          : text("[accepted]"),
    },
  ],
  [
    '"verification"',
    {
      // platform.openai.com/docs: MCP events prove their URL so
      id: "openai",
      answer: (_, content) => {
        const challenge = string(at(content, "challenge"));
        const isAsked = at(content, "type") === "verification";
        return isAsked && isReflectable(challenge) ? json({ challenge }) : null;
      },
    },
  ],
  [
    '"verification_token"',
    {
      // developers.notion.com/reference/webhooks#step-2-verifying-the-subscription: pasted back in Notion by a person
      id: "notion",
      answer: (_, content) =>
        isAlone(content) && string(at(content, "verification_token")) ? empty : null,
    },
  ],
  [
    '"challenge"',
    {
      // developer.monday.com/api-reference/docs/webhooks#url-verification
      id: "monday",
      answer: (_, content) => {
        const challenge = string(at(content, "challenge"));
        return isAlone(content) && isReflectable(challenge) ? json({ challenge }) : null;
      },
    },
  ],
  [
    "ssl_check=1",
    {
      // api.slack.com/interactivity/slash-commands#ssl
      id: "slack",
      answer: (_, { form }) => (form.get("ssl_check") === "1" ? empty : null),
    },
  ],
  [
    "mandrill_events=",
    {
      // mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks: a test of the URL holds no event
      id: "mandrill",
      answer: (_, { form }) => (form.get("mandrill_events") === "[]" ? empty : null),
    },
  ],
  [
    "webhook_id=",
    {
      // woocommerce, includes/class-wc-webhook.php, deliver_ping: 200 exactly
      id: "woocommerce",
      answer: (_, { form }) =>
        form.size === 1 && /^\d+$/.test(form.get("webhook_id") ?? "") ? empty : null,
    },
  ],
];
