import type { SignatureExplanation } from "#lib/contract/explanations.ts";

/** `1.8 s`, `4 min`, `3 d`: a span of seconds. */
function spanWords(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 10) return `${size.toFixed(1)} s`;
  if (size < 120) return `${Math.round(size)} s`;
  if (size < 7200) return `${Math.round(size / 60)} min`;
  return size < 172_800 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86_400)} d`;
}

/** A time's age, and what the provider's own code would say to it. */
export function ageWords(
  seconds: number,
  {
    toleranceSeconds,
    side,
  }: Pick<NonNullable<SignatureExplanation["time"]>, "toleranceSeconds" | "side">,
): { words: string; isLate: boolean; limit: string } {
  const ahead = seconds < 0;
  const words = ahead ? `${spanWords(seconds)} ahead` : `${spanWords(seconds)} old`;
  if (toleranceSeconds === null) return { words, isLate: false, limit: "no limit is documented" };
  const isLate = (side === "both" ? Math.abs(seconds) : seconds) > toleranceSeconds;
  const allowed = `${spanWords(toleranceSeconds)} are allowed`;
  return { words, isLate, limit: isLate ? `too ${ahead ? "early" : "late"}: ${allowed}` : allowed };
}

const partNames: Record<string, string> = {
  body: "the body",
  "body-escaped": "the body, escaped beyond ASCII",
  "body-sha256": "SHA-256 of the body, in hex",
  "body-crc32": "CRC-32 of the body, as a number",
  method: "the method",
  url: "the URL",
  "url-decoded": "the URL, partly decoded",
  "url-with-port": "the URL, with its port",
  "url-without-port": "the URL, without its port",
  "webhook id": "the webhook's ID, which is given with the certificate",
  "item:signed=": "the token's head and claims",
  time: "the timestamp",
  secret: "the secret",
  text: "from the scheme",
};

/** Where a part of the signed bytes came from. */
export function partName(from: string): string {
  const known = partNames[from];
  if (known) return known;
  const [kind, ...rest] = from.split(":");
  const name = rest.join(":");
  if (kind === "header") return `header ${name}`;
  return kind === "item" ? `${name} beside the signature` : `${kind} ${name}`.trim();
}
