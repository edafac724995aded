import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signWith,
} from "node:crypto";
import { selfSigned } from "#tests/helpers/certificate.ts";
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

type Jose = {
  importSPKI: (pem: string, alg: string) => Promise<object>;
  jwtVerify: (
    token: string,
    key: object,
    options: object,
  ) => Promise<{ payload: Record<string, unknown> }>;
};
type Token = {
  alg: "ES256" | "RS256";
  key: KeyObject;
  claims: (given: Delivery, atS: number) => object;
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenOf({ alg, key, claims }: Token, given: Delivery, atMs: number): string {
  const head = part({ alg, kid: "oracle", typ: "JWT" });
  const signed = `${head}.${part(claims(given, Math.floor(atMs / 1_000)))}`;
  const signature = signWith("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();

const plaidKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const plaidToken: Token = {
  alg: "ES256",
  key: plaidKeys.privateKey,
  claims: (given, iat) => ({ iat, request_body_sha256: sha256(given.body, "hex") }),
};

/** Its package has no verifier: jose does what its documentation asks for, age included. */
export const plaid: Oracle = {
  provider: "plaid",
  scheme: "jws",
  by: "jose",
  secret: JSON.stringify({ ...plaidKeys.publicKey.export({ format: "jwk" }), alg: "ES256" }),
  delivery: delivery(json('"webhook_type":"ITEM","webhook_code":"ERROR","environment":"sandbox"')),
  sign: (given, atMs) =>
    withHeaders(given, { "Plaid-Verification": tokenOf(plaidToken, given, atMs) }),
  accepts: async (given) => {
    const { importSPKI, jwtVerify } = sdk<Jose>("jose");
    const key = await importSPKI(pem(plaidKeys.publicKey), "ES256");
    const { payload } = await jwtVerify(header(given, "plaid-verification"), key, {
      algorithms: ["ES256"],
      maxTokenAge: "5 min",
    });
    return payload["request_body_sha256"] === sha256(given.body, "hex");
  },
  refusesOld: true,
  onlySender: true,
};

const google = selfSigned({ names: ["accounts.google.com"], keyType: "rsa" });
const googleToken: Token = {
  alg: "RS256",
  key: createPrivateKey(google.key),
  claims: (given, iat) => ({
    iss: "https://accounts.google.com",
    aud: given.url,
    email: "oracle@example.iam.gserviceaccount.com",
    email_verified: true,
    iat,
    exp: iat + 3_600,
  }),
};

/** The token says who sent, not what: nothing binds it to the body. */
export const pubsub: Oracle = {
  provider: "google-pubsub",
  scheme: "jwt",
  by: "jose",
  secret: `email=oracle@example.iam.gserviceaccount.com\n${JSON.stringify({ first: sns.cert, second: google.cert })}`,
  delivery: delivery(
    json(
      '"message":{"messageId":"1","publishTime":"x"},"subscription":"projects/p/subscriptions/s"',
    ),
  ),
  sign: (given, atMs) =>
    withHeaders(given, { Authorization: `Bearer ${tokenOf(googleToken, given, atMs)}` }),
  accepts: (given) => {
    const { importX509, jwtVerify } = sdk<Jose & { importX509: Jose["importSPKI"] }>("jose");
    return passes(async () =>
      jwtVerify(
        header(given, "authorization").replace(/^Bearer /, ""),
        await importX509(google.cert, "RS256"),
        { issuer: "https://accounts.google.com", audience: given.url },
      ),
    );
  },
  refusesOld: true,
  onlySender: true,
  signedText: null,
};

const FUSIONAUTH_KEY = "fusionauth oracle key";

/** Its client has no verifier: jose does what its documentation asks for. */
export const fusionauth: Oracle = {
  provider: "fusionauth",
  scheme: "jwt",
  by: "jose",
  secret: FUSIONAUTH_KEY,
  delivery: delivery(
    json('"event":{"type":"user.create","id":"e","createInstant":1,"tenantId":"t"}'),
  ),
  sign: (given, atMs) => {
    const claims = {
      iat: Math.floor(atMs / 1_000),
      request_body_sha256: sha256(given.body, "base64"),
    };
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    const token = `${signed}.${hmac("sha256", FUSIONAUTH_KEY, "base64url", signed)}`;
    return withHeaders(given, { "X-FusionAuth-Signature-JWT": token });
  },
  accepts: async (given) => {
    const { jwtVerify } = sdk<Jose>("jose");
    const token = header(given, "x-fusionauth-signature-jwt");
    const { payload } = await jwtVerify(token, Buffer.from(FUSIONAUTH_KEY), {});
    return payload["request_body_sha256"] === sha256(given.body, "base64");
  },
  refusesOld: false,
};
