import type { CheckPlan } from "./check-plan.ts";
import { signedBytes } from "./python-message.ts";
import type { PythonProof } from "./python-proof.ts";

type DigestProof = Exclude<CheckPlan["proof"], { kind: "public-key" }>;

const hashNames = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512" };

/** An HMAC, a digest or the secret itself, made once more and compared. */
export const pythonDigest = (
  proof: DigestProof,
  { message, signature }: CheckPlan,
  setting: string,
): PythonProof => ({
  imports: [...(proof.kind === "equal" ? [] : ["import hashlib"]), "import hmac"],
  usesBase64:
    signature.encoding.startsWith("base64") || ("key" in proof && proof.key.startsWith("whsec")),
  key: [
    `SECRET = os.environ["${setting}"].encode()`,
    ...(proof.kind === "hmac" ? [`KEY = ${keyOf(proof.key)}`] : []),
  ],
  helper: [],
  compare: [...computeLines(proof, message), ...compareLines(signature.encoding)],
});

function keyOf(recipe: string): string {
  const decoded = 'base64.b64decode(SECRET.removeprefix(b"whsec_") + b"==")';
  if (recipe === "whsec-base64") return decoded;
  if (recipe === "hex") return "bytes.fromhex(SECRET.decode())";
  if (recipe === "whsec-base64-or-text") {
    return `${decoded} if SECRET.startswith(b"whsec_") else SECRET`;
  }
  return "SECRET";
}

function computeLines(proof: DigestProof, message: CheckPlan["message"]): string[] {
  if (proof.kind === "equal") return ["    expected = SECRET"];
  const signed = signedBytes(message);
  const hash = `hashlib.${hashNames[proof.hash]}`;
  return proof.kind === "hmac"
    ? [`    signed = ${signed}`, `    expected = hmac.new(KEY, signed, ${hash}).digest()`]
    : [`    expected = ${hash}(${signed}).digest()`];
}

function compareLines(encoding: CheckPlan["signature"]["encoding"]): string[] {
  const written = {
    hex: "expected.hex().encode()",
    base64: "base64.b64encode(expected)",
    base64url: "base64.urlsafe_b64encode(expected)",
    text: "expected",
  }[encoding];
  // Padding is left out by some, and hex digits are written in either case.
  const alike = encoding === "hex" ? ".lower()" : encoding === "text" ? "" : '.rstrip("=")';
  const plain = encoding.startsWith("base64") ? `${written}.rstrip(b"=")` : written;
  return [
    `    written = ${plain}`,
    `    return any(hmac.compare_digest(each${alike}.encode(), written) for each in signatures)`,
  ];
}
