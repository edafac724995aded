const RSA = "RSASSA-PKCS1-v1_5";

/** As they stand in a key: rsaEncryption; id-ecPublicKey with prime256v1; id-Ed25519. */
export const oid = {
  RSA: [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
  ECDSA: [
    0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
    0x03, 0x01, 0x07,
  ],
  Ed25519: [0x06, 0x03, 0x2b, 0x65, 0x70],
};

/** As WebCrypto wants them when a key is read. */
export const keyAlgorithms = {
  Ed25519: { name: "Ed25519" },
  ECDSA: { name: "ECDSA", namedCurve: "P-256" },
  "RSA SHA-1": { name: RSA, hash: "SHA-1" },
  "RSA SHA-256": { name: RSA, hash: "SHA-256" },
};

/** And when something is signed or checked. */
export const signAlgorithms = {
  Ed25519: { name: "Ed25519" },
  ECDSA: { name: "ECDSA", hash: "SHA-256" },
  "RSA SHA-1": { name: RSA },
  "RSA SHA-256": { name: RSA },
};
