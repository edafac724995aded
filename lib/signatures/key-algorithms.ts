const RSA = "RSASSA-PKCS1-v1_5";

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
