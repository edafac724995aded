import { randomBytes } from "node:crypto";
import type { Scheme } from "../providers/scheme.ts";
import { schemesOf } from "../signatures/schemes.ts";
import { makeKeyPair, type KeyPair } from "./key-pair.ts";

/** What signs one sample and nothing else. `shown`: what a person pastes to check it. */
export type ThrowAway = { shown: string; keyPair: KeyPair | null };

/** For a provider's first way to sign; null for one that signs nothing. */
export async function throwAway(providerId: string): Promise<ThrowAway | null> {
  const [scheme] = schemesOf(providerId);
  if (!scheme) return null;
  if (scheme.proof.kind === "public-key") {
    const keyPair = await makeKeyPair(scheme.proof.algorithm);
    return { shown: keyPair.publicKey, keyPair };
  }
  return { shown: secretOf(providerId, scheme), keyPair: null };
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
