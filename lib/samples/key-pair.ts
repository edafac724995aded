import type { PublicKeyAlgorithm } from "../providers/scheme.ts";

export type KeyPair = {
  /** As the provider shows it: hex for Ed25519, else SPKI in base64. */
  publicKey: string;
  /** DER for ECDSA, since that is what goes over the wire. */
  sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
};

const { subtle } = globalThis.crypto;

/** A pair for one sample: nobody but the provider has the key that its real events are signed with. */
export async function makeKeyPair(algorithm: PublicKeyAlgorithm): Promise<KeyPair> {
  if (algorithm === "Ed25519") return makeEd25519();
  if (algorithm === "ECDSA") return makeEcdsa();
  throw new Error(`No sample is signed by ${algorithm}.`);
}

async function makeEd25519(): Promise<KeyPair> {
  const pair = (await subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const raw = Buffer.from(await subtle.exportKey("raw", pair.publicKey));
  return {
    publicKey: raw.toString("hex"),
    sign: async (message) => new Uint8Array(await subtle.sign("Ed25519", pair.privateKey, message)),
  };
}

async function makeEcdsa(): Promise<KeyPair> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await subtle.generateKey(curve, true, ["sign", "verify"]);
  const spki = Buffer.from(await subtle.exportKey("spki", pair.publicKey));
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  return {
    publicKey: spki.toString("base64"),
    sign: async (message) =>
      toDer(new Uint8Array(await subtle.sign(algorithm, pair.privateKey, message))),
  };
}

/** r and s as two ASN.1 integers in a sequence (RFC 3279, 2.2.3). */
function toDer(raw: Uint8Array): Uint8Array {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map(toInteger);
  const length = integers.reduce((sum, each) => sum + each.length, 0);
  return Uint8Array.from([0x30, length, ...integers.flat()]);
}

function toInteger(bytes: Uint8Array): number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = [...bytes.subarray(first < 0 ? bytes.length - 1 : first)];
  // The highest bit would make it negative.
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}
