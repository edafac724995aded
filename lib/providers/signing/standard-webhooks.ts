import type { KeyRecipe, Scheme, SecretFacts } from "../scheme.ts";

/** What the family's senders call it; each shows it beside the endpoint. */
const signingSecret: SecretFacts = {
  label: "Signing secret",
  where: "the endpoint's page",
  sensitivity: "webhook",
  pattern: /^(?!wh[ps]k_)/,
};

type Headers = "webhook" | "svix";
type Variety = { headers?: readonly Headers[]; key?: KeyRecipe; secret?: SecretFacts };

/**
 * github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md. Svix, who wrote it, uses header names of
 * its own and sends both sets to some endpoints.
 */
export const standardWebhooks = ({
  headers = ["webhook"],
  key = "whsec-base64",
  secret = signingSecret,
}: Variety = {}): Scheme[] =>
  headers.map((name) => ({
    id: name === "svix" ? "svix-v1" : "standard-webhooks-v1",
    proof: { kind: "hmac", hash: "SHA-256", key },
    ...family(name, "v1,"),
    secret,
  }));

/** The asymmetric half of the standard. */
export const standardWebhooksPublic = (headers: readonly Headers[] = ["webhook"]): Scheme[] =>
  headers.map((name) => ({
    id: name === "svix" ? "svix-v1a" : "standard-webhooks-v1a",
    proof: { kind: "public-key", algorithm: "Ed25519", key: "whpk-base64" },
    ...family(name, "v1a,"),
    secret: {
      label: "Public key",
      where: "the endpoint's page",
      sensitivity: "webhook",
      pattern: /^whpk_/,
    },
  }));

const family = (name: Headers, prefix: string): Pick<Scheme, "message" | "signature" | "time"> => ({
  message: [`{header:${name}-id}.{time}.{body}`],
  signature: { at: [`header:${name}-signature`], encoding: "base64", separator: " ", prefix },
  time: { at: [`header:${name}-timestamp`], unit: "s", toleranceSeconds: 300, side: "both" },
});
