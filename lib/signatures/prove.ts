import type { Proof, PublicKeyAlgorithm } from "../providers/scheme.ts";
import { type Bytes, isEqual } from "./bytes.ts";
import { hmac } from "./hmac.ts";
import type { Key } from "./key.ts";
import { signWith } from "./private-key.ts";
import { isSigned } from "./public-key.ts";
import { SignError } from "./sign-error.ts";

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

/** The signature of a message. @throws Error for a public key: only its private half signs. */
export async function compute(proof: Proof, key: Key | null, message: Bytes): Promise<Bytes> {
  if (proof.kind === "equal") return message;
  if (proof.kind === "digest") {
    return new Uint8Array(await crypto.subtle.digest(proof.hash, message));
  }
  if (!key) throw new Error("a signature needs a key");
  if (proof.kind === "public-key") return signBy(proof.algorithm, key, message);
  const hashed = proof.keyHash && (await crypto.subtle.digest(proof.keyHash, key.bytes));
  return hmac(proof.hash, hashed ? new Uint8Array(hashed) : key.bytes, message);
}

async function signBy(algorithm: PublicKeyAlgorithm, key: Key, message: Bytes): Promise<Bytes> {
  const signature = key.isPrivate ? await signWith(key.bytes, algorithm, message) : null;
  if (!signature) throw new SignError("bad_secret");
  return signature;
}
