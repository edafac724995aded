import { randomBytes } from "node:crypto";
import type { Scheme } from "../providers/scheme.ts";
import { makePrivateKey, publicHalf } from "../signatures/private-key.ts";
import { schemesOf } from "../signatures/schemes.ts";

/** What signs one sample and nothing else. `shown`: what a person pastes to check it; the same, or its public half. */
export type ThrowAway = { secret: string; shown: string };

/** For a provider's first way to sign; null for one that signs nothing. */
export async function throwAway(providerId: string): Promise<ThrowAway | null> {
  const [scheme] = schemesOf(providerId);
  if (!scheme) return null;
  if (scheme.proof.kind === "public-key") {
    const { algorithm } = scheme.proof;
    const privateKey = await makePrivateKey(algorithm);
    return { secret: privateKey, shown: (await publicHalf(privateKey, algorithm)) ?? "" };
  }
  const secret = secretOf(providerId, scheme);
  return { secret, shown: secret };
}

/** Prefixes by which the providers' own are known. */
const PREFIXES: Record<string, string> = { stripe: "whsec_", paddle: "pdl_ntfset_sample_" };

function secretOf(providerId: string, { proof }: Scheme): string {
  const recipe = proof.kind === "hmac" ? proof.key : "text";
  if (recipe === "whsec-base64" || recipe === "whsec-base64-or-text") {
    return `whsec_${randomBytes(24).toString("base64")}`;
  }
  const hex = randomBytes(32).toString("hex");
  if (recipe === "hex") return hex;
  if (recipe === "second-of-pair") return `sample:${hex}`;
  return `${PREFIXES[providerId] ?? "sample_"}${hex}`;
}
