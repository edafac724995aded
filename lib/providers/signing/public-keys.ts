import type { PublicKeyAlgorithm, Scheme, SecretFacts } from "../scheme.ts";

const publicKey = (algorithm: PublicKeyAlgorithm) =>
  ({ kind: "public-key", algorithm, key: "public-key" }) as const;

const isPublic = (label: string, where: string): SecretFacts => ({
  label,
  where,
  sensitivity: "webhook",
});

/** docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers */
export const discord: Scheme[] = [
  {
    id: "discord-ed25519",
    proof: publicKey("Ed25519"),
    message: ["{time}{body}"],
    signature: { at: ["header:X-Signature-Ed25519"], encoding: "hex" },
    time: {
      at: ["header:X-Signature-Timestamp"],
      unit: "s",
      toleranceSeconds: null,
      side: "old",
    },
    secret: isPublic("Public key", "Developer Portal > the application > General Information"),
  },
];

/** twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features */
export const sendgrid: Scheme[] = [
  {
    id: "sendgrid-ecdsa",
    proof: publicKey("ECDSA"),
    message: ["{time}{body}"],
    signature: { at: ["header:X-Twilio-Email-Event-Webhook-Signature"], encoding: "base64" },
    time: {
      at: ["header:X-Twilio-Email-Event-Webhook-Timestamp"],
      unit: "s",
      toleranceSeconds: null,
      side: "old",
    },
    secret: isPublic(
      "Verification key",
      "Settings > Mail Settings > Event Webhook > Security features",
    ),
  },
];

/**
 * docs.wise.com/guides/developer/webhooks/event-handling. The key is one of two that Wise publishes, for the sandbox and for
 * live; SHA-1 is sent beside it for old receivers.
 */
export const wise: Scheme[] = [
  {
    id: "wise-sha256",
    proof: publicKey("RSA SHA-256"),
    message: ["{body}"],
    signature: { at: ["header:X-Signature-SHA256"], encoding: "base64" },
    secret: isPublic("Public key", "the documentation of webhooks, one key for each environment"),
    outranks: ["wise-sha1"],
  },
  {
    id: "wise-sha1",
    proof: publicKey("RSA SHA-1"),
    message: ["{body}"],
    signature: { at: ["header:X-Signature"], encoding: "base64" },
    secret: isPublic("Public key", "the documentation of webhooks, one key for each environment"),
  },
];

/** lib/signatures/canonical/paypal.ts. The certificate is fetched by nobody: the person pastes it. */
export const paypal: Scheme[] = [
  {
    id: "paypal-rsa",
    proof: publicKey("RSA SHA-256"),
    message: { canonical: "paypal" },
    signature: { at: ["header:PAYPAL-TRANSMISSION-SIG"], encoding: "base64" },
    time: {
      at: ["header:PAYPAL-TRANSMISSION-TIME"],
      unit: "iso",
      toleranceSeconds: null,
      side: "old",
    },
    secret: {
      ...isPublic(
        "Webhook ID and certificate",
        "the ID: Apps & Credentials > the app > Webhooks; on the next line the PEM text of PAYPAL-CERT-URL",
      ),
      pattern: /^\s*(?!-----)\S[^]*-----BEGIN /,
    },
  },
];

const sns = (version: "1" | "2", algorithm: PublicKeyAlgorithm): Scheme => ({
  id: `aws-sns-${version}`,
  proof: publicKey(algorithm),
  message: { canonical: `aws-sns-${version}` },
  signature: { at: ["json:Signature"], encoding: "base64" },
  time: { at: ["json:Timestamp"], unit: "iso", toleranceSeconds: null, side: "old" },
  secret: isPublic(
    "Signing certificate",
    "the PEM text that SigningCertURL answers; topic=ARN on a line before it, so that nobody else's topic counts",
  ),
});

/** lib/signatures/canonical/aws-sns.ts. The certificate is fetched by nobody: the person pastes it. */
export const awsSns: Scheme[] = [sns("2", "RSA SHA-256"), sns("1", "RSA SHA-1")];

/** lib/signatures/canonical/fal.ts */
export const fal: Scheme[] = [
  {
    id: "fal-ed25519",
    proof: publicKey("Ed25519"),
    message: { canonical: "fal" },
    signature: { at: ["header:X-Fal-Webhook-Signature"], encoding: "hex" },
    time: {
      at: ["header:X-Fal-Webhook-Timestamp"],
      unit: "s",
      toleranceSeconds: 300,
      side: "both",
    },
    secret: isPublic(
      "Public keys",
      "what rest.fal.ai/.well-known/jwks.json answers; user=ID on a line before it, so that nobody else's requests count",
    ),
  },
];
