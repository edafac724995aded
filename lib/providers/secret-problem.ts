import { secretGuide } from "./secret-guide.ts";

/** Providers whose secret is `whsec_` and base64 of the key. */
const WHSEC = new Set([
  "standard-webhooks",
  "svix",
  "clerk",
  "openai",
  "replicate",
  "resend",
  "gitlab",
]);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;

type Rule = { fits: (value: string) => boolean; say: string };

const rules: Readonly<Record<string, Rule>> = {
  adyen: { fits: (value) => HEX.test(value), say: "Adyen's HMAC key is hex, two digits a byte" },
  braintree: {
    fits: (value) => /^[^:|\s]+[:|][^:|\s]+$/.test(value),
    say: "Both keys are needed, as PUBLIC_KEY:PRIVATE_KEY",
  },
  discord: {
    fits: (value) => /^[0-9a-f]{64}$/i.test(value),
    say: "Discord's public key is 64 hex digits; a bot token is something else",
  },
  sendgrid: {
    fits: (value) => isPem(value) || (BASE64.test(value) && value.length >= 80),
    say: "SendGrid's verification key is base64, or PEM; an API key (SG...) is something else",
  },
  stripe: {
    fits: (value) => !/^(?:sk|rk|pk|we)_/.test(value),
    say: "This is an API key or the id of an endpoint. The signing secret begins with whsec_",
  },
};

const isPem = (value: string) => value.startsWith("-----BEGIN ");

/** What is wrong with a secret as it was pasted, and what to do about it; null when it can be the provider's. */
export function secretProblem(provider: string, value: string): string | null {
  const guide = secretGuide(provider);
  if (!guide) return null;
  if (value.startsWith("hlk_")) {
    return `This is a key of a Hooklens bin. Paste the ${guide.secret} of the provider`;
  }
  const rule = rules[provider];
  if (rule && !rule.fits(value)) return rule.say;
  const isWhole = !WHSEC.has(provider) || isWhsec(value);
  return isWhole ? null : "What follows whsec_ is not base64: a part may be missing, copy it again";
}

function isWhsec(value: string): boolean {
  if (!value.startsWith("whsec_")) return true;
  const key = value.slice("whsec_".length);
  return key !== "" && BASE64.test(key);
}
