import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const BASE62 = `${ALPHABET}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** `length` characters of `alphabet`, each drawn evenly: bytes beyond the last whole multiple are thrown away. */
function randomText(alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** 20 characters of [0-9a-z]: 103 random bits. */
export const newBinId = () => randomText(ALPHABET, 20);

/** `hlk_` and 32 characters of [0-9a-zA-Z]: 190 random bits. */
export const newKey = () => `hlk_${randomText(BASE62, 32)}`;

/** Of a share: `hls_` and 32 characters of [0-9a-zA-Z], as a key. */
export const newShareToken = () => `hls_${randomText(BASE62, 32)}`;

/** The cookie's value: 160 random bits. */
export const newSessionToken = () => randomBytes(20).toString("base64url");

/** How keys and session tokens are kept. They are random, so a plain hash is enough: there is nothing to guess. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();
