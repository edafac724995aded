import type { PublicKeyAlgorithm } from "../../providers/scheme.ts";
import type { CheckPlan } from "./check-plan.ts";
import { joinTexts } from "./node-message.ts";
import type { NodeProof } from "./node-proof.ts";

type PublicKeyProof = Extract<CheckPlan["proof"], { kind: "public-key" }>;

/** Ed25519 has its own hash. */
const hashes: Record<PublicKeyAlgorithm, string> = {
  Ed25519: "null",
  ECDSA: '"sha256"',
  "RSA SHA-1": '"sha1"',
  "RSA SHA-256": '"sha256"',
};

/** A signature that only the sender can make. */
export const nodePublicKey = (
  proof: PublicKeyProof,
  { message, signature }: CheckPlan,
  setting: string,
): NodeProof => ({
  imports: ["createPublicKey", "verify"],
  key: keyLines(proof, setting),
  compare: [
    `  const signed = ${bytesOf(joinTexts(message))};`,
    `  return signatures.some((each) => verify(${hashes[proof.algorithm]}, signed, KEY, Buffer.from(each, "${signature.encoding}")));`,
  ],
  helper: [],
});

function bytesOf(groups: readonly string[]): string {
  const bytes = groups.map((group) => (group === "body" ? group : `Buffer.from(${group})`));
  return bytes.length === 1 ? bytes.join() : `Buffer.concat([${bytes.join(", ")}])`;
}

/** From the form in which these providers hand it out, which is that of `publicHalf` in lib/signatures/private-key.ts. */
function keyLines({ algorithm, key }: PublicKeyProof, setting: string): string[] {
  const [form, made] =
    algorithm === "Ed25519"
      ? rawKey(key === "whpk-base64")
      : algorithm === "ECDSA"
        ? derKey
        : pemKey;
  return [
    `const PUBLIC_KEY = process.env.${setting}; // ${form}`,
    `if (!PUBLIC_KEY) throw new Error("${setting} is not set");`,
    ...made,
  ];
}

type KeyForm = [form: string, made: string[]];

const derKey: KeyForm = [
  "base64",
  [
    'const der = Buffer.from(PUBLIC_KEY, "base64");',
    'const KEY = createPublicKey({ key: der, format: "der", type: "spki" });',
  ],
];

const pemKey: KeyForm = [
  "PEM, its line ends as they are or as \\n",
  ['const KEY = createPublicKey(PUBLIC_KEY.replaceAll("\\\\n", "\\n"));'],
];

/** The 32 bytes alone, which node:crypto takes as a JWK. */
const rawKey = (isBehindWhpk: boolean): KeyForm => [
  isBehindWhpk ? "whpk_ and base64" : "64 hex digits",
  [
    isBehindWhpk
      ? 'const raw = Buffer.from(PUBLIC_KEY.replace(/^whpk_/, ""), "base64");'
      : 'const raw = Buffer.from(PUBLIC_KEY, "hex");',
    'const jwk = { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") };',
    'const KEY = createPublicKey({ key: jwk, format: "jwk" });',
  ],
];
