import { expect, test } from "vitest";
import { handshakeOf } from "#lib/providers/handshake.ts";
import { recognise } from "#lib/providers/recognise.ts";
import { subscribeUrl } from "#lib/providers/sns.ts";
import type { Verdict } from "#lib/signatures/verdict.ts";

type Asked = {
  method?: string;
  target?: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: string;
};

/** What the bin keeps, and what was found of the signature. */
type Held = {
  secrets?: [provider: string, value: string][];
  status?: Verdict["status"];
  confirmSns?: boolean;
};

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

const ask = (
  { method = "POST", target = "", headers: given = {}, json, form }: Asked,
  { secrets = [], status = "unchecked", confirmSns = false }: Held = {},
) => {
  const headers = Object.entries(form === undefined ? given : { ...FORM, ...given });
  const body =
    json === undefined ? (form === undefined ? null : Buffer.from(form)) : jsonBytes(json);
  return handshakeOf({
    method,
    target,
    url: () => `https://hooks.example.com/in/b${target}`,
    secrets: secrets.map(([provider, value], at) => ({ id: String(at), provider, value })),
    verdict: { status, secretId: null },
    confirmSns,
    headers,
    body,
    providerId: recognise(headers, target, body)?.id ?? null,
  });
};

const jsonBytes = (value: unknown) => Buffer.from(JSON.stringify(value));

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
    "websub",
    {
      method: "GET",
      target: "?hub.topic=https%3A%2F%2Fa.example&hub.challenge=c&hub.mode=subscribe",
    },
    [[plain], "c"],
  ],
  ["vercel", { headers: { "x-vercel-verify": "6ebf" } }, [[["x-vercel-verify", "6ebf"]], ""]],
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
  ["slack", { method: "GET", target: "?ssl_check=1" }, [[], ""]],
  ["slack", { form: "token=t&ssl_check=1" }, [[], ""]],
  [
    "mailchimp",
    { method: "GET", headers: { "User-Agent": "MailChimp.com WebHook Validator" } },
    [[], ""],
  ],
  ["mandrill", { form: "mandrill_events=%5B%5D" }, [[], ""]],
  ["woocommerce", { form: "webhook_id=42" }, [[], ""]],
  ["notion", { json: { verification_token: "secret_x" } }, [[], ""]],
  ["monday", { json: { challenge: "3eZb" } }, [[asJson], '{"challenge":"3eZb"}']],
  ["openai", { json: { type: "verification", challenge: "x" } }, [[asJson], '{"challenge":"x"}']],
];

test.each(exchanges)("%s gets what it asks for: %j", (id, asked, [headers, body]) => {
  expect(ask(asked)).toEqual({ id, status: 200, headers, body });
});

test("Adyen gets what it wants of each delivery, which is no check of the URL", () => {
  const json = { notificationItems: [{ NotificationRequestItem: { pspReference: "1" } }] };
  expect(ask({ json })).toEqual({
    id: "adyen",
    isDelivery: true,
    status: 200,
    headers: [plain],
    body: "[accepted]",
  });
});

test("what another provider sent is no check, whatever its body says", () => {
  const json = { type: "url_verification", challenge: "x", token: "t" };
  expect(ask({ json })?.id).toBe("slack");
  expect(ask({ json, headers: { "X-GitHub-Event": "push" } })).toBeNull();
  const openai = { json: { type: "verification", challenge: "x" } };
  expect(ask({ ...openai, headers: { "webhook-id": "1", "webhook-signature": "v1,AA" } })?.id).toBe(
    "openai",
  );
});

const others: Asked[] = [
  { json: { challenge: "x", other: 1 } },
  { json: { challenge: 5 } },
  { json: { type: "url_verification" } },
  { json: { type: "url_verification", challenge: "x".repeat(5_000) } },
  { json: { text: '"url_verification"', pad: "x".repeat(20_000) } },
  { method: "GET", target: "?hub.mode=unsubscribe&hub.challenge=1" },
  { method: "GET", target: "?hub.mode=unsubscribe&hub.topic=a&hub.challenge=1" },
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

/** Each computed by another program than ours, from the documented recipe (openssl, and Python's hmac and hashlib). */
const computed: [string, Asked, [provider: string, value: string], string][] = [
  [
    "zoom",
    {
      json: { event: "endpoint.url_validation", payload: { plainToken: "qgg8vlvZRS6UYooatFL8Aw" } },
    },
    ["zoom", "zoom-secret-token"],
    '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"d9e0d764a78494688ba3f2d5c0ed4ca311394b4834d959759213424d2df961e3"}',
  ],
  [
    "x",
    { method: "GET", target: "/x?crc_token=challenge_string" },
    ["x", "consumer-secret"],
    '{"response_token":"sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk="}',
  ],
  [
    "braintree",
    { method: "GET", target: "?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53" },
    ["braintree", "integration_public_key:integration_private_key"],
    "integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4",
  ],
  [
    "ebay",
    { method: "GET", target: "/ebay?challenge_code=a8628072-3d33-45ee-9004-bee86830a22d" },
    ["ebay", "71745723-d031-455c-bfa5-f90d11b4f20a"],
    '{"challengeResponse":"e830c1d5f9556f5ec3796ae0848dbef2bca208d6d7cea17e9f0b64d0709c93ee"}',
  ],
];

test.each(computed)("%s gets what is computed with its secret", (id, asked, secret, body) => {
  expect(ask(asked, { secrets: [secret] })).toMatchObject({ id, status: 200, body });
  expect(ask(asked)).toBeNull();
  expect(ask(asked, { secrets: [["github", secret[1]]] })).toBeNull();
});

test("of several secrets the one counts that the check is signed with", () => {
  const [, asked] = computed[0] ?? [];
  const secrets: Held["secrets"] = [
    ["zoom", "a newer one"],
    ["zoom", "zoom-secret-token"],
  ];
  const answer = handshakeOf({
    method: "POST",
    target: "",
    url: () => "",
    headers: [],
    body: jsonBytes(asked?.json),
    providerId: "zoom",
    secrets: secrets.map(([provider, value], at) => ({ id: String(at), provider, value })),
    verdict: { status: "verified", secretId: "1" },
    confirmSns: false,
  });
  expect(answer?.body).toBe(computed[0]?.[3]);
});

test("Meta's check is answered to whoever asks, unless a verify token is kept", () => {
  const asked = (token: string) => ({
    method: "GET",
    target: `?hub.mode=subscribe&hub.challenge=7&hub.verify_token=${token}`,
  });
  const held: Held = { secrets: [["meta-verify-token", "meatyhamhock"]] };
  expect(ask(asked("any"))).toMatchObject({ status: 200, body: "7" });
  expect(ask(asked("meatyhamhock"), held)).toMatchObject({ status: 200, body: "7" });
  expect(ask(asked("other"), held)).toMatchObject({ id: "meta", status: 403, body: "" });
  expect(ask(asked("other"), { secrets: [["meta", "app secret"]] })).toMatchObject({ status: 200 });
});

test.each([
  ["discord", { "X-Signature-Ed25519": "00" }, { type: 1 }, [200, '{"type":1}']],
  ["discord", { "X-Signature-Ed25519": "00" }, { version: 1, type: 0 }, [204, ""]],
  ["xero", { "X-Xero-Signature": "x" }, { events: [], entropy: "S0M3" }, [200, ""]],
])("%s is answered when it verifies, and 401 when not: %j", (id, headers, json, [status, body]) => {
  const secrets: Held["secrets"] = [[id, "k"]];
  expect(ask({ headers, json }, { secrets, status: "verified" })).toMatchObject({
    id,
    status,
    body,
  });
  for (const wrong of ["failed", "unchecked"] as const) {
    expect(ask({ headers, json }, { secrets, status: wrong })?.status).toBe(401);
  }
  expect(ask({ headers, json })).toBeNull();
  const ordinary = { type: 2, events: [{}] };
  expect(ask({ headers, json: ordinary }, { secrets, status: "verified" })).toBeNull();
});

const SNS =
  "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn&Token=2336";
const confirmation = (SubscribeURL: unknown, Type = "SubscriptionConfirmation") =>
  jsonBytes({ Type, SubscribeURL });

test("AWS SNS is confirmed where that is asked for, and not with a wrong signature", () => {
  const headers = { "X-Amz-Sns-Message-Type": "SubscriptionConfirmation" };
  expect(ask({ headers }, { confirmSns: true })).toMatchObject({ id: "aws-sns", status: 200 });
  expect(ask({ headers }, { confirmSns: true, status: "failed" })).toBeNull();
  expect(ask({ headers })).toBeNull();
  const notification = { "X-Amz-Sns-Message-Type": "Notification" };
  expect(ask({ headers: notification }, { confirmSns: true })).toBeNull();
});

test("only a URL of SNS that confirms a subscription is ever asked", () => {
  expect(subscribeUrl(confirmation(SNS))).toBe(SNS);
  expect(subscribeUrl(confirmation(SNS.replace("us-east-1", "us-gov-west-1")))).not.toBeNull();
  expect(subscribeUrl(confirmation(SNS.replace(".com/", ".com.cn/")))).not.toBeNull();
  for (const bad of [
    SNS.replace("https", "http"),
    SNS.replace("amazonaws.com", "amazonaws.com.evil.example"),
    SNS.replace("sns.", "evil.example/sns."),
    SNS.replace("https://", "https://evil.example#"),
    SNS.replace("sns.", "user@sns."),
    SNS.replace(".com/", ".com:8443/"),
    SNS.replace("sns.us-east-1", "s3.us-east-1"),
    SNS.replace("sns.us-east-1", "sns.us-east-1.x"),
    SNS.replace("ConfirmSubscription", "DeleteTopic"),
    SNS.replace(".com/", ".com/path"),
    "http://169.254.169.254/",
    "no url",
    7,
  ]) {
    expect(subscribeUrl(confirmation(bad)), String(bad)).toBeNull();
  }
  expect(subscribeUrl(confirmation(SNS, "Notification"))).toBeNull();
  expect(subscribeUrl(Buffer.from("{"))).toBeNull();
  expect(subscribeUrl(null)).toBeNull();
});

test.each(others)("no handshake is seen in %j", (asked) => expect(ask(asked)).toBeNull());
