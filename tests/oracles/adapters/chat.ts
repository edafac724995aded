import { generateKeyPairSync, sign as signWith } from "node:crypto";
import {
  type Delivery,
  delivery,
  header,
  hmac,
  json,
  type Oracle,
  passes,
  seconds,
  sha256,
  withHeaders,
} from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

type SlackVerify = {
  verifySlackRequest: (what: {
    signingSecret: string;
    body: string;
    headers: Record<string, string | number>;
  }) => void;
};
const SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

const slackSign: Oracle["sign"] = (given, atMs) => {
  const signed = hmac("sha256", SLACK_SECRET, "hex", `v0:${seconds(atMs)}:`, given.body);
  return withHeaders(given, {
    "X-Slack-Request-Timestamp": seconds(atMs),
    "X-Slack-Signature": `v0=${signed}`,
  });
};
const slackAccepts = (given: Delivery) => {
  const { verifySlackRequest } = sdkFile<SlackVerify>(
    "@slack/bolt",
    "dist/receivers/verify-request.js",
  );
  const headers = {
    "x-slack-signature": header(given, "x-slack-signature"),
    "x-slack-request-timestamp": Number(header(given, "x-slack-request-timestamp")),
  };
  const body = given.body.toString();
  return passes(() => verifySlackRequest({ signingSecret: SLACK_SECRET, body, headers }));
};
const slackOf = (scheme: string, unsigned: Delivery): Oracle => ({
  provider: "slack",
  scheme,
  by: "@slack/bolt",
  secret: SLACK_SECRET,
  delivery: unsigned,
  sign: slackSign,
  accepts: slackAccepts,
  refusesOld: true,
});
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

export const slackEvent = slackOf(
  "v0, JSON",
  delivery(json('"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}')),
);
export const slackCommand = slackOf(
  "v0, form",
  delivery("command=%2Fweather&text=94070+%C3%BC&trigger_id=1.2", FORM),
);

type Twilio = {
  getExpectedTwilioSignature: (token: string, url: string, params: object) => string;
  validateRequest: (token: string, signature: string, url: string, params: object) => boolean;
  validateRequestWithBody: (token: string, signature: string, url: string, body: string) => boolean;
};
const twilioSdk = () => sdkFile<Twilio>("twilio", "lib/webhooks/webhooks.js");
const TWILIO_TOKEN = "12345";

/** As a framework's form parser hands them over: an array for a name that is there more than once. */
const formOf = (body: Buffer): Record<string, string | string[]> => {
  const form = new URLSearchParams(body.toString());
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
};

export const twilioForm: Oracle = {
  provider: "twilio",
  scheme: "form",
  by: "twilio",
  secret: TWILIO_TOKEN,
  delivery: delivery(
    "Digits=1234&To=%2B18005551212&From=%2B12349013030&Body=Gr%C3%BC%C3%9Fe+%F0%9F%9A%80&" +
      "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Tag=b&Tag=a&Tag=b&Empty=&a=1&B=2",
    FORM,
  ),
  sign: (given) =>
    withHeaders(given, {
      "X-Twilio-Signature": twilioSdk().getExpectedTwilioSignature(
        TWILIO_TOKEN,
        given.url,
        formOf(given.body),
      ),
    }),
  accepts: (given) =>
    twilioSdk().validateRequest(
      TWILIO_TOKEN,
      header(given, "x-twilio-signature"),
      given.url,
      formOf(given.body),
    ),
  refusesOld: false,
};

const withBodyHash = (given: Delivery): string => {
  const url = given.url.replace(/[?&]bodySHA256=[0-9a-f]*/, "");
  return `${url}&bodySHA256=${sha256(given.body, "hex")}`;
};

export const twilioJson: Oracle = {
  ...twilioForm,
  scheme: "bodySHA256",
  delivery: delivery(json('"specversion":"1.0"')),
  sign: (given) => {
    const url = withBodyHash(given);
    const signature = twilioSdk().getExpectedTwilioSignature(TWILIO_TOKEN, url, {});
    return withHeaders({ ...given, url }, { "X-Twilio-Signature": signature });
  },
  accepts: (given) =>
    twilioSdk().validateRequestWithBody(
      TWILIO_TOKEN,
      header(given, "x-twilio-signature"),
      given.url,
      given.body.toString(),
    ),
};

const discordKeys = generateKeyPairSync("ed25519");
/** An Ed25519 key in SPKI is twelve bytes of head, then the key. */
const DISCORD_PUBLIC_KEY = discordKeys.publicKey
  .export({ type: "spki", format: "der" })
  .subarray(12)
  .toString("hex");

export const discord: Oracle = {
  provider: "discord",
  scheme: "ed25519",
  by: "discord-interactions",
  secret: DISCORD_PUBLIC_KEY,
  delivery: delivery(json('"type":2,"id":"1","data":{"name":"blep"}')),
  sign: (given, atMs) => {
    const signed = Buffer.concat([Buffer.from(seconds(atMs)), given.body]);
    return withHeaders(given, {
      "X-Signature-Timestamp": seconds(atMs),
      "X-Signature-Ed25519": signWith(null, signed, discordKeys.privateKey).toString("hex"),
    });
  },
  accepts: (given) =>
    sdk<{
      verifyKey: (body: Buffer, signature: string, at: string, key: string) => Promise<boolean>;
    }>("discord-interactions").verifyKey(
      given.body,
      header(given, "x-signature-ed25519"),
      header(given, "x-signature-timestamp"),
      DISCORD_PUBLIC_KEY,
    ),
  refusesOld: false,
  onlySender: true,
};
