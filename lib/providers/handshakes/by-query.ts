import { createHash, createHmac } from "node:crypto";
import { empty, isReflectable, isSame, json, type Row, secretsOf, text } from "./row.ts";

/** braintree 3.40.0, lib/braintree/webhook_notification_gateway.js */
const BRAINTREE_CHALLENGE = /^[a-f0-9]{20,32}$/;

/** Told by a name in the query. */
export const byQuery = new Map<string, Row>(
  Object.entries({
    // w3.org/TR/websub#hub-verifies-intent; nobody here asks to be unsubscribed
    "hub.topic": {
      id: "websub",
      answer: ({ method }, { query }) =>
        method === "GET" && query.get("hub.mode") === "subscribe"
          ? text(query.get("hub.challenge"))
          : null,
    },
    // developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
    "hub.challenge": {
      id: "meta",
      answer: (asked, { query }) => {
        if (asked.method !== "GET" || query.get("hub.mode") !== "subscribe") return null;
        const tokens = secretsOf(asked, "meta-verify-token");
        const token = query.get("hub.verify_token") ?? "";
        if (tokens.length > 0 && !tokens.some((each) => isSame(each, token))) {
          return { status: 403, headers: [], body: "" };
        }
        return text(query.get("hub.challenge"));
      },
    },
    // learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation
    validationToken: {
      id: "microsoft-graph",
      answer: (_, { query }) => text(query.get("validationToken")),
    },
    // dropbox.com/developers/reference/webhooks#documentation
    challenge: {
      id: "dropbox",
      answer: ({ method }, { query }) => (method === "GET" ? text(query.get("challenge")) : null),
    },
    // docs.x.com/x-api/webhooks/introduction: the challenge-response check
    crc_token: {
      id: "x",
      answer: (asked, { query }) => {
        const [secret] = secretsOf(asked, "x");
        const token = query.get("crc_token");
        if (asked.method !== "GET" || secret === undefined || !isReflectable(token)) return null;
        const hmac = createHmac("sha256", secret).update(token).digest("base64");
        return json({ response_token: `sha256=${hmac}` });
      },
    },
    // braintree 3.40.0, lib/braintree/webhook_notification_gateway.js and digest.js
    bt_challenge: {
      id: "braintree",
      answer: (asked, { query }) => {
        const [publicKey, privateKey] = (secretsOf(asked, "braintree")[0] ?? "").split(/[:|]/, 2);
        const challenge = query.get("bt_challenge") ?? "";
        if (asked.method !== "GET" || !publicKey || !privateKey) return null;
        if (!BRAINTREE_CHALLENGE.test(challenge)) return null;
        const key = createHash("sha1").update(privateKey).digest();
        return text(`${publicKey}|${createHmac("sha1", key).update(challenge).digest("hex")}`);
      },
    },
    // developer.ebay.com/develop/guides-v2/marketplace-user-account-deletion: the hash of code, token and endpoint
    challenge_code: {
      id: "ebay",
      answer: (asked, { query }) => {
        const [token] = secretsOf(asked, "ebay");
        const code = query.get("challenge_code");
        if (asked.method !== "GET" || token === undefined || !isReflectable(code)) return null;
        const endpoint = asked.url().split("?", 1)[0] ?? "";
        const hash = createHash("sha256").update(code).update(token).update(endpoint);
        return json({ challengeResponse: hash.digest("hex") });
      },
    },
    // api.slack.com/interactivity/slash-commands#ssl
    ssl_check: {
      id: "slack",
      answer: (_, { query }) => (query.get("ssl_check") === "1" ? empty : null),
    },
  } satisfies Record<string, Row>),
);
