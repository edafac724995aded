import { mark, type Provider, shape } from "../provider.ts";
import * as signing from "../signing/cloud.ts";
import * as publicKeys from "../signing/public-keys.ts";
import * as tokens from "../signing/tokens.ts";

export const cloud: Provider[] = [
  {
    id: "aws-sns",
    name: "AWS SNS",
    docs: "docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats",
    evidence: [
      mark("x-amz-sns-message-type"),
      shape(["Type", "MessageId", "TopicArn", "SigningCertURL"]),
    ],
    event: ["header:x-amz-sns-message-type", "json:Type"],
    eventId: ["header:x-amz-sns-message-id", "json:MessageId"],
    account: ["header:x-amz-sns-topic-arn", "json:TopicArn"],
    occurredAt: [{ place: "json:Timestamp", unit: "iso" }],
    deliveryId: ["header:x-amz-sns-message-id", "json:MessageId"],
    signing: publicKeys.awsSns,
  },
  {
    id: "azure-event-grid",
    name: "Azure Event Grid",
    docs: "learn.microsoft.com/azure/event-grid/delivery-properties",
    evidence: [mark("aeg-event-type"), shape(["[0].eventType", "[0].topic", "[0].dataVersion"])],
    event: ["json:[0].eventType", "json:type"],
    eventId: ["json:[0].id", "json:id"],
    account: ["json:[0].topic", "json:source"],
    occurredAt: [
      { place: "json:[0].eventTime", unit: "iso" },
      { place: "json:time", unit: "iso" },
    ],
    deliveryId: ["json:[0].id", "json:id"],
  },
  {
    id: "microsoft-graph",
    name: "Microsoft Graph",
    docs: "learn.microsoft.com/graph/change-notifications-delivery-webhooks",
    evidence: [
      shape(["value[0].subscriptionId", "value[0].resource"]),
      { query: "validationToken", weight: 10 },
    ],
    event: ["json:value[0].lifecycleEvent", "json:value[0].changeType"],
    account: ["json:value[0].tenantId"],
    deliveryId: ["json:value[0].id"],
    signing: signing.microsoftGraph,
  },
  {
    id: "google-pubsub",
    name: "Google Cloud Pub/Sub",
    docs: "cloud.google.com/pubsub/docs/push",
    evidence: [
      shape(["message.messageId", "message.publishTime", "subscription"], {
        subscription: /^projects\//,
      }),
    ],
    event: ["json:message.attributes.eventType"],
    eventId: ["json:message.messageId"],
    account: ["json:subscription"],
    occurredAt: [{ place: "json:message.publishTime", unit: "iso" }],
    deliveryId: ["json:message.messageId"],
    attempt: { place: "json:deliveryAttempt", first: 1 },
    signing: tokens.googlePubsub,
  },
  {
    id: "google-channels",
    name: "Google push channels",
    docs: "developers.google.com/workspace/calendar/api/guides/push",
    evidence: [mark("x-goog-channel-id"), mark("x-goog-resource-state")],
    event: ["header:x-goog-resource-state"],
    account: ["header:x-goog-channel-id"],
    isSequential: true,
    deliveryId: ["header:x-goog-message-number"],
    signing: signing.googleChannels,
  },
  {
    id: "okta",
    name: "Okta",
    docs: "developer.okta.com/docs/concepts/event-hooks",
    evidence: [
      mark("x-okta-verification-challenge"),
      shape(["eventType", "cloudEventsVersion", "data.events[0].eventType"], {
        eventType: /^com\.okta\.event_hook/,
      }),
    ],
    event: ["json:data.events[0].eventType"],
    eventId: ["json:eventId"],
    account: ["json:source"],
    occurredAt: [{ place: "json:eventTime", unit: "iso" }],
    deliveryId: ["json:eventId"],
    signing: signing.okta,
  },
  {
    id: "auth0",
    name: "Auth0",
    docs: "auth0.com/docs/customize/log-streams/custom-log-streams",
    evidence: [
      shape(["[0].log_id", "[0].data.type", "[0].data.date"]),
      shape(["logs[0].log_id", "logs[0].data.type"]),
    ],
    event: ["json:[0].data.type", "json:logs[0].data.type"],
    occurredAt: [
      { place: "json:[0].data.date", unit: "iso" },
      { place: "json:logs[0].data.date", unit: "iso" },
    ],
    deliveryId: ["json:[0].log_id", "json:logs[0].log_id"],
    signing: signing.auth0,
  },
  {
    id: "cloudflare-stream",
    name: "Cloudflare Stream",
    docs: "developers.cloudflare.com/stream/manage-video-library/using-webhooks",
    evidence: [{ header: "webhook-signature", value: /^time=\d+,sig1=[0-9a-f]+$/, weight: 10 }],
    event: ["json:status.state"],
    isObjectId: true,
    deliveryId: ["json:uid"],
    signing: signing.cloudflareStream,
  },
];
