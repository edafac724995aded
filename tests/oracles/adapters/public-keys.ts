import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { selfSigned } from "#tests/helpers/certificate.ts";
import { delivery, header, type Oracle, passes, seconds, withHeaders } from "../oracle.ts";
import { sdk } from "../sdk.ts";

type EventWebhook = {
  convertPublicKeyToECDSA: (key: string) => object;
  verifySignature: (key: object, body: Buffer, signature: string, at: string) => boolean;
};
const sendgridKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const SENDGRID_KEY = sendgridKeys.publicKey
  .export({ type: "spki", format: "der" })
  .toString("base64");

export const sendgrid: Oracle = {
  provider: "sendgrid",
  scheme: "ecdsa",
  by: "@sendgrid/eventwebhook",
  secret: SENDGRID_KEY,
  delivery: delivery(
    '[{"sg_event_id":"1","sg_message_id":"2","event":"open","name":"Grüße 🚀"},\r\n{}]\r\n',
  ),
  sign: (given, atMs) => {
    const signed = Buffer.concat([Buffer.from(seconds(atMs)), given.body]);
    return withHeaders(given, {
      "X-Twilio-Email-Event-Webhook-Signature": signWith(
        "sha256",
        signed,
        sendgridKeys.privateKey,
      ).toString("base64"),
      "X-Twilio-Email-Event-Webhook-Timestamp": seconds(atMs),
    });
  },
  accepts: (given) => {
    const { EventWebhook: Judge } = sdk<{ EventWebhook: new () => EventWebhook }>(
      "@sendgrid/eventwebhook",
    );
    const judge = new Judge();
    return judge.verifySignature(
      judge.convertPublicKeyToECDSA(SENDGRID_KEY),
      given.body,
      header(given, "x-twilio-email-event-webhook-signature"),
      header(given, "x-twilio-email-event-webhook-timestamp"),
    );
  },
  refusesOld: false,
  onlySender: true,
};

type SnsMessage = Record<string, string>;
type SnsValidator = {
  certCache: { set: (url: string, cert: string) => void };
  validate: (message: SnsMessage) => Promise<unknown>;
};
const sns = selfSigned({ names: ["sns.amazonaws.com"], keyType: "rsa" });
const CERT_URL = `https://sns.us-east-1.amazonaws.com/SimpleNotificationService-${"a".repeat(32)}.pem`;
/** docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html */
const SNS_FIELDS: Record<string, string[]> = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
};

const snsOf = (type: string, version: "1" | "2", more: object): Oracle => ({
  provider: "aws-sns",
  scheme: `${type}, version ${version}`,
  by: "sns-payload-validator",
  secret: sns.cert,
  delivery: delivery(
    JSON.stringify(
      {
        Type: type,
        MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        TopicArn: "arn:aws:sns:us-west-2:123456789012:Topic",
        Message: "Grüße\n🚀",
        Timestamp: "",
        SigningCertURL: CERT_URL,
        ...more,
      },
      null,
      2,
    ),
    { "Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": type },
  ),
  sign: (given, atMs) => {
    const message = JSON.parse(given.body.toString()) as SnsMessage;
    message["Timestamp"] = new Date(atMs).toISOString();
    const lines = (SNS_FIELDS[type] ?? [])
      .filter((field) => field in message)
      .map((field) => `${field}\n${message[field]}\n`);
    const hash = version === "1" ? "sha1" : "sha256";
    const signature = signWith(hash, Buffer.from(lines.join("")), sns.key).toString("base64");
    const signed = { ...message, SignatureVersion: version, Signature: signature };
    return { ...given, body: Buffer.from(JSON.stringify(signed, null, 2)) };
  },
  accepts: (given) => {
    const validator = new (sdk<new () => SnsValidator>("sns-payload-validator"))();
    // It fetches a certificate only once; here it has it already.
    validator.certCache.set(CERT_URL, sns.cert);
    return passes(() => validator.validate(JSON.parse(given.body.toString())));
  },
  refusesOld: false,
  onlySender: true,
  signedText: "üße",
});

export const snsVersion1 = snsOf("Notification", "1", { Subject: "a subject" });
export const snsVersion2 = snsOf("Notification", "2", {});
export const snsConfirmation = snsOf("SubscriptionConfirmation", "2", {
  Token: "2336412f",
  SubscribeURL: "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f",
});
