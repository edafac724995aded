import { agent, beside, hint, mark, type Provider, shape } from "../provider.ts";

export const email: Provider[] = [
  {
    id: "sendgrid",
    name: "SendGrid",
    docs: "twilio.com/docs/sendgrid/for-developers/tracking-events",
    evidence: [
      mark("x-twilio-email-event-webhook-signature"),
      shape(["[0].sg_event_id", "[0].sg_message_id", "[0].event"]),
    ],
    event: ["json:[0].event"],
    eventId: ["json:[0].sg_event_id"],
    occurredAt: [{ place: "json:[0].timestamp", unit: "s" }],
    deliveryId: ["json:[0].sg_event_id"],
  },
  {
    id: "mailgun",
    name: "Mailgun",
    docs: "documentation.mailgun.com/docs/mailgun/user-manual/webhooks",
    evidence: [
      shape(["event-data.event", "event-data.id"]),
      { form: ["timestamp", "token", "signature", "recipient"], weight: 10 },
    ],
    event: ["json:event-data.event", "form:event"],
    eventId: ["json:event-data.id"],
    occurredAt: [{ place: "json:event-data.timestamp", unit: "s" }],
    deliveryId: ["json:event-data.id"],
  },
  {
    id: "postmark",
    name: "Postmark",
    docs: "postmarkapp.com/developer/webhooks/webhooks-overview",
    evidence: [
      shape(["RecordType", "MessageStream"], {
        RecordType: /^(Delivery|Bounce|SpamComplaint|Open|Click|SubscriptionChange)$/,
      }),
      shape(["FromFull.Email", "MessageStream", "MessageID"]),
    ],
    event: ["json:RecordType"],
    account: ["json:ServerID"],
    occurredAt: [
      { place: "json:DeliveredAt", unit: "iso" },
      { place: "json:BouncedAt", unit: "iso" },
      { place: "json:ReceivedAt", unit: "iso" },
      { place: "json:ChangedAt", unit: "iso" },
    ],
    isObjectId: true,
    deliveryId: ["json:MessageID"],
  },
  {
    id: "mandrill",
    name: "Mandrill",
    docs: "mailchimp.com/developer/transactional/docs/webhooks",
    evidence: [mark("x-mandrill-signature"), { form: ["mandrill_events"], weight: 10 }],
    event: ["form.mandrill_events:[0].event"],
    eventId: ["form.mandrill_events:[0]._id"],
    occurredAt: [{ place: "form.mandrill_events:[0].ts", unit: "s" }],
    deliveryId: ["form.mandrill_events:[0]._id"],
  },
  {
    id: "mailchimp",
    name: "Mailchimp",
    docs: "mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks",
    evidence: [
      agent("mailchimp.com", 10),
      { form: ["type", "fired_at", "data[list_id]"], weight: 10 },
    ],
    event: ["form:type"],
    account: ["form:data[list_id]"],
    occurredAt: [{ place: "form:fired_at", unit: "iso" }],
  },
  {
    // Standard Webhooks with Svix's own header names.
    id: "svix",
    isScheme: true,
    name: "Svix",
    docs: "docs.svix.com/receiving/verifying-payloads/how-manual",
    evidence: [
      mark("svix-signature"),
      { header: "svix-id", weight: 6 },
      hint("svix-timestamp"),
      agent("svix-webhooks"),
    ],
    event: ["json:type", "json:eventType"],
    eventId: ["header:svix-id"],
    occurredAt: [{ place: "json:timestamp", unit: "iso" }],
    deliveryId: ["header:svix-id"],
  },
  {
    id: "standard-webhooks",
    isScheme: true,
    name: "Standard Webhooks",
    docs: "github.com/standard-webhooks/standard-webhooks",
    evidence: [
      { header: "webhook-signature", value: /(^|\s)v1a?,/, weight: 6 },
      { header: "webhook-id", weight: 5 },
      { header: "webhook-timestamp", weight: 5 },
    ],
    event: ["json:type"],
    occurredAt: [{ place: "json:timestamp", unit: "iso" }],
    deliveryId: ["header:webhook-id"],
  },
  {
    id: "resend",
    name: "Resend",
    docs: "resend.com/docs/webhooks/introduction",
    evidence: [
      beside("svix-id", ["type", "created_at", "data"], { type: /^(email|contact|domain)\./ }),
    ],
    event: ["json:type"],
    eventId: ["header:svix-id"],
    occurredAt: [{ place: "json:created_at", unit: "iso" }],
    deliveryId: ["header:svix-id"],
  },
  {
    id: "clerk",
    name: "Clerk",
    docs: "clerk.com/docs/webhooks/overview",
    evidence: [
      beside("svix-id", ["type", "object", "instance_id"], {
        object: /^event$/,
        instance_id: /^ins_/,
      }),
    ],
    event: ["json:type"],
    eventId: ["header:svix-id"],
    account: ["json:instance_id"],
    occurredAt: [{ place: "json:timestamp", unit: "ms" }],
    deliveryId: ["header:svix-id"],
  },
  {
    id: "openai",
    name: "OpenAI",
    docs: "platform.openai.com/docs/guides/webhooks",
    evidence: [
      beside("webhook-id", ["id", "object", "data.id"], {
        object: /^event$/,
        type: /^(response|batch|fine_tuning|eval|realtime|video)\./,
      }),
    ],
    event: ["json:type"],
    eventId: ["json:id"],
    occurredAt: [{ place: "json:created_at", unit: "s" }],
    deliveryId: ["header:webhook-id"],
  },
  {
    id: "replicate",
    name: "Replicate",
    docs: "replicate.com/docs/topics/webhooks",
    evidence: [beside("webhook-id", ["id", "version", "urls.get", "status"])],
    event: ["json:status"],
    deliveryId: ["header:webhook-id"],
  },
  {
    // Keys its signatures with the text of the secret, not with what that is the base64 of.
    id: "polar",
    name: "Polar",
    docs: "polar.sh/docs/integrate/webhooks/delivery",
    evidence: [
      beside("webhook-id", ["type", "timestamp", "data.organization_id"], {
        type: /^(checkout|order|subscription|refund|benefit|benefit_grant|customer|product)\./,
      }),
    ],
    event: ["json:type"],
    deliveryId: ["header:webhook-id"],
  },
];
