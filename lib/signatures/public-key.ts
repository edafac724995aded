import type { PublicKeyAlgorithm } from "../providers/scheme.ts";
import type { Bytes } from "./bytes.ts";
import { encodeInteger, readElement, readElements, SEQUENCE } from "./der.ts";
import type { Key } from "./key.ts";
import { keyAlgorithms, signAlgorithms } from "./key-algorithms.ts";

const P256_BYTES = 32;
const ED25519_BYTES = 32;

/** By one of the keys. */
export async function isSigned(
  algorithm: PublicKeyAlgorithm,
  { bytes, others = [] }: Key,
  signature: Bytes,
  message: Bytes,
): Promise<boolean> {
  const keys = [bytes, ...others];
  const signed = keys.map((key) => isSignedBy(key, algorithm, signature, message));
  return (await Promise.all(signed)).includes(true);
}

/** False, too, for bytes that are no public key of this algorithm. */
async function isSignedBy(
  bytes: Bytes,
  algorithm: PublicKeyAlgorithm,
  signature: Bytes,
  message: Bytes,
): Promise<boolean> {
  try {
    const form = bytes.length === ED25519_BYTES ? "raw" : "spki";
    const how = keyAlgorithms[algorithm];
    const key = await crypto.subtle.importKey(form, bytes, how, false, ["verify"]);
    const plain = algorithm === "ECDSA" ? withoutDer(signature) : signature;
    return await crypto.subtle.verify(signAlgorithms[algorithm], key, plain, message);
  } catch {
    return false;
  }
}

/** JWS writes both numbers one after the other, the rest of the world as DER (RFC 3279, 2.2.3); WebCrypto knows the first. */
export function withoutDer(signature: Bytes): Bytes {
  const pair = readElement(signature, 0, signature.length);
  const numbers = pair?.tag === SEQUENCE ? readElements(signature, pair, 2) : null;
  if (signature.length === 2 * P256_BYTES || numbers?.length !== 2) return signature;
  const raw = new Uint8Array(2 * P256_BYTES);
  for (const [at, { content, end }] of numbers.entries()) {
    const digits = encodeInteger(signature.subarray(content, end)).subarray(2);
    const significant = digits.length > P256_BYTES ? digits.subarray(-P256_BYTES) : digits;
    raw.set(significant, (at + 1) * P256_BYTES - significant.length);
  }
  return raw;
}
