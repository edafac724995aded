import type { PublicKeyAlgorithm } from "../providers/scheme.ts";
import { type Bytes, decode, encode } from "./bytes.ts";
import { encodeElement, encodeInteger, readElement, readElements, SEQUENCE } from "./der.ts";
import { keyAlgorithms, oid, signAlgorithms } from "./key-algorithms.ts";

const RSA_BITS = 2048;
const EXPONENT = new Uint8Array([1, 0, 1]);
const PEM_LINE = 64;

/** PKCS #8 (RFC 5958) as PEM text. */
const ARMOUR = /^\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----\s*$/;

/** Null for every other text. */
export function readPrivateKey(text: string): Bytes | null {
  const base64 = ARMOUR.exec(text)?.[1];
  return base64 === undefined ? null : decode(base64.replace(/\s/g, ""), "base64");
}

/** Whether a secret signs instead of checking: a key of the bin's own, where only the provider has its own. */
export const isPrivateKey = (text: string): boolean => readPrivateKey(text) !== null;

export function isPrivateKeyOf(text: string, algorithm: PublicKeyAlgorithm): boolean {
  const der = readPrivateKey(text);
  // RFC 5958, 2: the version, then what the key is for.
  const whole = der && readElement(der, 0, der.length);
  const kind = whole ? readElements(der, whole, 2)?.[1] : undefined;
  if (!der || !kind) return false;
  const oids = algorithm.startsWith("RSA") ? oid.RSA : oid[algorithm as "Ed25519" | "ECDSA"];
  return oids.every((byte, at) => der[kind.content + at] === byte);
}

/** A new key, as PEM text. */
export async function makePrivateKey(algorithm: PublicKeyAlgorithm): Promise<string> {
  const pair = (await crypto.subtle.generateKey(generating(algorithm), true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const der = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return armoured("PRIVATE KEY", der);
}

/**
 * What a receiver checks with, as these providers hand it out: hex of the 32 bytes for Ed25519, SPKI in base64 for ECDSA,
 * PEM for RSA. Null for a key of another algorithm.
 */
export async function publicHalf(
  privateKey: string,
  algorithm: PublicKeyAlgorithm,
): Promise<string | null> {
  const key = await read(readPrivateKey(privateKey), algorithm, true);
  if (!key) return null;
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey("jwk", key);
  const jwk = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JsonWebKey;
  const half = await crypto.subtle.importKey("jwk", jwk, keyAlgorithms[algorithm], true, [
    "verify",
  ]);
  const form = algorithm === "Ed25519" ? "raw" : "spki";
  const bytes = new Uint8Array(await crypto.subtle.exportKey(form, half));
  if (algorithm === "Ed25519") return encode(bytes, "hex");
  return algorithm === "ECDSA" ? encode(bytes, "base64") : armoured("PUBLIC KEY", bytes);
}

/** ECDSA as DER (RFC 3279, 2.2.3). Null for a key of another algorithm. */
export async function signWith(
  privateKey: Bytes,
  algorithm: PublicKeyAlgorithm,
  message: Bytes,
): Promise<Bytes | null> {
  const key = await read(privateKey, algorithm, false);
  if (!key) return null;
  const raw = new Uint8Array(await crypto.subtle.sign(signAlgorithms[algorithm], key, message));
  if (algorithm !== "ECDSA") return raw;
  const half = raw.length / 2;
  return encodeElement(
    SEQUENCE,
    encodeInteger(raw.subarray(0, half)),
    encodeInteger(raw.subarray(half)),
  );
}

async function read(
  bytes: Bytes | null,
  algorithm: PublicKeyAlgorithm,
  isExported: boolean,
): Promise<CryptoKey | null> {
  if (!bytes) return null;
  try {
    const how = keyAlgorithms[algorithm];
    return await crypto.subtle.importKey("pkcs8", bytes, how, isExported, ["sign"]);
  } catch {
    return null;
  }
}

function generating(algorithm: PublicKeyAlgorithm) {
  const how = keyAlgorithms[algorithm];
  return algorithm.startsWith("RSA")
    ? { ...how, modulusLength: RSA_BITS, publicExponent: EXPONENT }
    : how;
}

function armoured(what: string, der: Uint8Array): string {
  const lines = encode(der, "base64").match(new RegExp(`.{1,${PEM_LINE}}`, "g")) ?? [];
  return [`-----BEGIN ${what}-----`, ...lines, `-----END ${what}-----`].join("\n");
}
