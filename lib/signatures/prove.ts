import type { Proof } from "../providers/scheme.ts";
import { type Bytes, isEqual } from "./bytes.ts";
import type { Key } from "./key.ts";
import { isSigned } from "./public-key.ts";

/** What one message proves: what was computed of it, where that can be, and which of the signatures fit. */
export type Proven = { computed: Bytes | null; fits: boolean[] };

/**
 * WebCrypto alone, which Node, browsers and workers have. A page that came over plain http from another host than
 * localhost has no `crypto.subtle`: the caller has to look.
 */
export async function prove(
  proof: Proof,
  key: Key | null,
  message: Bytes,
  received: readonly (Bytes | null)[],
): Promise<Proven> {
  if (proof.kind === "public-key") {
    const fits = received.map(
      async (each) => !!each && !!key && isSigned(proof.algorithm, key, each, message),
    );
    return { computed: null, fits: await Promise.all(fits) };
  }
  const computed = await compute(proof, key, message);
  return { computed, fits: received.map((each) => each !== null && isEqual(each, computed)) };
}

/** The signature of a message, by a proof that the one who checks can make too. */
export async function compute(
  proof: Exclude<Proof, { kind: "public-key" }>,
  key: Key | null,
  message: Bytes,
): Promise<Bytes> {
  if (proof.kind === "equal") return message;
  if (proof.kind === "digest") {
    return new Uint8Array(await crypto.subtle.digest(proof.hash, message));
  }
  if (!key) throw new Error("an HMAC needs a key");
  const algorithm = { name: "HMAC", hash: proof.hash };
  const bytes = proof.keyHash ? await crypto.subtle.digest(proof.keyHash, key.bytes) : key.bytes;
  const imported = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}
