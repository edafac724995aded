import type { BodyDigest, Proof, Scheme, SecretFacts, SignatureForm, TimeForm } from "../scheme.ts";

type Algorithm = NonNullable<SignatureForm["jws"]>["algorithm"];

const PROOFS: Record<Algorithm, Proof> = {
  HS256: { kind: "hmac", hash: "SHA-256", key: "text" },
  ES256: { kind: "public-key", algorithm: "ECDSA", key: "public-key" },
  RS256: { kind: "public-key", algorithm: "RSA SHA-256", key: "public-key" },
};

type TokenScheme = {
  id: string;
  algorithm: Algorithm;
  claims?: Readonly<Record<string, string>>;
  at: SignatureForm["at"];
  prefix?: string;
  bodyDigest?: BodyDigest;
  issued?: { claim: string; toleranceSeconds: number | null; side?: TimeForm["side"] };
  secret: SecretFacts;
};

/** A JWS in a header, whose claims bind it to the body. */
const token = (row: TokenScheme): Scheme => ({
  id: row.id,
  proof: PROOFS[row.algorithm],
  message: ["{item:signed=}"],
  signature: {
    at: row.at,
    encoding: "base64url",
    jws: { algorithm: row.algorithm, ...(row.claims ? { claims: row.claims } : {}) },
    ...(row.prefix === undefined ? {} : { prefix: row.prefix }),
  },
  ...(row.bodyDigest ? { bodyDigest: row.bodyDigest } : {}),
  ...(row.issued ? { time: timeOf(row.issued) } : {}),
  secret: row.secret,
});

const timeOf = ({
  claim,
  toleranceSeconds,
  side = "old",
}: NonNullable<TokenScheme["issued"]>): TimeForm => ({
  at: [`item:${claim}=`],
  unit: "s",
  toleranceSeconds,
  side,
});

/** plaid.com/docs/api/webhooks/webhook-verification; jose, which it shows, takes no token from the future at all. */
export const plaid: Scheme[] = [
  token({
    id: "plaid-jws",
    algorithm: "ES256",
    at: ["header:Plaid-Verification"],
    bodyDigest: { at: "item:request_body_sha256", encoding: "hex" },
    issued: { claim: "iat", toleranceSeconds: 300, side: "both" },
    secret: {
      label: "Verification key (JWK)",
      where: "answered by /webhook_verification_key/get for the kid of the token",
      sensitivity: "webhook",
    },
  }),
];

/** docs.netlify.com/deploy/deploy-notifications#payload-signature; it tells no time. */
export const netlify: Scheme[] = [
  token({
    id: "netlify-jws",
    algorithm: "HS256",
    claims: { iss: "netlify" },
    at: ["header:X-Webhook-Signature"],
    bodyDigest: { at: "item:sha256", encoding: "hex" },
    secret: {
      label: "JWS secret token",
      where: "Project configuration > Notifications > the webhook",
      sensitivity: "webhook",
    },
  }),
];

/**
 * docs.livekit.io/home/server/webhooks. The server makes tokens that are valid for five minutes, and its package allows ten
 * seconds more; of the future no more than those ten.
 */
export const livekit: Scheme[] = [
  token({
    id: "livekit-jwt",
    algorithm: "HS256",
    at: ["header:Authorization"],
    bodyDigest: { at: "item:sha256", encoding: "base64" },
    issued: { claim: "nbf", toleranceSeconds: 310, side: "both" },
    secret: { label: "API secret", where: "Settings > Keys", sensitivity: "account" },
  }),
];

const fromGoogle = token({
  id: "google-pubsub-jwt",
  algorithm: "RS256",
  at: ["header:Authorization"],
  prefix: "Bearer ",
  issued: { claim: "iat", toleranceSeconds: 3_600 },
  secret: {
    label: "Service account and Google's keys",
    where:
      "email=ACCOUNT on the first line, aud=AUDIENCE on the next if it is not the URL, then what www.googleapis.com/oauth2/v1/certs answers",
    sensitivity: "webhook",
    pattern: /(?:^|\s)email=[^\s{]/,
  },
});

/** lib/signatures/canonical/google-pubsub.ts. The token says nothing of the body; its hour is Google's. */
export const googlePubsub: Scheme[] = [{ ...fromGoogle, message: { canonical: "google-pubsub" } }];

/** fusionauth.io/docs/extend/events-and-webhooks/signing; the key is any that the server has. */
export const fusionauth: Scheme[] = (["HS256", "RS256", "ES256"] as const).map((algorithm) =>
  token({
    id: `fusionauth-${algorithm.toLowerCase()}`,
    algorithm,
    claims: {},
    at: ["header:X-FusionAuth-Signature-JWT"],
    bodyDigest: { at: "item:request_body_sha256", encoding: "base64" },
    issued: { claim: "iat", toleranceSeconds: null },
    secret: {
      label: algorithm === "HS256" ? "HMAC key" : "Public key",
      where: "Settings > Key Master > the webhook's signing key",
      sensitivity: "webhook",
      // A public key taken for the secret of an HMAC would let everybody sign.
      ...(algorithm === "HS256" ? { pattern: /^(?!\s*(?:-----BEGIN |\{))/ } : {}),
    },
  }),
);

/**
 * developer.atlassian.com/cloud/jira/platform/webhooks/#webhooks-authentication-for-oauth-2-0-apps. What the token claims is
 * not documented; of the body it says nothing.
 */
export const jiraToken: Scheme = token({
  id: "jira-jwt",
  algorithm: "HS256",
  at: ["header:Authorization"],
  prefix: "Bearer ",
  issued: { claim: "iat", toleranceSeconds: null },
  secret: {
    label: "Client secret",
    where: "developer.atlassian.com/console > the app > Settings",
    sensitivity: "account",
  },
});
