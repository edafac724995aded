import {
  at,
  empty,
  given,
  header,
  isReflectable,
  json,
  type Row,
  secretsOf,
  string,
  text,
  unverified,
} from "./row.ts";

/** Told by a header's name, in lower case. */
export const byHeader = new Map<string, Row>(
  Object.entries({
    // developer.okta.com/docs/concepts/event-hooks#one-time-verification-request
    "x-okta-verification-challenge": {
      id: "okta",
      answer: (asked) => {
        const value = given(asked, "x-okta-verification-challenge");
        return asked.method === "GET" && isReflectable(value)
          ? json({ verification: value })
          : null;
      },
    },
    // developers.asana.com/docs/webhooks-guide#the-webhook-handshake
    "x-hook-secret": {
      id: "asana",
      answer: (asked) =>
        asked.method === "POST" ? header("X-Hook-Secret", given(asked, "x-hook-secret")) : null,
    },
    // developers.ringcentral.com/guide/notifications/webhooks/creating-webhooks
    "validation-token": {
      id: "ringcentral",
      answer: (asked) =>
        asked.method === "POST"
          ? header("Validation-Token", given(asked, "validation-token"))
          : null,
    },
    // dev.twitch.tv/docs/eventsub/handling-webhook-events#responding-to-a-challenge-request
    "twitch-eventsub-message-type": {
      id: "twitch",
      answer: (asked, content) =>
        given(asked, "twitch-eventsub-message-type") === "webhook_callback_verification"
          ? text(string(at(content, "challenge")))
          : null,
    },
    // Log drains: the value that Vercel's page shows, where the check brings it along (as its users' receivers answer it).
    "x-vercel-verify": {
      id: "vercel",
      answer: (asked) => header("x-vercel-verify", given(asked, "x-vercel-verify")),
    },
    // CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, 4.1 and 4.2
    "webhook-request-origin": {
      id: "azure-event-grid",
      answer: (asked) => {
        const answer = header("WebHook-Allowed-Origin", given(asked, "webhook-request-origin"));
        if (asked.method !== "OPTIONS" || !answer) return null;
        return { ...answer, headers: [...answer.headers, ["WebHook-Allowed-Rate", "*"]] };
      },
    },
    // docs.discord.com/developers/interactions/overview#setting-up-an-endpoint: PING is 1, of webhook events 0
    "x-signature-ed25519": {
      id: "discord",
      answer: (asked, content) => {
        if (secretsOf(asked, "discord").length === 0) return null;
        if (asked.verdict.status !== "verified") return unverified;
        const type = at(content, "type");
        if (type === 1) return json({ type: 1 });
        if (type !== 0) return null;
        return { status: 204, headers: [["Content-Type", "application/json"]], body: "" };
      },
    },
    // developer.xero.com/documentation/guides/webhooks/configuring-your-server#intent-to-receive
    "x-xero-signature": {
      id: "xero",
      answer: (asked, content) => {
        if (secretsOf(asked, "xero").length === 0) return null;
        if (asked.verdict.status !== "verified") return unverified;
        const events = at(content, "events");
        return Array.isArray(events) && events.length === 0 ? empty : null;
      },
    },
    // docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber: then SubscribeURL is asked
    "x-amz-sns-message-type": {
      id: "aws-sns",
      answer: (asked) => {
        const isAsked = given(asked, "x-amz-sns-message-type") === "SubscriptionConfirmation";
        return isAsked && asked.confirmSns && asked.verdict.status !== "failed" ? empty : null;
      },
    },
  } satisfies Record<string, Row>),
);
