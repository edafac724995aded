import type { Bytes } from "./bytes.ts";

/** From here on an HMAC is worth a thread of its own. */
const AT_ONCE_BYTES_MAX = 64 * 1024;

/** Undefined in a browser. */
const node = globalThis.process?.getBuiltinModule?.("node:crypto");

/**
 * By Node itself where there is one: a kilobyte takes it 4 us, and WebCrypto 20, since that goes to another thread and back,
 * once for the key and once for the message. Every capture of a bin with a secret pays for this.
 * @param hash as WebCrypto names it, `SHA-256`.
 */
export async function hmac(hash: string, key: Bytes, message: Bytes): Promise<Bytes> {
  if (node && message.length <= AT_ONCE_BYTES_MAX) {
    // Given as bytes, the key alone takes Node 24 longer than all the rest.
    const held = node.createSecretKey(key);
    return new Uint8Array(node.createHmac(hash.replace("-", ""), held).update(message).digest());
  }
  const algorithm = { name: "HMAC", hash };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}
