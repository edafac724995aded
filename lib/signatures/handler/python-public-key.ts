import type { PublicKeyAlgorithm } from "../../providers/scheme.ts";
import type { CheckPlan } from "./check-plan.ts";
import { signedBytes } from "./python-message.ts";
import type { PythonProof } from "./python-proof.ts";

type PublicKeyProof = Extract<CheckPlan["proof"], { kind: "public-key" }>;

const PRIMITIVES = "cryptography.hazmat.primitives";
const HASHES = `from ${PRIMITIVES} import hashes`;
const ED25519 = `from ${PRIMITIVES}.asymmetric.ed25519 import Ed25519PublicKey`;
const RSA = [
  HASHES,
  `from ${PRIMITIVES}.asymmetric import padding`,
  `from ${PRIMITIVES}.serialization import load_pem_public_key`,
];

/** What a key of each kind needs beside the signature and the message, and from where. */
const kinds: Record<PublicKeyAlgorithm, { imports: string[]; how: string }> = {
  Ed25519: { imports: [ED25519], how: "" },
  ECDSA: {
    imports: [
      HASHES,
      `from ${PRIMITIVES}.asymmetric import ec`,
      `from ${PRIMITIVES}.serialization import load_der_public_key`,
    ],
    how: ", ec.ECDSA(hashes.SHA256())",
  },
  "RSA SHA-1": { imports: RSA, how: ", padding.PKCS1v15(), hashes.SHA1()" },
  "RSA SHA-256": { imports: RSA, how: ", padding.PKCS1v15(), hashes.SHA256()" },
};

/** The package that does what Python's own library can't. Empty for what is no public key's. */
export function pythonPackages({ proof }: CheckPlan): string[] {
  if (proof.kind !== "public-key") return [];
  return [
    "# pip install cryptography",
    "from cryptography.exceptions import InvalidSignature",
    ...kinds[proof.algorithm].imports,
  ];
}

/** A signature that only the sender can make. */
export function pythonPublicKey(
  proof: PublicKeyProof,
  { message, signature }: CheckPlan,
  setting: string,
): PythonProof {
  const isHex = signature.encoding === "hex";
  const bytes = isHex ? "bytes.fromhex(signature)" : "base64.b64decode(signature)";
  return {
    imports: [],
    usesBase64: !isHex || proof.algorithm === "ECDSA" || proof.key === "whpk-base64",
    key: keyLines(proof, setting),
    helper: [
      "def is_signed(signature, signed):",
      "    try:",
      `        KEY.verify(${bytes}, signed${kinds[proof.algorithm].how})`,
      "    except (InvalidSignature, ValueError):",
      "        return False",
      "    return True",
      "",
      "",
    ],
    compare: [
      `    signed = ${signedBytes(message)}`,
      "    return any(is_signed(each, signed) for each in signatures)",
    ],
  };
}

/** From the form in which these providers hand it out, which is that of `publicHalf` in lib/signatures/private-key.ts. */
function keyLines({ algorithm, key }: PublicKeyProof, setting: string): string[] {
  const value = `os.environ["${setting}"]`;
  if (algorithm === "ECDSA") {
    return [
      `PUBLIC_KEY = ${value}  # base64`,
      "KEY = load_der_public_key(base64.b64decode(PUBLIC_KEY))",
    ];
  }
  if (algorithm !== "Ed25519") {
    return [
      "# PEM, its line ends as they are or as \\n",
      `PUBLIC_KEY = ${value}.replace("\\\\n", "\\n")`,
      "KEY = load_pem_public_key(PUBLIC_KEY.encode())",
    ];
  }
  const [form, raw] =
    key === "whpk-base64"
      ? ["whpk_ and base64", 'base64.b64decode(PUBLIC_KEY.removeprefix("whpk_"))']
      : ["64 hex digits", "bytes.fromhex(PUBLIC_KEY)"];
  return [`PUBLIC_KEY = ${value}  # ${form}`, `KEY = Ed25519PublicKey.from_public_bytes(${raw})`];
}
