import type { CheckPlan } from "./check-plan.ts";
import { joinTexts } from "./node-message.ts";
import type { NodeProof } from "./node-proof.ts";

type DigestProof = Exclude<CheckPlan["proof"], { kind: "public-key" }>;

const hashNames = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512" };
const makers = { hmac: ["createHmac"], digest: ["createHash"], equal: [] };
const encodings = { hex: "hex", base64: "base64", base64url: "base64url", text: "utf8" };

/** An HMAC, a digest or the secret itself, made once more and compared. */
export const nodeDigest = (proof: DigestProof, plan: CheckPlan, setting: string): NodeProof => ({
  imports: [...makers[proof.kind], "timingSafeEqual"],
  key: [
    `const SECRET = process.env.${setting};`,
    `if (!SECRET) throw new Error("${setting} is not set");`,
    ...(proof.kind === "hmac" ? [`const KEY = ${keyOf(proof.key)};`] : []),
  ],
  compare: [
    ...computeLines(proof, plan),
    `  return signatures.some((each) => isEqual(Buffer.from(each, "${encodings[plan.signature.encoding]}"), expected));`,
  ],
  helper: [
    "",
    "/** In a time that does not tell where they differ. */",
    "function isEqual(a, b) {",
    "  return a.length === b.length && timingSafeEqual(a, b);",
    "}",
  ],
});

function keyOf(recipe: string): string {
  const decoded = 'Buffer.from(SECRET.replace(/^whsec_/, ""), "base64")';
  if (recipe === "whsec-base64") return decoded;
  if (recipe === "hex") return 'Buffer.from(SECRET, "hex")';
  if (recipe === "whsec-base64-or-text") {
    return `SECRET.startsWith("whsec_") ? ${decoded} : Buffer.from(SECRET)`;
  }
  return "Buffer.from(SECRET)";
}

function computeLines(proof: DigestProof, { message }: CheckPlan): string[] {
  if (proof.kind === "equal") return ["  const expected = Buffer.from(SECRET);"];
  const made =
    proof.kind === "hmac"
      ? `createHmac("${hashNames[proof.hash]}", KEY)`
      : `createHash("${hashNames[proof.hash]}")`;
  const updates = joinTexts(message).map((argument) => `    .update(${argument})`);
  return [`  const expected = ${made}`, ...updates, "    .digest();"];
}
