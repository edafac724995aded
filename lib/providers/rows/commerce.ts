import { agent, hint, mark, type Provider, shape } from "../provider.ts";

export const commerce: Provider[] = [
  {
    id: "shopify",
    name: "Shopify",
    docs: "shopify.dev/docs/apps/build/webhooks",
    evidence: [
      mark("x-shopify-topic"),
      mark("x-shopify-hmac-sha256"),
      mark("shopify-topic"),
      mark("shopify-hmac-sha256"),
    ],
    event: ["header:x-shopify-topic", "header:shopify-topic"],
    deliveryId: ["header:x-shopify-webhook-id", "header:shopify-webhook-id"],
  },
  {
    id: "woocommerce",
    name: "WooCommerce",
    docs: "woocommerce.com/document/webhooks",
    evidence: [mark("x-wc-webhook-topic"), agent("woocommerce", 10)],
    event: ["header:x-wc-webhook-topic"],
    deliveryId: ["header:x-wc-webhook-delivery-id"],
  },
  {
    id: "bigcommerce",
    name: "BigCommerce",
    docs: "developer.bigcommerce.com/docs/integrations/webhooks",
    evidence: [
      shape(["store_id", "producer", "scope", "hash"], {
        producer: /^stores\//,
        scope: /^store\//,
      }),
    ],
    event: ["json:scope"],
    deliveryId: ["json:hash"],
  },
  {
    id: "typeform",
    name: "Typeform",
    docs: "typeform.com/developers/webhooks",
    evidence: [
      mark("typeform-signature"),
      shape(["event_id", "event_type", "form_response"], { event_type: /^form_response/ }),
    ],
    event: ["json:event_type"],
    deliveryId: ["json:event_id"],
  },
  {
    id: "calendly",
    name: "Calendly",
    docs: "developer.calendly.com/api-docs/webhook-signatures",
    evidence: [
      mark("calendly-webhook-signature"),
      shape(
        ["event", "created_at", "created_by", "payload"],
        { event: /^(invitee|routing_form_submission)/ },
        10,
      ),
    ],
    event: ["json:event"],
  },
  {
    id: "cal-com",
    name: "Cal.com",
    docs: "cal.com/docs/developing/guides/automation/webhooks",
    evidence: [
      mark("x-cal-signature-256"),
      shape(["triggerEvent", "createdAt", "payload"], { triggerEvent: /^[A-Z_]+$/ }),
    ],
    event: ["json:triggerEvent"],
  },
  {
    id: "docusign",
    name: "DocuSign",
    docs: "developers.docusign.com/platform/webhooks/connect",
    evidence: [
      mark("x-docusign-signature-1"),
      shape(["event", "apiVersion", "configurationId", "data.envelopeId"]),
    ],
    event: ["json:event"],
    deliveryId: ["json:data.envelopeId"],
    attempt: { place: "json:retryCount", first: 0 },
  },
  {
    id: "box",
    name: "Box",
    docs: "developer.box.com/guides/webhooks",
    evidence: [mark("box-signature-primary"), mark("box-delivery-id")],
    event: ["json:trigger"],
    deliveryId: ["header:box-delivery-id"],
  },
  {
    id: "dropbox",
    name: "Dropbox",
    docs: "dropbox.com/developers/reference/webhooks",
    evidence: [mark("x-dropbox-signature"), agent("dropboxwebhooks", 10)],
  },
  {
    id: "customer-io",
    name: "Customer.io",
    docs: "customer.io/docs/journeys/webhooks",
    evidence: [mark("x-cio-signature")],
    event: ["json:object_type"],
    action: "json:metric",
    deliveryId: ["json:event_id"],
  },
  {
    id: "klaviyo",
    name: "Klaviyo",
    docs: "developers.klaviyo.com/en/docs/working_with_system_webhooks",
    evidence: [mark("klaviyo-signature")],
    event: ["json:data[0].topic"],
    deliveryId: ["header:klaviyo-webhook-id"],
  },
  {
    id: "hookdeck",
    name: "Hookdeck",
    docs: "hookdeck.com/docs/authentication",
    evidence: [hint("x-hookdeck-signature"), { header: "x-hookdeck-eventid", weight: 6 }],
    deliveryId: ["header:x-hookdeck-eventid"],
  },
];
