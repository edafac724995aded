import { expect, test } from "vitest";
import { handshakeOf } from "#lib/providers/handshake.ts";

type Asked = {
  method?: string;
  target?: string;
  headers?: Record<string, string>;
  json?: unknown;
};

const ask = ({ method = "POST", target = "", headers = {}, json }: Asked) =>
  handshakeOf({
    method,
    target,
    headers: Object.entries(headers),
    body: json === undefined ? null : Buffer.from(JSON.stringify(json)),
  });

const plain = ["Content-Type", "text/plain; charset=utf-8"];
const asJson = ["Content-Type", "application/json"];
const validation = {
  id: "1",
  eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
  data: { validationCode: "512d38b6" },
};

const exchanges: [string, Asked, [headers: string[][], body: string]][] = [
  [
    "slack",
    { json: { token: "t", challenge: "3eZb", type: "url_verification" } },
    [[plain], "3eZb"],
  ],
  [
    "meta",
    { method: "GET", target: "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=m" },
    [[plain], "1158201444"],
  ],
  [
    "microsoft-graph",
    {
      target: "/g?validationToken=Validation%3a+Testing",
      headers: { "Content-Type": "text/plain" },
    },
    [[plain], "Validation: Testing"],
  ],
  ["dropbox", { method: "GET", target: "?challenge=abc" }, [[plain], "abc"]],
  ["azure-event-grid", { json: [validation] }, [[asJson], '{"validationResponse":"512d38b6"}']],
  [
    "azure-event-grid",
    { method: "OPTIONS", headers: { "WebHook-Request-Origin": "eventgrid.azure.net" } },
    [
      [
        ["WebHook-Allowed-Origin", "eventgrid.azure.net"],
        ["WebHook-Allowed-Rate", "*"],
      ],
      "",
    ],
  ],
  ["asana", { headers: { "X-Hook-Secret": "b537" }, json: {} }, [[["X-Hook-Secret", "b537"]], ""]],
  [
    "okta",
    { method: "GET", headers: { "X-Okta-Verification-Challenge": "v" } },
    [[asJson], '{"verification":"v"}'],
  ],
  ["ringcentral", { headers: { "Validation-Token": "t" } }, [[["Validation-Token", "t"]], ""]],
  [
    "twitch",
    {
      headers: { "Twitch-Eventsub-Message-Type": "webhook_callback_verification" },
      json: { challenge: "pogchamp" },
    },
    [[plain], "pogchamp"],
  ],
  ["monday", { json: { challenge: "3eZb" } }, [[asJson], '{"challenge":"3eZb"}']],
  ["openai", { json: { type: "verification", challenge: "x" } }, [[asJson], '{"challenge":"x"}']],
  [
    "adyen",
    { json: { notificationItems: [{ NotificationRequestItem: { pspReference: "1" } }] } },
    [[plain], "[accepted]"],
  ],
];

test.each(exchanges)("%s gets what it asks for: %j", (id, asked, [headers, body]) => {
  expect(ask(asked)).toEqual({ id, status: 200, headers, body });
});

const others: Asked[] = [
  { json: { challenge: "x", other: 1 } },
  { json: { challenge: 5 } },
  { json: { type: "url_verification" } },
  { json: { type: "url_verification", challenge: "x".repeat(5_000) } },
  { json: { text: '"url_verification"', pad: "x".repeat(20_000) } },
  { method: "GET", target: "?hub.mode=unsubscribe&hub.challenge=1" },
  { method: "GET", target: "?mychallenge=1" },
  { method: "GET", target: "/challenge=1" },
  { method: "POST", target: "?challenge=1" },
  { target: "?validationToken=" },
  { headers: { "Twitch-Eventsub-Message-Type": "notification" }, json: { challenge: "x" } },
  { method: "GET", headers: { "WebHook-Request-Origin": "a" } },
  { json: [{ eventType: "Microsoft.EventGrid.SubscriptionValidationEvent" }] },
  { json: "url_verification" },
  { json: null },
];

test.each(others)("no handshake is seen in %j", (asked) => expect(ask(asked)).toBeNull());
