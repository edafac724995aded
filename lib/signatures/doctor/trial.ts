import type { Hash, Scheme } from "../../providers/scheme.ts";
import { type Bytes, concat, isEqual } from "../bytes.ts";
import { judgeClaims, verdictOf } from "../judge.ts";
import { type Plan, planOf } from "../plan.ts";
import { compute } from "../prove.ts";
import { hashBody } from "../reader.ts";
import type { Secret, SignedRequest } from "../subject.ts";
import type { Budget } from "./budget.ts";
import type { ChangeCode } from "./change.ts";
import { cleanedSecrets, type KeyVariant } from "./key-variants.ts";
import type { Reading } from "./signature-readings.ts";

/** Null in place of a code: as the scheme says. */
export type TriedKey = { bytes: Bytes; code: KeyVariant["code"] | null };

const HASH_BYTES: Record<Hash, number> = { "SHA-1": 20, "SHA-256": 32, "SHA-512": 64 };

/** The changes with which one of the keys makes one of the signatures that were read; null when none does. */
export async function tryKeys(
  plan: Plan,
  keys: readonly TriedKey[],
  readings: readonly Reading[],
  budget: Budget,
): Promise<ChangeCode[] | null> {
  const { proof } = plan.scheme;
  if (proof.kind !== "hmac") return null;
  const messages = plan.claims.flatMap((claim) =>
    claim.proof.kind === "hmac" ? claim.messages : [],
  );
  for (const message of messages) {
    const bytes = concat(message.map((part) => part.bytes));
    for (const key of keys) {
      for (const hash of hashesFor(proof.hash, readings)) {
        if (!budget.take(bytes.length)) return null;
        const computed = await compute({ ...proof, hash }, { recipe: "", bytes: key.bytes }, bytes);
        const found = readings.find((reading) => isEqual(reading.bytes, computed));
        if (!found) continue;
        const codes = [key.code, hash === proof.hash ? null : ("hash" as const), found.code];
        return codes.filter((code) => code !== null);
      }
    }
  }
  return null;
}

function hashesFor(own: Hash, readings: readonly Reading[]): Hash[] {
  const lengths = new Set(readings.map(({ bytes }) => bytes.length));
  const hashes = (Object.keys(HASH_BYTES) as Hash[]).filter((hash) =>
    lengths.has(HASH_BYTES[hash]),
  );
  return hashes.sort((a, b) => Number(b === own) - Number(a === own));
}

/** By the engine itself, for every kind of proof. */
export async function isVerified(
  scheme: Scheme,
  request: SignedRequest,
  secret: Secret,
  budget: Budget,
): Promise<boolean> {
  if (!budget.take(request.body.length)) return false;
  await hashBody(request, [scheme]);
  const plan = planOf(scheme, request, secret);
  return verdictOf(plan, await judgeClaims(plan)).status === "verified";
}

/** A token with the word that stands before it in Authorization (RFC 9110, 11.4) on one side only. */
const otherTokens = (secret: string): { code: ChangeCode; value: string }[] =>
  [...["Bearer", "Basic", "Token"].map((word) => `${word} ${secret}`), secret.replace(/^\w+ +/, "")]
    .filter((value) => value !== secret)
    .map((value) => ({ code: "signature_prefix", value }));

/** The change to a secret with which the request is verified as it is; null when none does it. */
export async function tryCleaned(
  scheme: Scheme,
  request: SignedRequest,
  secret: Secret,
  budget: Budget,
): Promise<ChangeCode | null> {
  const otherwise = scheme.proof.kind === "equal" ? otherTokens(secret.value) : [];
  for (const { code, value } of [...cleanedSecrets(secret.value), ...otherwise]) {
    if (await isVerified(scheme, request, { ...secret, value }, budget)) return code;
  }
  return null;
}
