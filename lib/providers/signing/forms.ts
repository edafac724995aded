import type { Place } from "../provider.ts";
import type { Hash, Scheme, SecretFacts, SignatureForm, TimeForm } from "../scheme.ts";

type Keyed = Pick<Scheme, "id" | "message" | "signature" | "secret"> & {
  hash?: Hash;
  time?: TimeForm;
};

/** An HMAC keyed with the secret's text. */
export const hmac = ({ hash = "SHA-256", ...scheme }: Keyed): Scheme => ({
  ...scheme,
  proof: { kind: "hmac", hash, key: "text" },
});

/** Of the body alone, which is what most providers sign. */
export const bodyHmac = (
  id: string,
  signature: SignatureForm,
  secret: SecretFacts,
  hash: Hash = "SHA-256",
): Scheme => hmac({ id, message: ["{body}"], signature, secret, hash });

/** The secret itself, in a place of the request. */
export const token = (
  id: string,
  at: Place,
  secret: SecretFacts,
  form: Partial<SignatureForm> = {},
): Scheme => ({
  id,
  proof: { kind: "equal" },
  message: ["{secret}"],
  signature: { at: [at], encoding: "text", ...form },
  secret,
});

export const hexIn = (name: string, prefix = ""): SignatureForm => ({
  at: [`header:${name}`],
  encoding: "hex",
  ...(prefix ? { prefix } : {}),
});

export const base64In = (name: string, prefix = ""): SignatureForm => ({
  ...hexIn(name, prefix),
  encoding: "base64",
});

/** `t=1492774577,v1=<hex>`: the signature's item begins with the prefix. */
export const itemsIn = (name: string, prefix: string, separator = ","): SignatureForm => ({
  ...hexIn(name, prefix),
  separator,
});

/** Whoever has it can speak as this one webhook. */
export const ofWebhook = (label: string, where: string, pattern?: RegExp): SecretFacts => ({
  label,
  where,
  sensitivity: "webhook",
  ...(pattern ? { pattern } : {}),
});

/** Whoever has it can do more than send this webhook. */
export const ofAccount = (label: string, where: string): SecretFacts => ({
  label,
  where,
  sensitivity: "account",
});

/** With no window that the provider names, unless one is given. */
export const timeIn = (
  at: TimeForm["at"][number],
  unit: TimeForm["unit"],
  toleranceSeconds: number | null = null,
  side: TimeForm["side"] = "old",
): TimeForm => ({ at: [at], unit, toleranceSeconds, side });

/** @param weaker the ids of those that count only where this one did not come. */
export const outranking = (scheme: Scheme, ...weaker: readonly string[]): Scheme => ({
  ...scheme,
  outranks: weaker,
});
