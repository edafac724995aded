import type { PublicKeyAlgorithm } from "../providers/scheme.ts";
import type { Bytes } from "./bytes.ts";
import type { Key } from "./key.ts";

/** False, too, for bytes that are no public key of this algorithm. */
export async function isSigned(
  algorithm: PublicKeyAlgorithm,
  key: Key,
  signature: Bytes,
  message: Bytes,
): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey("raw", key.bytes, algorithm, false, ["verify"]);
    return await crypto.subtle.verify(algorithm, imported, signature, message);
  } catch {
    return false;
  }
}
